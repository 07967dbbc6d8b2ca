"""What one command has computed is kept for the next, and never a wrong value is taken."""

from __future__ import annotations

import importlib
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from slidegen import kept, kept_patterns
from slidegen.patterns import LazyPattern
from slidegen.project import kept_values
from slidegen.project.package_data import PACKAGE, own_templates
from slidegen.render.page import used_rules
from tests.modules import MODULES
from tests.projects import Project


@pytest.fixture(autouse=True)
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Templates of our own, in which nothing is kept yet."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    templates = tmp_path / "own"
    shutil.copytree(own_templates(), templates, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(kept_values, "own_templates", lambda: templates)
    monkeypatch.setattr(kept_patterns, "CONSTANT", kept_patterns.CONSTANT | {__name__})
    kept.STORE.used, kept.STORE.new = {}, 0
    yield templates
    kept.STORE.values, kept.STORE.used, kept.STORE.new = {}, {}, 0


def file(own: Path) -> Path:
    (found,) = (own / "__pycache__").glob("values*")
    return found


def compiled(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """A pattern that `re` does not remember."""
    re.purge()
    return re.compile(pattern, flags)


def command(css: str = "a { b : c }", pattern: str = r"(?P<x>kept)+") -> tuple[str, re.Pattern[str], int]:
    """What a command computes, and how much of it anew."""
    used_rules.read_rules("other { rules: 1 }")  # the only ones that are remembered, as `forgetful` sees to
    kept.STORE.used, kept.STORE.new = {}, 0
    with kept_values.kept_values():
        return used_rules.written(used_rules.read_rules(css)), compiled(pattern), kept.STORE.new


@pytest.fixture(autouse=True)
def forgetful(monkeypatch: pytest.MonkeyPatch) -> None:
    """A command remembers nothing of the one before it in this process."""
    monkeypatch.setattr(kept, "MAX_REMEMBERED", 0)


def test_the_next_command_computes_nothing_again(own: Path) -> None:
    first, again = command(), command()
    assert first[:2] == again[:2] == ("a{b:c}", re.compile(r"(?P<x>kept)+"))
    assert first[2] > 0
    assert again[2] == 0
    assert file(own).is_file()


def test_commands_at_the_same_time_leave_what_each_has_computed() -> None:
    command(css="first { b: c }")
    used_rules.read_rules("other { rules: 1 }")
    kept.STORE.used, kept.STORE.new = {}, 0
    with kept_values.kept_values():
        used_rules.read_rules("slow { b: c }")
        kept.STORE.values = {}  # as if it had begun before the first one had ended
    assert command(css="first { b: c }")[2] == 0
    assert command(css="slow { b: c }")[2] == 0


@pytest.mark.parametrize("damage", [b"", b"no values", b"\xc1" * 3000])
def test_what_is_damaged_is_computed_again(own: Path, damage: bytes) -> None:
    first = command()
    whole = file(own).read_bytes()
    for data in (damage, whole[: len(whole) // 2], whole[:-1]):
        file(own).write_bytes(data)
        assert command() == first


@pytest.mark.parametrize(
    "value", [b"", b"\x93", b"\xa1x", b"\x95\x20\xc4\x04\xff\xff\xff\xff\x00\x80\x91\xc0"]
)
def test_values_that_cannot_be_are_computed_again(value: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    first = command()
    taken = dict.fromkeys(kept.STORE.used, value)
    monkeypatch.setattr(kept_values, "_read", lambda *_: taken)
    assert command()[:2] == first[:2]


def test_values_of_other_code_are_not_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    first = command()
    monkeypatch.setattr(sys, "version", "4.0")
    assert command() == first


def test_code_that_computes_what_is_kept_is_known() -> None:
    """A change of any of its modules makes what it has computed invalid."""
    for path in PACKAGE.rglob("*.py"):
        if path.name != "kept.py" and "\n@kept(" in path.read_text("utf-8"):
            assert path.parent in [PACKAGE / folder for folder in kept_values.CODE], path


def test_a_file_that_others_may_have_written_is_not_taken(own: Path) -> None:
    first = command()
    file(own).chmod(0o666)
    assert command()[2] == first[2]
    file(own).chmod(0o644)
    file(own).parent.chmod(0o777)
    assert command()[2] == first[2]


def test_nothing_is_kept_where_python_keeps_nothing(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert command() == command()
    assert not (own / "__pycache__").exists()


def test_a_folder_that_cannot_be_written_is_no_obstacle(own: Path) -> None:
    (own / "__pycache__").write_text("a file is in the way")
    assert command() == command()


def test_what_no_command_has_asked_for_goes_when_the_file_grows(
    own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    command(css="p { q : r }")
    monkeypatch.setattr(kept_values, "MAX_BYTES", len(file(own).read_bytes()) + 200)
    command(pattern="another")
    assert b"another" in file(own).read_bytes()
    assert command(css="p { q : r }")[2] > 0


def every_pattern() -> list[re.Pattern[str]]:
    values = [value for name in MODULES for value in vars(importlib.import_module(name)).values()]
    found = {(value.pattern, value._flags) for value in values if isinstance(value, LazyPattern)}
    return [re.compile(*pattern) for pattern in found]


def test_every_pattern_is_the_same_from_its_code(monkeypatch: pytest.MonkeyPatch) -> None:
    """Equal patterns have the same code, flags and text; their groups are compared beside."""
    with kept_values.kept_values():
        for _ in range(2):
            for pattern in every_pattern():
                made = compiled(pattern.pattern, pattern.flags & ~re.UNICODE)
                assert (made, made.groups, made.groupindex) == (pattern, pattern.groups, pattern.groupindex)


def test_patterns_are_made_without_being_compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    first = command()
    monkeypatch.setattr(re._compiler, "_code", None)  # type: ignore[attr-defined]
    assert command()[:2] == first[:2]


@pytest.mark.parametrize("part", ["_code", "_parser", "_sre"])
def test_a_python_with_another_engine_compiles_as_ever(part: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Private parts of `re` that are missing, or that take and give something else, are no obstacle."""
    command()
    compiler = re._compiler  # type: ignore[attr-defined]
    parts = {name: getattr(compiler, name) for name in ("_code", "_parser", "_sre")}
    engine = SimpleNamespace(**parts, compile=compiler.compile)
    monkeypatch.setattr(re, "_compiler", engine)
    for other in (None, SimpleNamespace(parse=len, compile=len), lambda *given: [2**31, len(given)]):
        setattr(engine, part, other)
        with kept_values.kept_values():
            for pattern in (r"(?P<x>kept)+", "(n)ew"):
                assert engine.compile(pattern, 0) == compiler.compile(pattern, 0)


def test_a_python_without_that_engine_compiles_as_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    class Re:
        compile = re.compile

    monkeypatch.setattr(kept_patterns, "re", Re)
    assert command()[1] == re.compile(r"(?P<x>kept)+")


def test_a_mistake_in_a_pattern_is_one() -> None:
    with kept_values.kept_values(), pytest.raises(re.error):
        compiled("(")


MARKED = """\
---
title: Qzxmark title
highlightSpans: /qzxmark(a|b)/
greeting: qzxmark greeting
---
name: qzxmarkname
class: qzxmarkclass

# Qzxmark $x_{qzxmark}$ .qzxmarkbox[qzxmark {{greeting}}] ![](qzxmarkmissing.png) [qzxmark][qzxmarklink]

<qzxmarkelement class="qzxmark">qzxmark

</qzxmarkelement>

<svg><qzxmarkshape/></svg> ![:video qzxmarkfilm.mp4](qzxmark)

```mermaid
graph LR
  A[qzxmark] --> B
```

```dot
digraph { qzxmark -> b }
```

```bash
cat <<QZXMARKEND
QZXMARKEND
```

[qzxmarklink]: https://qzxmark.example
"""


def test_nothing_of_a_deck_is_kept(own: Path, project: Project) -> None:
    """All users of an installation may read what is kept."""
    project.write(
        "slidegen.yml",
        "course: Qzxmark\nexclude: ['qzxmark*']\nvariants: {qzxmarkvariant: {without: [qzxmarkbox]}}\n",
    )
    project.write("slides/qzxmarktalk.md", MARKED)
    project.write("slides/other.md", MARKED)
    project.write("slides/qzxmarkfilm.mp4", b"x")
    for command in (
        ("build", "-j", "1"),
        ("build", "--variant", "qzxmarkvariant", "-j", "1"),
        ("inspect",),
        ("check",),
    ):
        project.run(*command)
        values = kept_values._read(file(own), kept.STORE.code)
        assert any(name.startswith("re ") for name in values)
        assert not [
            name for name, data in values.items() if "qzxmark" in name.lower() or b"qzxmark" in data.lower()
        ]


@pytest.mark.parametrize("of_code", [True, False])
def test_only_patterns_that_stand_in_code_are_kept(
    own: Path, of_code: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    command()
    monkeypatch.setattr(kept_patterns, "CONSTANT", frozenset())
    said = "".join(("qz", "x"))  # no constant
    with kept_values.kept_values():
        re.purge()
        found = re.compile("qzx[a-z]") if of_code else re.compile(f"{said}[a-y]")
    assert found.match("qzxa")
    assert [name for name in kept_values._read(file(own), kept.STORE.code) if "qzx" in name] == [
        "re 0 qzx[a-z]"
    ] * of_code
