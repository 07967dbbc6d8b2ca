"""Reports what is wrong with fences and the diagrams in them, since Markdown conversion loses their places."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct, field

from slidegen.diagnostics import Code, Reporter
from slidegen.render.code import known_language, nearest_languages
from slidegen.spelling import suggest
from slidegen.syntax.fence_info import DIAGRAMS, fences_in, language_name, range_fault, read_fence_info
from slidegen.syntax.nodes import Text

if TYPE_CHECKING:
    from slidegen.render.diagrams import Draw


class FenceChecks(Struct):
    """Checks the fences of one deck, each of them once."""

    reporter: Reporter
    draw: Draw
    """Draws diagrams."""
    _told_of_package: bool = False
    _checked: set[tuple[int, int, int]] = field(default_factory=set)

    def check(self, node: Text) -> None:
        """Warn of unknown languages, of words after them that have no effect, and of diagrams that do not parse."""
        if "```" not in node.value and "~~~" not in node.value:
            return
        place = (id(node.span.source), node.span.start, node.span.end)
        if place in self._checked:  # on another step, its code has a different text
            return
        self._checked.add(place)
        for start, info, code in fences_in(node.value):
            name = language_name(info)
            if not known_language(name):
                at = start + info.index(name)
                self.reporter.report(
                    Code.UNKNOWN_LANGUAGE,
                    f"no language is called {name}, so the code is shown without colours",
                    node.place(at, at + len(name)),
                    hint=suggest(*nearest_languages(name), otherwise="`text` says that it has none"),
                )
            if info.strip() != name:
                self._check_info(node, start, info, code)
            if name.lower() in DIAGRAMS:
                self._check_diagram(node, start, info, code)

    def _check_diagram(self, node: Text, at: int, info: str, code: str) -> None:
        from slidegen.render.diagrams import (  # few decks have diagrams
            diagram_fault,
            missing_package,
            own_text,
        )

        name = language_name(info)
        fault = diagram_fault(self.draw, name, code)
        start = at + info.index(name)
        if fault is None and not self._told_of_package:
            self._told_of_package = True
            self.reporter.report(
                Code.MISSING_EXTRA,
                "diagrams are shown as code, since the package that draws them is missing",
                node.place(start, start + len(name)),
                hint=missing_package(),
            )
        elif fault is not None and fault.message:
            start = at + len(info) + 1
            lines = own_text(code).split("\n")
            line = min(fault.line, len(lines)) - 1
            start += sum(len(each) + 1 for each in lines[:line])
            column = fault.column - 1 if fault.line <= len(lines) else len(lines[line])
            column = min(column, max(len(lines[line]) - 1, 0))
            shown = "is drawn without this" if fault.svg else "cannot be drawn, so it is shown as code"
            self.reporter.report(
                Code.BAD_DIAGRAM,
                f"this diagram {shown}: {fault.message}",
                node.place(start + column, max(start + len(lines[line]), start + column + 1)),
            )

    def _check_info(self, node: Text, at: int, info: str, code: str) -> None:
        fence = read_fence_info(info)
        if fence.unknown is not None:
            start, end = fence.unknown
            ignored = f"{info[start:end]} means nothing"
            if fence.language.lower() in DIAGRAMS:
                message = f"{ignored} for a diagram, so it is drawn without it"
                hint = 'a text that is read aloud, alt="..."; a caption, title="..."; width=60%'
            else:
                message = f"{ignored} to slidegen, so the code is shown without it"
                hint = 'lines to highlight, as in {2,4-5} or {1|2-3|all}; title="a.py"; linenums; wrap; diff'
            self.reporter.report(Code.FENCE_INFO, message, node.place(at + start, at + end), hint=hint)
        start, end = fence.lines_at
        fault = range_fault(info[start:end])
        if fault is not None:
            place = node.place(at + start + fault.start, at + start + fault.end)
            self.reporter.report(
                Code.LINE_BEYOND, fault.message, place, hint=f"write lines as in {{{fault.meant}}}"
            )
        count = code.rstrip("\n `~").count("\n") + 1
        missing = [line for lines in fence.steps if (line := lines.beyond(count)) is not None]
        if missing:
            self.reporter.report(
                Code.LINE_BEYOND,
                f"there is no line {missing[0]} to highlight; the code ends with line {count}",
                node.place(at + start, at + end),
                hint="lines count from 1, whatever numbers they show",
            )
