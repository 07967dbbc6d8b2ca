"""The formulas of a deck, rendered once it is known which of them Markdown shows as math and which as code.

A mark represents each formula in the Markdown and in the resulting HTML. In code, the mark is replaced by what
the author wrote; the marks left in a slide's HTML are replaced here by the rendered formulas.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct, field

from slidegen.diagnostics import Code, Reporter
from slidegen.patterns import lazy_compile
from slidegen.render.dialect import Dialect, Fragment, LinkTarget
from slidegen.render.dialect.fragments import FORMULA_END, FORMULA_START
from slidegen.render.dialect.tree import escape
from slidegen.render.math import FormulaError, MathRenderer, NumberedFormula
from slidegen.syntax.nodes import ContentClass, Formula, FormulaMark, Node, Text

FORMULA_MARK = lazy_compile(f"{FORMULA_START}([0-9]+){FORMULA_END}")
UNKNOWN_ENVIRONMENT = lazy_compile(r'unknown environment "(?P<name>[^"]*)"')
REFERENCE = lazy_compile(r"\\{1,2}(eq)?ref\{([^{}]+)\}")
TEX = lazy_compile(r"[\\{}$^_&#%~]")
CODE_LINE = lazy_compile(r"(?:[ \t>]|[*+-][ \t]|\d+\.[ \t])*(?: {4}|\t)")
"""The beginning of a line that Markdown may take for code."""


class Formulas(Struct):
    """The formulas of one deck, and their fragments."""

    math: MathRenderer
    reporter: Reporter
    _nodes: list[Formula | FormulaMark] = field(default_factory=list)
    _known: dict[int, Fragment] = field(default_factory=dict)
    """By identity of the node, since steps share their nodes."""
    _reported: set[str] = field(default_factory=set)
    """Unknown packages and commands that have been reported: once is enough."""

    def fragment(self, node: Formula | FormulaMark) -> Fragment:
        """The fragment for a formula in Markdown."""
        fragment = self._known.get(id(node))
        if fragment is None:
            mark = f"{FORMULA_START}{len(self._nodes)}{FORMULA_END}"
            self._nodes.append(node)
            source = node.written if isinstance(node, Formula) else node.span.text
            indent = _indent(node) if "\n" in source else 0
            fragment = self._known[id(node)] = Fragment(mark, block=False, source=source, indent=indent)
        return fragment

    def settle(self, html: str) -> str:
        """A slide's HTML with its formulas; each wrong one is reported."""
        if FORMULA_START not in html:
            return html
        return FORMULA_MARK.sub(lambda mark: self._html(self._nodes[int(mark[1])]), html)

    def give_numbers(
        self, contents: Iterable[Sequence[Node]], dialect: Dialect, links: Mapping[str, LinkTarget]
    ) -> None:
        """Number the formulas of a deck's slides in order, so that references know later ones."""
        numbered: list[NumberedFormula] = []
        before: Sequence[Node] = ()
        for nodes in contents:
            known = (
                len(before) if nodes[: len(before)] == before else 0
            )  # a step has those of the one before it
            before = nodes
            for node in self._shown(nodes, dialect, links, known):
                numbered.append(NumberedFormula(_key(node), node.tex, node.display, node.in_code))
        self.math.give_numbers(numbered)

    def _shown(
        self, nodes: Sequence[Node], dialect: Dialect, links: Mapping[str, LinkTarget], known: int = 0
    ) -> Iterable[Formula]:
        """The formulas among nodes, from an index on, that may have numbers and are not code."""
        new = nodes[known:]
        here = [node for node in new if isinstance(node, Formula) and self.math.may_number(node.tex)]
        if any(CODE_LINE.match(_line_start(node)) for node in here):
            parts = [
                node.value
                if isinstance(node, Text)
                else self.fragment(node)
                if isinstance(node, Formula | FormulaMark)
                else Fragment("", isinstance(node, ContentClass) and node.block)
                for node in nodes
            ]
            html = dialect.convert(parts, links)
            shown = {id(self._nodes[int(mark[1])]) for mark in FORMULA_MARK.finditer(html)}
            here = [node for node in here if id(node) in shown]
        wanted = {id(node) for node in here}
        for node in new:
            if isinstance(node, ContentClass):
                yield from self._shown(node.children, dialect, links)
            elif isinstance(node, Formula) and id(node) in wanted:
                yield node

    def _html(self, node: Formula | FormulaMark) -> str:
        if isinstance(node, FormulaMark):
            if node.problem:
                self._warn_of_mark(node)
            return escape(node.shown)
        reference = REFERENCE.fullmatch(node.tex)
        if reference is not None:
            shown = self.math.label(reference[2])
            if shown is None and not self.math.number:
                return escape(node.written.replace("\\\\", "\\"))
            if shown is not None and TEX.search(shown) is None:
                return escape(f"({shown})" if reference[1] else shown)
        rendered = self.math.render(node.tex, display=node.display, in_code=node.in_code, key=_key(node))
        if rendered.error is not None:
            self._warn_of_formula(node, rendered.error)
        return rendered.html

    def _warn_of_formula(self, node: Formula, error: FormulaError) -> None:
        offset = node.span.text.find(node.tex)
        span = node.span
        if offset >= 0:
            start = min(offset + error.start, len(span.text) - 1)
            span = span.within(start, max(start + 1, min(offset + error.end, len(span.text))))
        key = error.message if error.package or error.command else ""
        if key in self._reported:
            self.reporter.reports += 1  # so that the slide is rendered anew once the first place is gone
            return
        if key:
            self._reported.add(key)
        message = (
            error.message if error.shown or error.package else f"the formula does not parse: {error.message}"
        )
        if error.package:
            hint = "these formulas are shown as you wrote them; show a picture instead"
            self.reporter.report(Code.UNKNOWN_PACKAGE, message, span, hint=hint)
            return
        hint = (
            "" if error.shown else "it is shown as you wrote it; with `math: false`, dollars are just dollars"
        )
        if error.command:
            hint = _hint_for_command(error.command[1:], self.math.macros)
        elif environment := UNKNOWN_ENVIRONMENT.fullmatch(error.message):
            from slidegen.render.math.near_commands import meant_environment

            near = meant_environment(environment["name"])
            hint = f"did you mean \\begin{{{near}}}?" if near else hint
        self.reporter.report(Code.BAD_FORMULA, message, span, hint=hint)

    def _warn_of_mark(self, node: FormulaMark) -> None:
        dollars = node.span.text == "$$"
        hint = (
            "write a formula as $x$, without spaces inside; write \\$ if you mean a dollar"
            if node.span.text == "$"
            else "a formula must end in its paragraph: "
            + ("close it with $$" if dollars else "close it")
            + ", and remove empty lines from it"
            + ("; write \\$\\$ if you mean two dollars" if dollars else "")
        )
        self.reporter.report(
            Code.OPEN_FORMULA, f"{node.problem}, so it is shown as text", node.span, hint=hint
        )


def _hint_for_command(name: str, own: Iterable[str]) -> str:
    """The hint for an unknown command: a similar name, its package, or a definition."""
    from slidegen.render.math.near_commands import meant_command, package_of

    near, package = meant_command(name, own), package_of(name)
    define = f"define it in the front matter: `math: {{macros: {{{name}: '...'}}}}`"
    if near:
        return f"did you mean \\{near}? else {define}"
    return f"it belongs to the package {package}; {define}" if package else define


def _key(formula: Formula) -> tuple[str, int]:
    """Identifies a formula of the source that is on several slides."""
    place = formula.span.written
    return place.source.path, place.start


def _line_start(node: Formula | FormulaMark) -> str:
    """What precedes a formula on its line."""
    text = node.span.source.text
    return text[text.rfind("\n", 0, node.span.start) + 1 : node.span.start]


def _indent(node: Formula | FormulaMark) -> int:
    """The indentation of the line in which a formula begins, within the surrounding quotes."""
    before = _line_start(node)
    inside = before[before.rfind(">") + 1 :]
    return len(inside) - len(inside.lstrip(" "))
