"""Renders a deck's formulas as MathML, each distinct formula once."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Hashable, Iterable, Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING

from msgspec import Struct, field

from slidegen.patterns import lazy_compile
from slidegen.render.math.macros import Macro, MacroOption, read_macros
from slidegen.render.math.markdown_escapes import SourceMappedTex, unescape
from slidegen.render.math.numbering import EquationNumbers
from slidegen.render.math.tokens import FormulaSyntaxError, TexToken, join

if TYPE_CHECKING:
    from slidegen.render.math.mathjax_compat import Rewritten
    from slidegen.render.math.mathml import Converter

# The modules that know LaTeX are imported with the first formula: half of all decks have none.

_ANNOTATION = lazy_compile(
    r'(<annotation encoding="application/x-tex">)[^<]*(?=</annotation></semantics></math>\Z)'
)
_UNKNOWN = lazy_compile(r'unknown (?:command|environment) "(.*)"')


class FormulaError(Struct, frozen=True):
    """What is wrong with a formula: a sentence without full stop, and the place in what the author wrote."""

    message: str
    start: int
    end: int
    shown: bool = False
    """Whether the formula is shown nevertheless, rather than its source."""
    command: str = ""
    """The unknown command, if that is all that is wrong."""
    package: str = ""
    """The unsupported LaTeX package, if that is why."""


class RenderedFormula(Struct, frozen=True):
    """A formula as HTML. With an error it may still be a formula, one whose reference is unresolved."""

    html: str
    error: FormulaError | None = None


class NumberedFormula(Struct, frozen=True):
    """A formula of the source, for the numbering of equations."""

    key: Hashable
    """Identifies the formula by its place in the source, even if it is shown again."""
    tex: str
    display: bool
    in_code: bool = False


class MathRenderer(Struct):
    """The math of one deck: its macros, which formulas may extend, and its equation numbers."""

    macros: Mapping[str, MacroOption] = field(default_factory=dict)
    """Name to body, or to [body, number of arguments], or to [body, number, default of the first]."""
    number: bool = False
    """Whether equations have numbers."""
    _known: Mapping[str, Macro] = field(default_factory=dict)
    _version: int = 0
    """How often the macros or labels have changed."""
    _numbers: EquationNumbers = field(default_factory=EquationNumbers)
    _converter: Converter | None = None
    _rendered: dict[Hashable, RenderedFormula] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._known = read_macros(self.macros)

    def give_numbers(self, formulas: Iterable[NumberedFormula]) -> None:
        """Number the deck's formulas in this order, so that `\\ref` knows later equations."""
        known = self._known
        for formula in formulas:
            if not self.may_number(formula.tex):
                continue
            from slidegen.render.math.mathjax_compat import rewrite

            written = unescape(formula.tex, in_code=formula.in_code)
            numbers = self._numbers.of(formula.key) if self.number else None
            try:
                rewritten = rewrite(written, display=formula.display, macros=known, numbers=numbers)
            except FormulaSyntaxError:
                continue
            self._numbers.labels.update(rewritten.labels)
            known = known if rewritten.macros is None else rewritten.macros

    def may_number(self, tex: str) -> bool:
        """Whether a formula may have a number, or defines a label."""
        return self.number or "\\label" in tex

    def label(self, name: str) -> str | None:
        """What a reference to an equation shows, as LaTeX; None if no numbered equation has that label."""
        return self._numbers.labels.get(name)

    def render(
        self, tex: str, *, display: bool, in_code: bool = False, key: Hashable | None = None
    ) -> RenderedFormula:
        """Render a formula; one that does not parse shows its source.

        `in_code` says that it is in backticks, where Markdown removes no backslash. `key` identifies the
        formula in the source, so that it keeps its numbers when it is shown again.
        """
        numbers_key = (key if key is not None else tex) if self.number else None
        cached = (tex, display, in_code, numbers_key, self._version)
        rendered = self._rendered.get(cached)
        if rendered is None:
            rendered = self._render(tex, display, in_code, numbers_key)
            self._rendered[cached] = rendered
        return rendered

    def _render(self, tex: str, display: bool, in_code: bool, key: Hashable | None) -> RenderedFormula:
        written = unescape(tex, in_code=in_code)
        try:
            return self._convert(written, display, key)
        except FormulaSyntaxError as error:
            first = error
        if written.tex != tex:
            # `\mathrm{a\_long\_name}`: what Markdown would leave of it is not TeX, but the text as written is.
            try:
                return self._convert(SourceMappedTex(tex), display, key)
            except FormulaSyntaxError:
                pass
        return RenderedFormula(_source(tex, display, first.message), _error(first))

    def _convert(self, written: SourceMappedTex, display: bool, key: Hashable | None) -> RenderedFormula:
        """Render a formula without its escapes; raises FormulaSyntaxError."""
        from slidegen.render.math.mathjax_compat import is_plain, rewrite
        from slidegen.render.math.mathml import Converter, UnknownLatexError

        if self._converter is None:
            self._converter = Converter()
        if is_plain(written.tex, self._known):
            try:
                mathml = self._converter.mathml(written.tex, display=display)
            except UnknownLatexError:
                pass  # rewritten, it may be understood; otherwise the error has a better place
            else:
                return RenderedFormula(_formula(mathml, written.tex, display))
        rewritten = rewrite(
            written,
            display=display,
            macros=self._known,
            numbers=self._numbers.of(key) if self.number else None,
            labels=self._numbers.labels,
        )
        mathml, unknown = self._mathml(rewritten, display, self._converter)
        self._numbers.labels.update(rewritten.labels)
        empty = rewritten.macros is not None and not any(token.text.strip() for token in rewritten.tokens)
        if rewritten.macros is not None and rewritten.macros != self._known:
            self._known = rewritten.macros
            self._version += 1
        html = _formula(mathml, written.tex, display, empty=empty)
        problem = rewritten.problem or unknown
        return RenderedFormula(html, _error(problem, shown=True) if problem else None)

    def _mathml(
        self, rewritten: Rewritten, display: bool, converter: Converter
    ) -> tuple[str, FormulaSyntaxError | None]:
        """The `<math>` element of a rewritten formula, which shows unknown commands by name.

        Raises FormulaSyntaxError for anything else that is wrong.
        """
        from slidegen.render.math.lines import draw_lines
        from slidegen.render.math.mathml import UnknownLatexError
        from slidegen.render.math.packages import FOREIGN

        tokens = rewritten.tokens
        unknown: FormulaSyntaxError | None = None
        while True:
            latex, starts = join(tokens)
            try:
                mathml = rewritten.styles.apply(converter.mathml(latex, display=display))
                break
            except UnknownLatexError as problem:
                token = _token_at(tokens, bisect_right(starts, problem.offset) - 1)
                named = _UNKNOWN.fullmatch(problem.message)
                if named is not None and named[1] in FOREIGN:
                    package = FOREIGN[named[1]]
                    message = f"{named[1]} needs the package {package}, which slidegen does not have"
                    raise FormulaSyntaxError(message, token.start, token.end, package) from None
                if named is None or token.text.strip() != named[1] or not named[1].startswith("\\"):
                    raise unknown or FormulaSyntaxError(problem.message, token.start, token.end) from None
                name = named[1]
                unknown = unknown or FormulaSyntaxError(
                    f"the command {name} is not known", token.start, token.end, command=name
                )
                shown = rewritten.styles.opening("mrow", class_="slidegen-math-unknown")
                shown = f"{{{shown}\\text{{\\textbackslash {name[1:]}}}}}}}}}"
                tokens = [each.becoming(shown) if each.text.strip() == name else each for each in tokens]
        if "data-lines" in mathml:
            mathml = draw_lines(mathml)
        for name, tag in rewritten.tags.items():
            mathml = mathml.replace(f"<mtext>{name}</mtext>", self._tag(tag, converter))
        return mathml, unknown

    def _tag(self, shown: str, converter: Converter) -> str:
        """MathML for a `\\tag` that is more than letters; one that does not parse shows its source."""
        from slidegen.render.math.mathjax_compat import rewrite

        try:
            rewritten = rewrite(SourceMappedTex(f"\\text{{{shown}}}"), display=False, macros=self._known)
            mathml, _ = self._mathml(rewritten, False, converter)
        except FormulaSyntaxError:
            return f"<mtext>{escape(shown)}</mtext>"
        start = mathml.index("<semantics>") + len("<semantics>")
        return f"<mrow>{mathml[start : mathml.rindex('<annotation ')]}</mrow>"


