"""HTML pages around decks, as authors write them."""

from __future__ import annotations

PAGE = """<!DOCTYPE html>
<html lang="fr">
<head>
<meta charset="utf-8">
<title>La page</title>
{head}
</head>
<body>
<textarea id="source">
{deck}</textarea>
<script src="remark.min.js"></script>
<script>
{script}
</script>
</body>
</html>
"""


def page(deck: str, *, head: str = "", script: str = "var slideshow = remark.create();") -> str:
    return PAGE.format(deck=deck, head=head, script=script)
