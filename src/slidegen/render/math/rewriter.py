"""Rewrites a formula in one pass: reads tokens, tracks open groups, writes tokens that math-core supports."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Literal

from msgspec import Struct, field

from slidegen.render.math.css_styles import MathStyles
from slidegen.render.math.environments import ENVIRONMENTS, Environment, Row
from slidegen.render.math.lines import ArrayLines
from slidegen.render.math.macros import Macro
from slidegen.render.math.token_stream import TokenStream
from slidegen.render.math.tokens import FormulaSyntaxError, TexToken

MAX_FRAMES = 100
"""How deeply groups and environments may nest."""

_IN_TEXT = {
    "_": "\\_",
    "^": "\\textasciicircum{}",
    "&": "\\&",
    "#": "\\#",
    "%": "\\%",
    "\\\\": " ",
}
"""Characters that are literal in MathJax's `\\text`, and math-core's notation for them."""

FrameKind = Literal["top", "group", "text", "look in text", "math in text", "rows", "environment", "left"]


class OpenGroup(Struct):
    """Something that is open: a group, an environment, text, a switch such as `\\large`."""

    kind: FrameKind
    place: TexToken
    close: str = "}"
    """LaTeX that closes it."""
    opener: str = "{"
    """For text: LaTeX that opens it again after `$x$` in it."""
    reopened: tuple[str, ...] = ()
    """Texts that were open around `$x$` or a style and continue after it, outermost first."""
    implicit: bool = False
    """Whether it is a switch, which ends with its group."""
    drops_limits: bool = False
    """Whether `\\limits` may follow, which math-core does not expect."""
    name: str = ""
    """The author's name for an environment."""
    environment: Environment | None = None
    begin: int = 0
    """Index of the token that begins an environment."""
    rows: list[Row] = field(default_factory=list)
    column: int = 0
    """How many `&` the row has had."""
    lines: ArrayLines = field(default_factory=ArrayLines)
    """Lines between its rows and columns."""


