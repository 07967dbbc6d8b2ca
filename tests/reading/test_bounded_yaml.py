"""YAML that is made to take hours, and YAML whose values are none."""

from __future__ import annotations

from datetime import date

import pytest

from slidegen.reading.bounded_yaml import YamlError, load_texts, load_yaml
from tests.projects import Project


def bomb(levels: int, opening: str = "[", closing: str = "]", key: str = "") -> str:
    """Values of which each holds the one before nine times."""
    lines = [f"v0: &v0 {opening}{key}x{closing}"]
    for level in range(1, levels):
        inner = ", ".join(f"{key and f'k{number}: '}*v{level - 1}" for number in range(9))
        lines.append(f"v{level}: &v{level} {opening}{inner}{closing}")
    return "\n".join(lines) + "\n"


REFUSED = {
    "lists of aliases": (bomb(9), "aliases repeat more than 10,000 values"),
    "mappings of aliases": (bomb(9, "{", "}", "k: "), "aliases repeat more than 10,000 values"),
    "merged mappings": (
        "a0: &a0 {x: 1}\n"
        + "".join(f"a{n}: &a{n}\n  <<: [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 9)),
        "aliases repeat more than 10,000 values",
    ),
    "many aliases of a long list": (
        f"a: &a [{'x,' * 500}]\nb: [{'*a,' * 500}]\n",
        "aliases repeat more than 10,000 values",
    ),
    "a list in itself": ("a: &a [*a]\n", "an alias contains itself"),
    "a mapping in itself": ("a: &a {b: {c: *a}}\n", "an alias contains itself"),
    "a mapping merged into itself": ("a: &a {<<: *a}\n", "an alias contains itself"),
    "lists in lists": ("a: " + "[" * 101 + "]" * 101, "the values are nested too deeply"),
    "mappings in mappings": ("a: " + "{b: " * 500 + "}" * 500, "the values are nested too deeply"),
    "a hundred thousand brackets": ("a: " + "[" * 100_000, ""),
    "a whole number": ("a: " + "9" * 5_000, "a number of 5,000 characters is too long"),
    "a hexadecimal number": ("a: 0x" + "f" * 5_000, "a number of 5,002 characters is too long"),
    "a number by sixties": ("a: 1" + ":59" * 9_000, "a number of 27,001 characters is too long"),
    "decimals": ("a: 1." + "9" * 5_000, "a number of 5,002 characters is too long"),
    "a number as a key": ("? " + "9" * 5_000 + "\n: a", "a number of 5,000 characters is too long"),
    "a number with its tag": (f"a: !!int '{'9' * 5_000}'", "a number of 5,000 characters is too long"),
    "a word that is said to be a number": ("a: !!int word", "not valid YAML: !!int does not fit this value"),
    "nothing that is said to be a number": (
        "a: !!float ''",
        "not valid YAML: !!float does not fit this value",
    ),
    "a word that is said to be true or false": (
        "a: !!bool word",
        "not valid YAML: !!bool does not fit this value",
    ),
    "a list that is said to be a number": ("a: !!int [1]", "not valid YAML: "),
    "a tag that nobody knows": ("a: !python/object:os.system ls", "not valid YAML: "),
    "an alias of nothing": ("a: *b", "not valid YAML: "),
    "two documents": ("a: 1\n---\nb: 2\n", "not valid YAML: "),
    "a list as a key": ("? [a]\n: b\n", "not valid YAML: "),
    "a control character": ("a: \x01\n", "not valid YAML: "),
}


@pytest.mark.parametrize(("text", "says"), REFUSED.values(), ids=REFUSED.keys())
def test_what_nobody_writes_is_refused(text: str, says: str) -> None:
    with pytest.raises(YamlError) as refused:
        load_yaml(text)
    assert str(refused.value).startswith(says)
    assert 0 <= refused.value.offset <= len(text)


def test_what_people_write_is_read() -> None:
    text = (
        "a: &a {x: 1, y: [2, 0x10, 1:30]}\nb: {<<: *a, y: 1.5}\nc: [*a, *a]\n"
        "d: 2026-09-15\ne: 2026-02-30\nf: 2026-99-99 99:99:99\ng: !!timestamp word\nh: .inf\ni: !!str 1\n"
    )
    a = {"x": 1, "y": [2, 16, 90]}
    assert load_yaml(text) == {
        "a": a, "b": {"x": 1, "y": 1.5}, "c": [a, a], "d": date(2026, 9, 15), "e": "2026-02-30",
        "f": "2026-99-99 99:99:99", "g": "word", "h": float("inf"), "i": "1",
    }  # fmt: skip
    assert load_yaml("") is None
    assert load_yaml("# nothing\n") is None


def test_texts_stay_texts() -> None:
    assert load_texts("{a: 10, b: [on, 2026-09-15], c: 0x10}") == {
        "a": "10", "b": ["on", "2026-09-15"], "c": "0x10",
    }  # fmt: skip
    with pytest.raises(YamlError, match="aliases repeat"):
        load_texts(bomb(9))


BOMBS = {"aliases": bomb(9), "a number": "a: " + "9" * 5_000 + "\n", "itself": "a: &a [*a]\n"}


@pytest.mark.parametrize("text", BOMBS.values(), ids=BOMBS.keys())
def test_every_file_of_settings_is_read_within_bounds(project: Project, text: str) -> None:
    files = {
        "talk.md": f"---\n{text}---\n# A\n",
        "slidegen.yml": text,
        "templates/themes/mine/theme.yml": text,
        "templates/words/en.yml": text,
        "_config.yml": text,
    }
    for path, content in files.items():
        project.write(
            "talk.md", "---\nlayout: a\ntheme: " + ("mine" if "mine" in path else "lecture") + "\n---\n# A\n"
        )
        project.write("templates/themes/mine/theme.css", "")
        project.write(path, content)
        command = ["build", "."] if "words" in path else ["build", "talk.md"]
        if "words" in path:
            project.write("slidegen.yml", "course: C\n")
        ran = project.run(*command)
        assert (ran.code, ran.codes) == (1, ["SG008"] if path.startswith("templates") else ["SG003"]), path
        assert path in ran.err
        assert "Traceback" not in ran.err
        (project.folder / path).unlink()
        (project.folder / "slidegen.yml").unlink(missing_ok=True)
