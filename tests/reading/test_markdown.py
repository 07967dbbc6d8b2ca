from __future__ import annotations

import pytest

from slidegen.diagnostics import Code, DeckError
from slidegen.reading.markdown import decode, read_markdown
from slidegen.source import Source


def read(text: str) -> tuple[dict[str, object], str]:
    """The settings of a deck's text, and the text of its slides."""
    deck = read_markdown(Source("talk.md", text))
    return {item.key: item.value for item in deck.settings}, deck.source.text[deck.start :]


@pytest.mark.parametrize(
    ("text", "settings", "slides"),
    [
        ("# One\n", {}, "# One\n"),
        ("", {}, ""),
        ("---\ntitle: T\n---\n# One\n", {"title": "T"}, "# One\n"),
        ("---\ntitle: T\n...\n# One\n", {"title": "T"}, "# One\n"),
        ("---  \ntitle: T\n---\t\n# One\n", {"title": "T"}, "# One\n"),
        ("---\ntitle: T\n---", {"title": "T"}, ""),
        ("---\n# a comment\ntitle: T\n---\n", {"title": "T"}, ""),
        ("---\n---\n# One\n", {}, "# One\n"),
        ("---\n\n---\n# One\n", {}, "# One\n"),
        ("---\na: |\n  b\n  ---x\n---\nc", {"a": "b\n---x\n"}, "c"),
        ('---\n"a b": 1\n---\n', {"a b": 1}, ""),
        ("---\n\n# A slide\n\n---\n\n# Another\n", {}, None),
        ("---\n# A slide\n---\n# Another\n", {}, None),
        ("---\nclass: center\n# never closed\n", {}, None),
        ("\n---\ntitle: T\n---\n", {}, None),
        ("----\ntitle: T\n----\n", {}, None),
    ],
)
def test_front_matter(text: str, settings: dict[str, object], slides: str | None) -> None:
    assert read(text) == (settings, text if slides is None else slides)


def test_settings_have_the_places_of_their_keys_and_values() -> None:
    deck = read_markdown(Source("talk.md", "---\ntitle: A talk\nratio:   16:9\n---\n"))
    places = [
        (
            item.key_span.text,
            item.value_span.text,
            item.value_span.position.line,
            item.value_span.position.column,
        )
        for item in deck.settings
    ]
    assert places == [("title", "A talk", 2, 8), ("ratio", "16:9", 3, 10)]


@pytest.mark.parametrize(
    ("yaml", "line", "column"),
    [
        ("title: a: b\n", 2, 8),
        ("title: fine\nlist: [1, 2\n", 3, 7),
        ("title: fine\n\ttheme: x\n", 3, 1),
        ("title: @x\n", 2, 8),
        ("title: fine\nx: 'open\n", 3, 4),
    ],
    ids=["colon", "bracket", "tab", "at sign", "quote"],
)
def test_yaml_that_does_not_parse_is_named_by_its_own_line_and_column(
    yaml: str, line: int, column: int
) -> None:
    with pytest.raises(DeckError) as caught:
        read(f"---\n{yaml}---\n# One\n")
    diagnostic = caught.value.diagnostic
    assert diagnostic.code is Code.BAD_YAML
    assert diagnostic.hint
    assert diagnostic.span is not None
    assert (diagnostic.span.position.line, diagnostic.span.position.column) == (line, column)


def test_a_date_that_no_calendar_has_is_a_text() -> None:
    assert read("---\ndate: 2024-02-31\n---\n") == ({"date": "2024-02-31"}, "")


def test_yaml_makes_no_objects() -> None:
    with pytest.raises(DeckError) as caught:
        read("---\na: !!python/object/apply:os.getcwd []\n---\n")
    assert caught.value.diagnostic.code is Code.BAD_YAML


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"a\r\nb\rc\n", "a\nb\nc\n"),
        (b"\xef\xbb\xbf# One", "# One"),
        ("é世😀".encode(), "é世😀"),
        (b"", ""),
    ],
    ids=["line ends", "byte order mark", "any language", "empty"],
)
def test_decoding(data: bytes, text: str) -> None:
    assert decode("talk.md", data).text == text


@pytest.mark.parametrize(
    ("data", "byte", "offset", "line", "column"),
    [
        (b"# Caf\xe9\n", "0xe9", 5, 1, 6),
        (b"one\r\ntwo \xff", "0xff", 9, 2, 5),
        (b"\xef\xbb\xbfa\xe9", "0xe9", 4, 1, 2),
        ("é\n".encode() + b"\x80", "0x80", 3, 2, 1),
        ("x".encode("utf-16"), "0xff", 0, 1, 1),
    ],
)
def test_what_is_not_utf8_is_named_by_its_byte(
    data: bytes, byte: str, offset: int, line: int, column: int
) -> None:
    with pytest.raises(DeckError) as caught:
        decode("talk.md", data)
    diagnostic = caught.value.diagnostic
    assert diagnostic.code is Code.NOT_UTF8
    assert diagnostic.message == f"not UTF-8: byte {byte} at offset {offset}"
    assert diagnostic.hint
    assert diagnostic.span is not None
    assert (diagnostic.span.position.line, diagnostic.span.position.column) == (line, column)
