"""Expands `![:name args](target)` with Jinja2 templates, or with macros from a page's scripts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field
from msgspec.structs import replace

from slidegen.deck.model import Deck, Slide
from slidegen.deck.variants import report_open_marks
from slidegen.diagnostics import Code, DeckError, Reporter
from slidegen.patterns import lazy_compile
from slidegen.render.html.visible import without_elements
from slidegen.render.macros.countdown import countdown
from slidegen.render.macros.qr import qr_code
from slidegen.render.macros.sizes import check_sizes
from slidegen.source import GeneratedOrigin, Source, Span
from slidegen.spelling import nearest, suggest
from slidegen.syntax.include_splice import INCLUDE
from slidegen.syntax.nodes import MacroCall, Node
from slidegen.syntax.parser import parse_content
from slidegen.syntax.rebase_paths import moved_html

if TYPE_CHECKING:
    from jinja2 import Environment, Template

    from slidegen.reading.html_page.page_macro import WrittenMacro

MACRO_FOLDER = "macros"
MACRO_NAME = lazy_compile(r"[\w.-]+")
"""Names that a macro's file can have."""
MAX_DEPTH = 16
"""How deeply macros may call each other."""
MOST = 2000
"""How many further calls one call may cause."""


class Arguments(Sequence[str]):
    """A call's arguments; one that is not given is an empty text, so that templates need not check."""

    def __init__(self, args: tuple[str, ...]) -> None:
        self._args = args

    def __getitem__(self, index: Any) -> Any:
        if isinstance(index, slice):
            return Arguments(self._args[index])
        return self._args[index] if -len(self._args) <= index < len(self._args) else ""

    def __len__(self) -> int:
        return len(self._args)

    def __iter__(self) -> Iterator[str]:
        return iter(self._args)  # Sequence's own would ask for one argument after the other, without end


class CaptionFile(Struct, frozen=True):
    """A file with captions beside a video."""

    path: str
    lang: str


FindCaptions = Callable[[str], list[CaptionFile]]
"""Returns the captions beside a video, given its path as written in the deck."""


class MacroHtml(Struct, frozen=True):
    """The output of a macro from `NAME.html`."""

    html: str


