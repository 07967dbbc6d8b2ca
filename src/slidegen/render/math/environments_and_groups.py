"""Rewrites braces, rows, columns, environments and stretching delimiters."""

from __future__ import annotations

from slidegen.patterns import lazy_compile
from slidegen.render.math.diagrams import commutative_diagram
from slidegen.render.math.environments import ENVIRONMENTS, columns
from slidegen.render.math.lines import ArrayLines, column_lines
from slidegen.render.math.rewriter import OpenGroup, Rewriter
from slidegen.render.math.tokens import FormulaSyntaxError, TexToken

_LENGTH = lazy_compile(r"\s*(-?\d{1,4}(?:\.\d{1,4})?|\.\d{1,4})\s*(em|ex|pt|px|mm|cm|in|mu)\s*")
_COLUMNS = lazy_compile(r"(\d{1,3})-(\d{1,3})")
NO_LINES = str.maketrans("", "", "|:")
_EMS = {"em": 1.0, "ex": 0.45, "pt": 0.1, "px": 1 / 16, "mm": 0.28, "cm": 2.8, "in": 7.2, "mu": 1 / 18}
"""The units of LaTeX, where 10pt are 1em."""


def close_brace(rewriter: Rewriter, token: TexToken) -> None:
    """`}`"""
    rewriter.close_switches()
    frame = rewriter.frames[-1]
    if frame.kind not in ("group", "text", "look in text", "rows"):
        message = "} closes nothing" if frame.kind == "top" else f"{frame.place.text} is not closed before }}"
        raise FormulaSyntaxError(message, token.start, token.end)
    if frame.kind == "rows":
        rewriter.drop_empty_row(frame)
    rewriter.close_frame(token)
    if frame.drops_limits:
        rewriter.stream.skip_space()
        if rewriter.stream.peek() == "\\limits":
            rewriter.stream.pop()


def close_math_in_text(rewriter: Rewriter, token: TexToken) -> None:
    """The second `$` of `$x$` in text, or `\\)`."""
    rewriter.close_switches()
    frame = rewriter.frames[-1]
    if frame.kind != "math in text":
        raise FormulaSyntaxError(f"{token.text} does not belong in a formula", token.start, token.end)
    rewriter.close_frame(token)
    rewriter.resume_text(token, frame.reopened)


def line_break(rewriter: Rewriter, token: TexToken) -> None:
    """`\\\\`, and `\\\\[1em]`: space below a row is an invisible descender at its end."""
    rewriter.close_switches()
    frame = rewriter.frames[-1]
    if rewriter.stream.peek() == "[":
        bracket = rewriter.stream.optional(token) or []
        length = _LENGTH.fullmatch("".join(part.text for part in bracket))
        if length is None:
            rewriter.stream.push([token.becoming("["), *bracket, token.becoming("]")])
        elif float(length[1]) > 0 and frame.rows:
            depth = 0.35 + float(length[1]) * _EMS[length[2]]
            strut = rewriter.styles.opening("mspace", width="0", height="0", depth=f"{depth:.2f}em")
            rewriter.emit(token, strut + "}}")
    if frame.kind == "top" and not rewriter.display:
        rewriter.emit(token, "\\quad ")
    elif frame.rows:
        rewriter.next_row(token)
    else:
        rewriter.emit(token, "\\\\")


def next_column(rewriter: Rewriter, token: TexToken) -> None:
    """`&`"""
    rewriter.close_switches()
    frame = rewriter.frames[-1]
    frame.column += 1
    rewriter.not_empty()
    if not (frame.environment and frame.environment.three_columns and frame.column % 3 == 2):
        rewriter.emit(token, "&")


def begin(rewriter: Rewriter, token: TexToken) -> None:
    """`\\begin{name}` with its arguments."""
    stream = rewriter.stream
    name = stream.word(token)
    if name == "CD":
        commutative_diagram(rewriter, token)
        return
    environment = ENVIRONMENTS.get(name)
    opening = f"\\begin{{{name}}}"
    close = f"\\end{{{name}}}"
    if environment is not None:
        opening = f"\\begin{{{environment.plain}}}" if environment.plain else ""
        close = f"\\end{{{environment.plain}}}" if environment.plain else ""
        for kind in environment.drops:
            if kind == "m":
                stream.argument(token)
            else:
                stream.optional(token)
        if environment.small:
            opening = rewriter.styles.opening("mrow", class_="slidegen-math-small") + opening
            close += "}}"
    lines = ArrayLines()
    if name in ("array", "darray", "subarray"):
        stream.optional(token)
        spec = columns(stream.word(token))
        lines.columns = column_lines(spec)
        opening += f"{{{spec.translate(NO_LINES) or 'c'}}}"
    rewriter.emit(token, opening)
    place = TexToken(token.text, token.start, token.end)
    frame = OpenGroup("environment", place, close=close, name=name, environment=environment, lines=lines)
    frame.begin = len(rewriter.out) - 1
    rewriter.open_frame(frame)
    rewriter.start_rows()


