"""Finds templates: the user's `templates/` folders first, then slidegen's own."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from slidegen.diagnostics import Code, DeckError, Diagnostic
from slidegen.files.dependencies import MAX_TEXT_BYTES, Reads
from slidegen.files.paths import resolve_links
from slidegen.files.walk import irregular
from slidegen.project.package_data import own_templates
from slidegen.reading.markdown import decode

if TYPE_CHECKING:
    from jinja2 import BytecodeCache, Environment

OWN_PREFIX = "slidegen/"
"""`{% extends "slidegen/deck.html" %}` reaches the original of a template that the user replaces."""


class TemplateFolders(Struct):
    """The folders in which templates, themes, macros and the browser side are looked for."""

    user: Path | None
    own: Path = field(default_factory=own_templates)
    foreign: bool = False
    """Whether the user does not work in the folder's project, so that its templates run in a sandbox."""
    within: Sequence[Path] | None = None
    """The real folders that the user's templates may be in, if they came with someone's decks; None for any."""
    reads: Reads = field(default_factory=Reads)
    """Receives every file that is looked for, whether it exists or not, since pages depend on it."""
    _texts: dict[str, tuple[str | None, Reads]] = field(default_factory=dict)
    """Each file's text by its path, and what was read to get it."""
    _candidates: dict[str, list[Path]] = field(default_factory=dict)
    _compiled: list[BytecodeCache] = field(default_factory=list)
    """Holds the cache once a template has been used."""

    def with_dependencies(self, reads: Reads) -> TemplateFolders:
        """A copy for a page, with `reads` receiving what the page depends on; files are still read only once."""
        return replace(self, reads=reads)

    def text(self, name: str) -> str | None:
        """The text of a template by its path in the folders; None if none of them has it.

        Raises DeckError if it cannot be read, or is not UTF-8.
        """
        texts = (self._text(path, name) for path in self.candidates(name))
        return next((text for text in texts if text is not None), None)

    def replaces(self, name: str) -> bool:
        """Whether the user has a template of this path."""
        theirs = (path for path in self.candidates(name) if not self._is_own(path))
        return any(self._text(path, name) is not None for path in theirs)

    def _is_own(self, path: Path) -> bool:
        return path.is_relative_to(self.own)

    def _text(self, path: Path, name: str) -> str | None:
        key = str(path)
        if key not in self._texts:
            reads = Reads()
            self._texts[key] = (
                self._read(path, name, reads) if self._is_there(path, name, reads) else None,
                reads,
            )
        text, reads = self._texts[key]
        self.reads.add(reads)
        return text

    def _is_there(self, path: Path, name: str, reads: Reads) -> bool:
        """Whether there is a template that may be read; raises DeckError for what is there and may not."""
        is_file = reads.is_file(path)
        if self._is_own(path) or (not is_file and (path.is_dir() or not os.path.lexists(path))):
            return is_file
        real = resolve_links(path)
        problem = irregular(path, [real])
        why = "" if problem is None else problem.why
        if not why and self.within is not None and not any(real.is_relative_to(top) for top in self.within):
            why = "it leads outside a project that you do not work in"
        if why:
            message = f"cannot be read, because {why}"
            raise DeckError(Diagnostic(Code.CANNOT_READ, message, path=f"templates/{name}"))
        return is_file

    def _read(self, path: Path, name: str, reads: Reads) -> str:
        shown = f"templates/{name}"
        try:
            return decode(shown, reads.read(path, MAX_TEXT_BYTES)).text
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise DeckError(Diagnostic(Code.CANNOT_READ, f"cannot be read: {reason}", path=shown)) from error

    def candidates(self, name: str) -> list[Path]:
        """The possible paths of a template; the first that exists is used."""
        if name not in self._candidates:
            self._candidates[name] = self._places(name)
        return self._candidates[name]

    def _places(self, name: str) -> list[Path]:
        if ".." in Path(name).parts or Path(name).is_absolute():
            return []
        if name.startswith(OWN_PREFIX):
            return [self.own / name.removeprefix(OWN_PREFIX)]
        return [folder / name for folder in self.folders]

    @property
    def folders(self) -> list[Path]:
        """The folders in search order."""
        return [self.own] if self.user is None or self.user == self.own else [self.user, self.own]

    def names(self, folder: str) -> list[str]:
        """The names in a folder of templates, each once."""
        found = {name for top in self.folders for name in self.reads.listing(top / folder)}
        return sorted(name for name in found if not name.startswith((".", "_")))

    @property
    def replaced(self) -> bool:
        """Whether the user has templates of their own."""
        return self.user is not None and self.user != self.own

    def file(self, name: str) -> Path | None:
        """The file of a template; None if none of the folders has it."""
        return next((path for path in self.candidates(name) if path.is_file()), None)

    def shown(self, name: str) -> str:
        """A template's path for a diagnostic."""
        found = self.file(name)
        return (
            str(found)
            if found is not None and found.is_relative_to(self.user or found)
            else f"templates/{name}"
        )

    def environment(self) -> Environment:
        """A Jinja2 environment over the folders that escapes values in HTML."""
        from jinja2 import Environment, FunctionLoader

        from slidegen.project.template_cache import CompiledTemplates

        if not self._compiled:
            self._compiled.append(CompiledTemplates(self.own))

        def load(name: str) -> tuple[str, str, Callable[[], bool]] | None:
            text = self.text(name)
            own = self.own / name.removeprefix(OWN_PREFIX)
            file = name if self.replaces(name) else str(own)
            return None if text is None else (text, file, lambda: True)

        if self.foreign and self.replaced:
            from slidegen.project.sandbox import Sandbox as Environment
        environment = Environment(
            loader=FunctionLoader(load),
            autoescape=lambda name: name is None or not name.endswith((".md", ".yml")),
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=False,
            bytecode_cache=None if self.foreign and self.replaced else self._compiled[0],
        )
        environment.filters["yaml"] = _quoted
        environment.filters["number"] = _number
        return environment


def _quoted(value: object) -> str:
    """A text in a form that YAML reads back, whatever it contains: JSON is YAML."""
    import json

    return json.dumps(str(value), ensure_ascii=False)


def _number(value: object) -> float:
    """The number in a text, as JavaScript reads and writes it, for macros written by an import."""
    from slidegen.reading.javascript.numbers import JsNumber

    return JsNumber.read(value)