def _token_at(tokens: Sequence[TexToken], index: int) -> TexToken:
    """The token written at this index, or the last non-empty one before it, since some are placeholders."""
    return next((token for token in reversed(tokens[: index + 1]) if token.text.strip()), tokens[0])


def _formula(mathml: str, tex: str, display: bool, *, empty: bool = False) -> str:
    """The formula's element, with the author's LaTeX as annotation for screen readers and copying."""
    mathml = _ANNOTATION.sub(lambda match: match[1] + escape(tex.strip(), quote=False), mathml)
    classes = "slidegen-math" + " slidegen-math-display" * display + " slidegen-math-empty" * empty
    return f'<span class="{classes}">{mathml}</span>'


def _source(tex: str, display: bool, message: str) -> str:
    """The source of a formula that does not parse."""
    marks = "$$" if display else "$"
    classes = "slidegen-math-error" + " slidegen-math-display" * display
    return (
        f'<code class="{classes}" title="{escape(message)}">{marks}{escape(tex, quote=False)}{marks}</code>'
    )


def _error(error: FormulaSyntaxError, *, shown: bool = False) -> FormulaError:
    end = max(error.end, error.start + 1)
    return FormulaError(
        message=error.message,
        start=error.start,
        end=end,
        shown=shown,
        command=error.command,
        package=error.package,
    )