def end(rewriter: Rewriter, token: TexToken) -> None:
    """`\\end{name}`, where it is known whether anything in it has a number."""
    rewriter.close_switches()
    name = rewriter.stream.word(token)
    frame = rewriter.frames[-1]
    if frame.kind != "environment":
        if frame.kind == "top":
            message = f"\\end{{{name}}} ends nothing"
        else:
            message = f"{frame.place.text} is not closed before \\end{{{name}}}"
        raise FormulaSyntaxError(message, token.start, token.end)
    if frame.name != name:
        raise FormulaSyntaxError(f"\\end{{{name}}} ends \\begin{{{frame.name}}}", token.start, token.end)
    rewriter.drop_empty_row(frame)
    environment = frame.environment
    if environment is not None and environment.numbered:
        lines = environment.plain == "" and len(frame.rows) > 1
        frame.rows[-1].slot = len(rewriter.out)
        rewriter.emit(token, "")
        has_number = rewriter.number_rows(frame, numbered=not environment.starred)
        native = environment.numbered if has_number else environment.plain
        opening = f"\\begin{{{native}}}" if native else ""
        frame.close = f"\\end{{{native}}}" if native else ""
        if lines:
            opening += "\\begin{gathered}"
            slot = frame.rows[-1].slot
            rewriter.out[slot] = token.becoming("\\end{gathered}" + rewriter.out[slot].text)
        rewriter.out[frame.begin] = rewriter.out[frame.begin].becoming(opening)
    if frame.lines:
        wrapper = {"data-lines": frame.lines.written()}
        opening = rewriter.styles.opening("mrow", class_="slidegen-math-lines", **wrapper)
        rewriter.out[frame.begin] = token.becoming(opening + rewriter.out[frame.begin].text)
        frame.close += "}}"
    rewriter.close_frame(token)


def line(rewriter: Rewriter, token: TexToken) -> None:
    """`\\hline`, `\\hdashline` and `\\cline{1-2}` between rows."""
    first = last = 0
    if token.text == "\\cline":
        bounds = _COLUMNS.fullmatch(rewriter.stream.word(token))
        if bounds is None:
            raise FormulaSyntaxError("\\cline needs columns, such as {1-2}", token.start, token.end)
        first, last = int(bounds[1]), int(bounds[2])
    frame = rewriter.frames[-1]
    if frame.kind != "environment":
        raise FormulaSyntaxError(f"{token.text} belongs between rows", token.start, token.end)
    kind = ":" if token.text == "\\hdashline" else "|"
    frame.lines.above(len(frame.rows) - 1, kind, first, last)


def left(rewriter: Rewriter, token: TexToken) -> None:
    """`\\left` and its delimiter."""
    rewriter.emit(token, "\\left")
    delimiter(rewriter, token)
    rewriter.open_frame(OpenGroup("left", token, close=""))


def right(rewriter: Rewriter, token: TexToken) -> None:
    """`\\right` and its delimiter."""
    rewriter.close_switches()
    frame = rewriter.frames[-1]
    if frame.kind != "left":
        raise FormulaSyntaxError("\\right has no \\left", token.start, token.end)
    rewriter.close_frame(token)
    rewriter.emit(token, "\\right")
    delimiter(rewriter, token)


def delimiter(rewriter: Rewriter, token: TexToken) -> None:
    """The delimiter after a command; `<` and `>` are angle brackets here."""
    rewriter.stream.skip_space()
    angle = {"<": "\\langle", ">": "\\rangle"}.get(rewriter.stream.peek())
    if angle is not None:
        rewriter.emit(rewriter.stream.pop(), angle)
    elif not rewriter.stream:
        raise FormulaSyntaxError(f"{token.text} needs a delimiter", token.start, token.end)
