"""Compiled templates are kept, and never a wrong one is taken."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from slidegen.project.package_data import own_templates
from slidegen.project.templates import TemplateFolders


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    shutil.copytree(own_templates(), tmp_path / "own", ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path / "own"


def kept(own: Path) -> list[Path]:
    return sorted((own / "__pycache__").glob("*")) if (own / "__pycache__").exists() else []


def rendered(own: Path, user: Path | None = None, name: str = "new.html") -> str:
    return TemplateFolders(user, own).environment().get_template(name).render(what="deck")


def test_the_code_of_own_templates_is_kept_beside_them(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (own / "new.html").write_text("<p>a {{ what }}</p>")
    assert rendered(own) == "<p>a deck</p>"
    assert len(kept(own)) == 1
    monkeypatch.setattr("jinja2.Environment._generate", None)
    assert rendered(own) == "<p>a deck</p>"  # not compiled again


def test_a_template_that_changes_is_compiled_anew(own: Path) -> None:
    for text in ("<p>one {{ what }}</p>", "<p>two {{ what }}</p>"):
        (own / "new.html").write_text(text)
        assert rendered(own) == text.replace("{{ what }}", "deck")
    assert len(kept(own)) == 1


@pytest.mark.parametrize("damage", [b"", b"no code", b"\xe3" * 3000])
def test_what_is_damaged_is_not_taken(own: Path, damage: bytes) -> None:
    (own / "new.html").write_text("<p>{{ what }}</p>")
    rendered(own)
    whole = kept(own)[0].read_bytes()
    for data in (damage, whole[: len(whole) // 2], whole[:-1]):
        kept(own)[0].write_bytes(data)
        assert rendered(own) == "<p>deck</p>"


def test_templates_of_the_users_are_kept_for_one_command_only(own: Path, tmp_path: Path) -> None:
    user = tmp_path / "user"
    user.mkdir()
    (user / "new.html").write_text("<p>mine: {{ what }}</p>")
    (own / "new.html").write_text("<p>{{ what }}</p>")
    assert rendered(own, user) == "<p>mine: deck</p>"
    assert kept(own) == []
    assert rendered(own, user, "slidegen/new.html") == "<p>deck</p>"
    assert len(kept(own)) == 1
    assert not (user / "__pycache__").exists()


def test_nothing_is_kept_where_python_keeps_nothing(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    (own / "new.html").write_text("<p>{{ what }}</p>")
    assert rendered(own) == "<p>deck</p>"
    assert kept(own) == []


def test_a_folder_that_cannot_be_written_is_no_obstacle(own: Path) -> None:
    (own / "__pycache__").write_text("a file is in the way")
    (own / "new.html").write_text("<p>{{ what }}</p>")
    assert rendered(own) == "<p>deck</p>"
