"""How the page marks for the PDF what only the page knows."""

RELATIVE = "https://relative.slidegen.invalid/"
"""The prefix that links to files beside the document have while the page is printed."""