class Macros(Struct):
    """Calls the macros of one deck.

    `environment` finds `macros/NAME.html` and `macros/NAME.md`, the user's before slidegen's; `list_names`
    returns the names of all such files. `author_macros` are the macros that came with the deck and are not replaced by
    the user's: they are data, not templates.
    """

    environment: Environment
    deck: Deck
    reporter: Reporter
    find_captions: FindCaptions
    list_names: Callable[[], Iterable[str]]
    author_macros: Mapping[str, WrittenMacro] = field(default_factory=dict)
    replaces: Callable[[str], bool] = bool
    """Whether the user has a template of that path."""
    outputs: list[tuple[str, Span]] = field(default_factory=list)
    """The output of each call, and its place, to which mistakes in the output are attributed."""
    _templates: dict[str, Template | None] = field(default_factory=dict)
    _varying: dict[str, bool] = field(default_factory=dict)
    """By name, whether a macro's output may depend on the step."""
    _unknown_names: set[str] = field(default_factory=set)
    _endless: set[str] = field(default_factory=set)
    """Macros that call themselves: with several calls in each, trying again would take forever."""
    _nested_calls: int = 0
    """How many further calls the current one has caused."""

    def expand(self, call: MacroCall, slide: Slide, depth: int) -> MacroHtml | tuple[Node, ...]:
        """The result of a call: finished HTML, or nodes for a macro written in Markdown.

        Empty if the macro is unknown, fails, or is `depth` calls deep, which is reported at the call.
        """
        if call.name in self._endless:
            return ()
        if depth >= MAX_DEPTH:
            self._endless.add(call.name)
            self._failed(call, f"macros call each other more than {MAX_DEPTH} deep")
            return ()
        self._nested_calls = self._nested_calls + 1 if depth else 0
        if self._nested_calls > MOST:
            self._endless.add(call.name)
            self._failed(call, f"one call brings more than {MOST} others")
            return ()
        written = self.author_macros.get(call.name)
        if written is not None:
            return self._expanded(call, written.expand(call.target, call.args), written.suffix)
        template = self._template(call)
        if template is None:
            return ()
        from jinja2 import TemplateError

        def captions(target: str) -> list[CaptionFile]:
            found = self.find_captions(call.folder + target)
            return [replace(each, path=each.path.removeprefix(call.folder)) for each in found]

        name = template.name or ""
        try:
            text = template.render(
                target=call.target,
                args=Arguments(call.args),
                deck=deck_values(self.deck),
                slide=slide_values(slide),
                captions=captions,
                qr_code=qr_code,
                countdown=countdown,
            ).strip()
        except DeckError as error:  # a template that it includes cannot be read
            self.reporter.add(error.diagnostic)
            return ()
        except TemplateError as error:
            self._failed(call, f"{name}: {error}")
            return ()
        except Exception as error:  # a user's template may raise anything, which must not end the build
            self._failed(call, f"{name}: {type(error).__name__}: {error}")
            return ()
        return self._expanded(call, text, ".md" if name.endswith(".md") else ".html")

    def varies(self, call: MacroCall) -> bool:
        """Whether a call's result may differ on another step of its slide."""
        if call.name in self.author_macros:
            return self.author_macros[call.name].suffix != ".html"
        if call.name not in self._varying:
            template = self._template(call)
            name = template.name if template is not None else None
            self._varying[call.name] = (
                name is None or not name.endswith(".html") or self._asks_for_slide(name)
            )
        return self._varying[call.name]

    def _asks_for_slide(self, name: str) -> bool:
        """Whether a template, or one that it includes, uses something about its slide."""
        from jinja2 import meta

        loader = self.environment.loader
        if loader is None:
            return True
        tree = self.environment.parse(loader.get_source(self.environment, name)[0])
        others = any(True for _ in meta.find_referenced_templates(tree))
        return others or "slide" in meta.find_undeclared_variables(tree)

    def _expanded(self, call: MacroCall, text: str, suffix: str) -> MacroHtml | tuple[Node, ...]:
        """The output of a macro in the form for its kind."""
        if suffix == ".md":
            self.outputs.append((text, call.span))
            return self._parsed(call, text)
        if self.deck.variant is not None:
            from slidegen.deck.near_marks import near_marks_outside

            near = near_marks_outside(self.deck.variant, self.deck.config, self.reporter)
            near.markup(Span(Source(call.span.source.path, text, GeneratedOrigin(call.span)), 0, len(text)))
            text = without_elements(text, self.deck.variant.without)
        if "style=" in text or not call.target:
            check_sizes(call, text, self.reporter, own=self.is_own(call.name))
        if call.folder:
            text = moved_html(text, call.folder)
        self.outputs.append((text, call.span))
        return MacroHtml(text)

    def is_own(self, name: str) -> bool:
        """Whether a macro of this name is slidegen's, neither the deck's nor the user's."""
        template = self._templates.get(name)
        return (
            name not in self.author_macros and template is not None and not self.replaces(template.name or "")
        )

    def _parsed(self, call: MacroCall, text: str) -> tuple[Node, ...]:
        """The nodes of a macro's Markdown, reduced to the deck's variant."""
        source = Source(call.span.source.path, text, GeneratedOrigin(call.span))
        variant = self.deck.variant
        if variant is None:
            return parse_content(source, self.reporter, call.folder)
        from slidegen.deck.leave_out import leave_out_of_nodes

        reporter = Reporter()
        nodes = parse_content(source, reporter, call.folder)
        report_open_marks(variant, reporter)
        left = leave_out_of_nodes(nodes, variant, self.deck.config, reporter)
        for item in reporter:
            self.reporter.add(item)
        return left

    def _template(self, call: MacroCall) -> Template | None:
        if call.name in self._templates:
            template = self._templates[call.name]
            if template is not None:
                return template
        from jinja2 import TemplateNotFound, TemplateSyntaxError

        template = None
        try:
            if MACRO_NAME.fullmatch(call.name):
                template = self.environment.select_template(
                    [f"{MACRO_FOLDER}/{call.name}.html", f"{MACRO_FOLDER}/{call.name}.md"]
                )
            else:
                self._unknown(call)
        except DeckError as error:
            self.reporter.add(error.diagnostic)
        except TemplateNotFound:
            self._unknown(call)
        except TemplateSyntaxError as error:
            self._failed(call, f"{error.name}:{error.lineno}: {error.message}")
        self._templates[call.name] = template
        return template

    def _failed(self, call: MacroCall, why: str) -> None:
        self.reporter.report(Code.MACRO_FAILED, f"the macro {call.name} fails: {why}", call.span)

    def _unknown(self, call: MacroCall) -> None:
        files = {name.rsplit(".", 1)[0] for name in self.list_names() if name.endswith((".html", ".md"))}
        known = sorted(files | self.author_macros.keys())
        if call.name == INCLUDE:
            message = "a macro, a variable or a footer cannot include a file"
            hint = "include it on a slide, or in a file that is included"
            self.reporter.report(Code.BAD_INCLUDE, message, call.span, hint=hint)
            return
        if call.name in self._unknown_names:  # the hint was given at the first call
            self.reporter.report(Code.UNKNOWN_MACRO, f"there is no macro {call.name}", call.span)
            return
        self._unknown_names.add(call.name)
        there_are = (
            f"choose from {', '.join(known)}; for your own, "
            f"write templates/{MACRO_FOLDER}/{call.name}.html, starting from:\n"
            '<img src="{{ target }}" alt="" style="width: {{ args[0] }}">'
        )
        hint = suggest(*nearest(call.name, [*known, INCLUDE]), also=there_are)
        self.reporter.report(Code.UNKNOWN_MACRO, f"there is no macro {call.name}", call.span, hint=hint)


def deck_values(deck: Deck) -> Mapping[str, object]:
    """What a macro's template knows about its deck: its options by name, and its path."""
    values: dict[str, object] = {name: getattr(deck.config, name) for name in deck.config.__struct_fields__}
    values["path"] = deck.source.path
    values["total"] = deck.total
    return values


def slide_values(slide: Slide) -> Mapping[str, object]:
    """What a macro's template knows about its slide: number, name, classes, step, and its properties."""
    return {
        "number": slide.number,
        "name": slide.name,
        "classes": slide.classes,
        "step": slide.step,
        "properties": {key: item.value for key, item in slide.properties.items()},
    }
