r"""The package amscd: `\begin{CD}`, commutative diagrams with arrows in rows and columns."""

from __future__ import annotations

from slidegen.render.math.rewriter import Rewriter
from slidegen.render.math.tokens import FormulaSyntaxError, TexToken, tokenize_at

RIGHT_AND_LEFT = {
    ">": r"\xrightarrow",
    ")": r"\xrightarrow",
    "<": r"\xleftarrow",
    "(": r"\xleftarrow",
    "=": r"\xlongequal",
}
DOWN_AND_UP = {"V": r"\Big\downarrow", "A": r"\Big\uparrow", "|": r"\Big\|", "=": r"\Big\|"}
WIDE = r"\quad"


def commutative_diagram(rewriter: Rewriter, token: TexToken) -> None:
    r"""Read from `\begin{CD}` to its end, and continue with a matrix in its place."""
    rows: list[list[list[TexToken]]] = [[]]
    cell: list[TexToken] = []
    stream = rewriter.stream
    while stream:
        part = stream.pop()
        if part.text == "\\end":
            stream.word(part)
            break
        if part.text in ("\\\\", "\\cr"):
            rows[-1].append(cell)
            rows.append([])
            cell = []
        elif part.text == "@":
            rows[-1] += (cell, _arrow(rewriter, part))
            cell = []
        else:
            cell.append(part)
            depth = int(part.text == "{")
            while depth and stream:
                part = stream.pop()
                depth += (part.text == "{") - (part.text == "}")
                cell.append(part)
    else:
        raise FormulaSyntaxError("\\begin{CD} is never closed", token.start, token.end)
    rows[-1].append(cell)
    if not any(part for cells in rows[-1:] for part in cells if any(not each.is_space for each in part)):
        rows.pop()
    stream.push(_matrix(rows, token))


def _arrow(rewriter: Rewriter, at: TexToken) -> list[TexToken]:
    """The arrow after `@`, with labels from between its signs on both sides."""
    stream = rewriter.stream

    def latex(text: str) -> list[TexToken]:
        return tokenize_at(text, at)

    if not stream:
        raise FormulaSyntaxError("@ needs an arrow", at.start, at.end)
    sign = stream.pop()
    if sign.text == ".":
        return [at.becoming("{"), at.becoming("}")]
    if sign.text in ("=", "|", "\\|"):
        return latex(f"{RIGHT_AND_LEFT['=']}{{{WIDE}}}" if sign.text == "=" else DOWN_AND_UP["|"])
    if sign.text not in RIGHT_AND_LEFT and sign.text not in DOWN_AND_UP:
        raise FormulaSyntaxError(f"@{sign.text} is not an arrow", at.start, sign.end)
    first, second = stream.until(sign.text, sign), stream.until(sign.text, sign)

    if sign.text in RIGHT_AND_LEFT:
        below = (
            [*latex("["), at.becoming("{"), *second, at.becoming("}"), *latex("]")] if _shown(second) else []
        )
        above = first if _shown(first) else latex(WIDE)
        return [*latex(RIGHT_AND_LEFT[sign.text]), *below, *latex("{\\;"), *above, *latex("\\;}")]
    # Each label is balanced by a phantom on its other side, so that the arrow is centred under its object.
    left = [*latex("{\\scriptstyle "), *_phantom(second, at), *first, *latex("}")]
    right = [*latex("{\\scriptstyle "), *second, *_phantom(first, at), *latex("}")]
    return [*left, *latex(DOWN_AND_UP[sign.text]), *right]


def _shown(tokens: list[TexToken]) -> bool:
    return any(not token.is_space for token in tokens)


def _phantom(tokens: list[TexToken], place: TexToken) -> list[TexToken]:
    return [*tokenize_at("\\hphantom{", place), *tokens, place.becoming("}")] if _shown(tokens) else []


def _matrix(rows: list[list[list[TexToken]]], place: TexToken) -> list[TexToken]:
    """Rows of cells, alternating objects and arrows, as a matrix."""
    result = tokenize_at("\\begin{matrix}", place)
    for number, cells in enumerate(rows):
        if number:
            result.append(place.becoming("\\\\"))
        for column, cell in enumerate(_by_columns(cells)):
            if column:
                result.append(place.becoming("&"))
            result += cell
    return [*result, *tokenize_at("\\end{matrix}", place)]


def _by_columns(cells: list[list[TexToken]]) -> list[list[TexToken]]:
    """A row's cells: arrows go between objects or, in a row of arrows only, under them."""
    objects, arrows = cells[::2], cells[1::2]
    if any(_shown(item) for item in objects):
        return cells
    between: list[list[TexToken]] = []
    for arrow in arrows:
        between += [arrow, []]
    return between[:-1]
