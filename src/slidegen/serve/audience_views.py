"""The current page of a deck for each kind of viewer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from msgspec import Struct, field
from msgspec.structs import asdict, replace

from slidegen.project.templates import TemplateFolders
from slidegen.project.theme_selection import PLAIN_THEME
from slidegen.project.translations import DECK, SERVE, read_words
from slidegen.render.page.features import live_styles
from slidegen.render.page.layout import render_page
from slidegen.render.page_model import RenderedDeck, RenderedSlide
from slidegen.render.theme import Theme, theme_styles
from slidegen.serve.deck_builder import Built
from slidegen.serve.page_diff import Message, patch
from slidegen.serve.page_draft import AUTHOR, PageDraft
from slidegen.serve.page_state import PageState, PageStyles, ShownSlide

KEPT = 64
"""How many states to remember for pages that were asleep; an older page is sent everything."""


class _View(Struct):
    """What one kind of viewer sees."""

    shown: PageState
    draft: PageDraft | None = None
    states: dict[int, PageState] = field(default_factory=dict)
    """By epoch, oldest first."""
    patches: dict[int, Message | None] = field(default_factory=dict)
    """From an epoch to the present state."""

    def advance(self, shown: PageState, draft: PageDraft | None) -> bool:
        """Adopt a state, unless it shows the same as the last one; returns whether it was adopted."""
        self.draft = draft or self.draft
        if shown.styles == self.shown.styles:
            shown = replace(shown, styles=self.shown.styles)  # large texts, in every remembered state
        news = patch(self.shown, shown) if self.states else None
        if self.states and news is None:
            return False
        self.patches = {self.shown.epoch: news}
        self.shown = shown
        self.states[shown.epoch] = shown
        if len(self.states) > KEPT:
            del self.states[next(iter(self.states))]
        return True


class Views(Struct):
    """All views of a deck. An epoch numbers a state; the epochs of all views ascend together."""

    name: str
    """The deck's name until it has a title."""
    audiences: Sequence[str] = (AUTHOR,)
    epoch: int = 0
    _views: dict[str, _View] = field(default_factory=dict)

    def show(self, built: Built) -> bool:
        """Adopt the outcome of a build; returns whether any page has to be notified.

        After a failed build, the last good slides stay, under the diagnostics.
        """
        self.epoch += 1
        news = False
        for who in self.audiences:
            view = self._views.get(who)
            if view is None:
                nothing = PageState(
                    epoch=self.epoch, title=self.name, slides=(), styles=PageStyles("", ()), frame=""
                )
                view = self._views[who] = _View(nothing)
            draft = built.drafts.get(who)
            problems = built.problems if who == AUTHOR else ()
            shown = replace(draft.shown if draft else view.shown, epoch=self.epoch, problems=problems)
            news = view.advance(shown, draft) or news
        return news

    @property
    def title(self) -> str:
        """The deck's title; its file's name until it has been built."""
        view = self._views.get(AUTHOR)
        return view.shown.title if view is not None else self.name

    def title_for(self, who: str) -> str:
        """The title of the version that a viewer sees; the file's name until it has been built."""
        view = self._views.get(who)
        return view.shown.title if view is not None else self.name

    @property
    def slides(self) -> tuple[ShownSlide, ...]:
        """The slides that the author sees."""
        view = self._views.get(AUTHOR)
        return view.shown.slides if view is not None else ()

    @property
    def count(self) -> int:
        """How many slides the author sees, counting steps."""
        return sum(len(slide.steps) for slide in self._view(AUTHOR).shown.slides)

    def now(self, who: str) -> int:
        """The epoch of the present state."""
        return self._view(who).shown.epoch

    def since(self, who: str, epoch: int, frame: str) -> Message | None:
        """The message that updates a page of that epoch; None if it is up to date.

        A page of a forgotten epoch is sent everything if it has the same frame.
        """
        view = self._view(who)
        if epoch == view.shown.epoch:
            return None
        old = view.states.get(epoch)
        if old is None and frame != view.shown.frame:
            return {"epoch": view.shown.epoch, "reload": True}
        if epoch not in view.patches:
            view.patches[epoch] = patch(old, view.shown) or {"epoch": view.shown.epoch}
        return view.patches[epoch]

    def page(self, who: str, live: Mapping[str, object]) -> str:
        """The page; one with diagnostics if there has been no good one. Raises DeckError."""
        view = self._view(who)
        data = {
            **live,
            "who": who,
            "epoch": view.shown.epoch,
            "frame": view.shown.frame,
            "problems": [asdict(problem) for problem in view.shown.problems],
        }
        return view.draft.page(data) if view.draft is not None else broken_page(view.shown.title, data)

    def _view(self, who: str) -> _View:
        return self._views[who]


def broken_page(title: str, live: Mapping[str, object]) -> str:
    """A page with nothing but its title, over which the browser side shows the diagnostics."""
    templates = TemplateFolders(None)
    words = read_words("en", templates, DECK, SERVE)
    styles = tuple(theme_styles(Theme(PLAIN_THEME, vocabulary=False), templates.text))
    slide = RenderedSlide(index=0, group=0, step=0, last_step=True, html=f"<h1>{escape(title)}</h1>")
    deck = RenderedDeck(title, (slide,), styles=styles, live=live, words=words)
    deck = replace(deck, styles=(*styles, *live_styles(deck, templates.text)))
    return render_page(deck, templates.environment(), templates.text)