class Rewriter:
    """One pass over a formula: reads tokens, keeps track of what is open, writes tokens."""

    def __init__(
        self,
        stream: TokenStream,
        first: TexToken,
        *,
        commands: Mapping[str, Command],
        text_commands: Mapping[str, Command],
        display: bool,
        macros: Mapping[str, Macro],
        numbers: Iterator[str] | None,
        labels: Mapping[str, str],
    ) -> None:
        self.stream = stream
        self.commands = commands
        self.text_commands = text_commands
        self.display = display
        self.macros = dict(macros)
        self.defines = False
        """Whether the formula has defined macros."""
        self.numbers = numbers
        self.labels = labels
        self.new_labels: dict[str, str] = {}
        self.tags: dict[str, str] = {}
        """For each tag passed to math-core, the LaTeX to show instead."""
        self.styles = MathStyles()
        self.problem: FormulaSyntaxError | None = None
        self.out: list[TexToken] = []
        self.frames: list[OpenGroup] = []
        self.emit(first, "")
        self.open_frame(OpenGroup("top", first, close=""))
        self.start_rows()

    def run(self) -> None:
        """Rewrite to the end."""
        while self.stream:
            token = self.stream.pop()
            if self.frames[-1].kind in ("text", "look in text"):
                self.text_token(token)
            else:
                self.math_token(token)
        self.close_switches()
        frame = self.frames[-1]
        if frame.kind != "top":
            place = frame.place
            what = f"\\begin{{{frame.name}}}" if frame.kind == "environment" else place.text
            raise FormulaSyntaxError(f"{what} is never closed", place.start, place.end)
        self.finish_top(frame)

    # Reading

    def math_token(self, token: TexToken) -> None:
        """Rewrite a token outside text."""
        text = token.text
        if text in self.macros:
            self.stream.push(self.macros[text].expand(token, self.stream))
        elif text in self.commands:
            self.commands[text](self, token)
        elif text == "{":
            self.emit(token, text)
            self.open_frame(OpenGroup("group", token))
        elif text == "%":
            self.stream.skip_comment()
        else:
            self.emit(token, text)
            if not token.is_space:
                self.not_empty()

    def text_token(self, token: TexToken) -> None:
        """Rewrite a token in text."""
        text = token.text
        if text in ("$", "\\("):
            chain = self.suspend_text(token)
            self.open_frame(OpenGroup("math in text", token, close="", reopened=chain))
        elif text == "{":
            self.emit(token, "{")
            self.open_frame(OpenGroup("text", token))
        elif text in _IN_TEXT:
            self.emit(token, _IN_TEXT[text])
        elif text in self.macros:
            self.stream.push(self.macros[text].expand(token, self.stream))
        elif text in self.text_commands:
            self.text_commands[text](self, token)
        else:
            self.emit(token, text)

    # Writing

    def emit(self, token: TexToken, text: str) -> None:
        """Write LaTeX with the token's place."""
        self.out.append(token.becoming(text))

    def not_empty(self) -> None:
        """Record that the row is not empty."""
        rows = self.frames[-1].rows
        if rows:
            rows[-1].empty = False

    def fail(self, message: str, token: TexToken) -> None:
        """Record a mistake that does not prevent the formula from being shown."""
        if self.problem is None:
            self.problem = FormulaSyntaxError(message, token.start, token.end)

    # Open groups

    def open_frame(self, frame: OpenGroup) -> None:
        """Open a group."""
        if self.frames:
            self.not_empty()
        if len(self.frames) >= MAX_FRAMES:
            raise FormulaSyntaxError("the formula is nested too deeply", frame.place.start, frame.place.end)
        self.frames.append(frame)

    def open_argument(self, command: TexToken, opening: str, frame: OpenGroup) -> None:
        """Write `opening` and open a group for the argument of a command, which may be a single token."""
        self.stream.skip_space()
        if not self.stream or self.stream.peek() in ("}", "&"):
            raise FormulaSyntaxError(f"{command.text} needs an argument", command.start, command.end)
        first = self.stream.pop()
        if first.text != "{":
            self.stream.push([first, first.becoming("}")])
        self.emit(command, opening)
        self.open_frame(frame)

    def close_switches(self) -> None:
        """Close switches that end with the group around them."""
        while self.frames[-1].implicit:
            self.close_frame(self.frames[-1].place)

    def close_frame(self, token: TexToken) -> OpenGroup:
        """Close the innermost group."""
        frame = self.frames.pop()
        if frame.kind == "look in text":
            for _ in frame.reopened:
                self.end_group(token)
            self.emit(token, frame.close)
            self.resume_text(token, frame.reopened)
        elif frame.kind == "text":
            for _ in frame.close:
                self.end_group(token)
        elif frame.close:
            self.emit(token, frame.close)
        return frame

    def end_group(self, token: TexToken) -> None:
        """Close a group; one that was only just reopened and is empty disappears."""
        if len(self.out) > 1 and self.out[-1].text.endswith("{") and self.out[-1].text.startswith("\\"):
            self.out.pop()
        else:
            self.emit(token, "}")

    # Text

    def open_text(self, command: TexToken) -> None:
        """Open the argument of `\\text` or the like. It is a group, so that it may become several texts."""
        inside = self.frames[-1].kind in ("text", "look in text")
        opener = command.text + "{"
        if inside:
            self.open_argument(command, opener, OpenGroup("text", command, opener=opener))
        else:
            self.emit(command, "{")
            self.open_argument(command, opener, OpenGroup("text", command, close="}}", opener=opener))

    def suspend_text(self, token: TexToken) -> tuple[str, ...]:
        """Close all open text; returns what opens it again."""
        chain: list[str] = []
        for frame in reversed(self.frames):
            if frame.kind == "text":
                chain.insert(0, frame.opener)
                if frame.close == "}}":
                    break
            elif frame.kind == "look in text":
                chain[:0] = frame.reopened
                break
            else:
                break
        for _ in chain:
            self.end_group(token)
        return tuple(chain)

    def resume_text(self, token: TexToken, chain: tuple[str, ...]) -> None:
        """Open text again."""
        for opener in chain:
            self.emit(token, opener)

    # Rows and their numbers

    def start_rows(self) -> None:
        """Start the first or the next row of the innermost group."""
        frame = self.frames[-1]
        frame.column = 0
        self.out.append(frame.place.becoming(""))
        frame.rows.append(Row(len(self.out) - 1))

    def next_row(self, token: TexToken) -> None:
        """End a row, with the number's place before the line break."""
        frame = self.frames[-1]
        frame.rows[-1].slot = len(self.out)
        self.emit(token, "")
        self.emit(token, "\\\\")
        self.start_rows()

    def numbered_row(self) -> Row:
        """The row that a `\\tag` or `\\label` here belongs to."""
        for frame in reversed(self.frames):
            if frame.rows and (frame.kind == "top" or (frame.environment and frame.environment.numbered)):
                return frame.rows[-1]
        return self.frames[0].rows[-1]

    def drop_empty_row(self, frame: OpenGroup) -> None:
        """Remove a line break that ends the last row, after which LaTeX makes no row."""
        if len(frame.rows) > 1 and frame.rows[-1].empty:
            row = frame.rows.pop()
            frame.rows[-1].tag = frame.rows[-1].tag or row.tag
            frame.rows[-1].shown = frame.rows[-1].shown or row.shown
            frame.rows[-1].labels += row.labels
            line_break = frame.rows[-1].slot + 1
            self.out[line_break] = self.out[line_break].becoming("")

    def number_rows(self, frame: OpenGroup, *, numbered: bool) -> bool:
        """Write the numbers of an environment's rows; returns whether there are any."""
        environment = frame.environment or ENVIRONMENTS["equation"]
        if not environment.each_row:
            whole = Row(frame.rows[-1].slot)
            for row in frame.rows:
                whole.tag = whole.tag or row.tag
                whole.shown = whole.shown or row.shown
                whole.labels += row.labels
                whole.no_number |= row.no_number
            frame.rows = [*frame.rows[:-1], whole]
        rows = frame.rows if environment.each_row else frame.rows[-1:]
        for row in rows:
            if row.tag is None and numbered and not row.no_number and self.numbers is not None:
                row.shown = next(self.numbers)
                row.tag = f"\\tag{{{row.shown}}}"
            if row.tag is not None:
                self.new_labels.update(dict.fromkeys(row.labels, row.shown))
        if not any(row.tag for row in rows):
            return False
        for row in rows:
            self.out[row.slot] = self.out[row.slot].becoming(row.tag or "\\notag ")
        return True

    def finish_top(self, frame: OpenGroup) -> None:
        """Wrap the formula if it has a number of its own, or lines without an environment."""
        self.drop_empty_row(frame)
        lines = self.display and len(frame.rows) > 1
        frame.rows[-1].slot = len(self.out)
        self.emit(frame.place, "")
        labelled = any(row.labels for row in frame.rows)
        has_number = self.display and self.number_rows(frame, numbered=labelled)
        opening = ("\\begin{equation}" if has_number else "") + ("\\begin{gathered}" if lines else "")
        closing = ("\\end{gathered}" if lines else "") + self.out[-1].text
        closing += "\\end{equation}" if has_number else ""
        self.out[0] = self.out[0].becoming(opening)
        self.out[-1] = self.out[-1].becoming(closing)


Command = Callable[[Rewriter, TexToken], None]
"""Rewrites a command or a special character, and reads its arguments."""
