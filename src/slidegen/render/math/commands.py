"""The commands of LaTeX and MathJax that math-core does not know, each said in commands that it knows."""

from __future__ import annotations

import re
from types import MappingProxyType

from slidegen.render.math import structure
from slidegen.render.math.macros import protected, read_definition
from slidegen.render.math.rewriter import Command, Frame, Rewriter
from slidegen.render.math.styles import SIZES, box_style, css_color
from slidegen.render.math.tokens import FormulaSyntaxError, Token, tokenize_at

TEXT = tuple("\\text \\textbf \\textit \\textrm \\texttt \\textsf \\textsc \\emph \\fbox".split())
"""The commands of math-core whose argument is text."""

ALIASES = MappingProxyType(
    {
        "\\mbox": "\\text",
        "\\hbox": "\\text",
        "\\textnormal": "\\text",
        "\\textup": "\\text",
        "\\textmd": "\\text",
        "\\textsl": "\\textit",
        "\\framebox": "\\fbox",
        "\\pmb": "\\boldsymbol",
        "\\mathds": "\\mathbb",
        "\\mathbbm": "\\mathbb",
        "\\mathnormal": "\\mathit",
        "\\mit": "\\it",
        "\\dotsc": "\\ldots",
        "\\dotso": "\\ldots",
        "\\hdots": "\\ldots",
        "\\mathellipsis": "\\ldots",
        "\\dotsb": "\\cdots",
        "\\dotsm": "\\cdots",
        "\\dotsi": "\\cdots",
        "\\hspace*": "\\hspace",
        "\\hfill": "\\quad",
        "\\strut": "\\mathstrut",
        "\\null": "{}",
        "\\varlimsup": "\\overline{\\lim}",
        "\\varliminf": "\\underline{\\lim}",
        "\\varinjlim": "\\underrightarrow{\\lim}",
        "\\varprojlim": "\\underleftarrow{\\lim}",
        "\\LaTeX": "\\text{LaTeX}",
        "\\TeX": "\\text{TeX}",
        "\\noindent": "",
        "\\par": " ",
        "\\allowbreak": "",
        "\\nobreak": "",
        "\\displaylimits": "",
        "\\global": "",
        "\\long": "",
        "\\centering": "",
        "\\boldmath": "",
        "\\unboldmath": "",
        "\\vcenter": "",
        "\\llap": "",
        "\\clap": "",
        "\\mathllap": "",
        "\\mathclap": "",
    }
)
"""Commands that another command, or nothing, says as well."""

_PASSED_OVER = {"\\require": 1, "\\vspace": 1, "\\vspace*": 1, "\\skew": 1, "\\leftroot": 1, "\\uproot": 1}
"""Commands that go away with so many arguments."""

_PLAIN_NAME = re.compile(r"(?:[\w\s'*()/:.~-]|\\[,;:! ])+")
_LIMITS = ("\\limits", "\\nolimits")


def _alias(text: str) -> Command:
    def run(rewriter: Rewriter, token: Token) -> None:
        rewriter.stream.push(tokenize_at(text, token))

    return run


def _pass_over(count: int) -> Command:
    def run(rewriter: Rewriter, token: Token) -> None:
        for _ in range(count):
            rewriter.stream.argument(token)

    return run


def _definition(rewriter: Rewriter, token: Token) -> None:
    name, macro = read_definition(token, rewriter.stream, rewriter.macros)
    rewriter.macros[name] = macro
    rewriter.defines = True


# Looks


def _look(rewriter: Rewriter, token: Token, element: str, **attributes: str) -> None:
    """Give the argument that follows a look; in text, text goes on in it."""
    opening = rewriter.styles.opening(element, **attributes)
    if rewriter.frames[-1].kind in ("text", "look in text"):
        chain = rewriter.suspend_text(token)
        frame = Frame("look in text", token, close="}}", reopened=chain)
        rewriter.open_argument(token, opening, frame)
        rewriter.resume_text(token, chain)
    else:
        rewriter.open_argument(token, opening, Frame("group", token, close="}}"))


def _switch(rewriter: Rewriter, token: Token, element: str, **attributes: str) -> None:
    """Give a look to everything up to the end of what is open."""
    opening = rewriter.styles.opening(element, **attributes)
    if rewriter.frames[-1].kind in ("text", "look in text"):
        chain = rewriter.suspend_text(token)
        rewriter.emit(token, opening)
        rewriter.open_frame(Frame("look in text", token, close="}}", reopened=chain, implicit=True))
        rewriter.resume_text(token, chain)
    else:
        rewriter.emit(token, opening)
        rewriter.open_frame(Frame("group", token, close="}}", implicit=True))


def _size(factor: float) -> Command:
    def run(rewriter: Rewriter, token: Token) -> None:
        _switch(rewriter, token, "mrow", style=f"font-size:{factor:g}em")

    return run


def _read_color(rewriter: Rewriter, token: Token) -> str:
    model = rewriter.stream.optional(token) or []
    return css_color("".join(part.text for part in model), rewriter.stream.word(token))


def _color(rewriter: Rewriter, token: Token) -> None:
    """MathJax colours one argument, LaTeX everything that follows: braces say which is meant."""
    style = f"color:{_read_color(rewriter, token)}"
    rewriter.stream.skip_space()
    show = _look if rewriter.stream.peek() == "{" else _switch
    show(rewriter, token, "mrow", style=style)


def _textcolor(rewriter: Rewriter, token: Token) -> None:
    _look(rewriter, token, "mrow", style=f"color:{_read_color(rewriter, token)}")


def _box(rewriter: Rewriter, token: Token) -> None:
    options = rewriter.stream.optional(token) or []
    style = box_style("".join(part.text for part in options))
    _look(rewriter, token, "mrow", class_="slidegen-math-box", style=style)


def _colorbox(rewriter: Rewriter, token: Token) -> None:
    color = _read_color(rewriter, token)
    rewriter.stream.push([*tokenize_at(f"\\bbox[{color},3px]", token), *_as_text(rewriter, token)])


def _fcolorbox(rewriter: Rewriter, token: Token) -> None:
    border = _read_color(rewriter, token)
    color = _read_color(rewriter, token)
    box = tokenize_at(f"\\bbox[{color},3px,border:1px solid {border}]", token)
    rewriter.stream.push([*box, *_as_text(rewriter, token)])


def _as_text(rewriter: Rewriter, token: Token) -> list[Token]:
    """The next argument as `{\\text{...}}`."""
    content = rewriter.stream.argument(token)
    return [*tokenize_at("{\\text{", token), *content, *tokenize_at("}}", token)]


def _attribute(name: str) -> Command:
    def run(rewriter: Rewriter, token: Token) -> None:
        _look(rewriter, token, "mrow", **{name: rewriter.stream.word(token)})

    return run


def _enclose(rewriter: Rewriter, token: Token) -> None:
    notation = rewriter.stream.word(token)
    rewriter.stream.optional(token)
    _look(rewriter, token, "menclose", notation=notation)


def _smash(rewriter: Rewriter, token: Token) -> None:
    side = "".join(part.text for part in rewriter.stream.optional(token) or [])
    attributes = {"height": "0"} if side != "b" else {}
    attributes |= {"depth": "0"} if side != "t" else {}
    _look(rewriter, token, "mpadded", **attributes)


def _lap(rewriter: Rewriter, token: Token) -> None:
    _look(rewriter, token, "mpadded", width="0")


def _raisebox(rewriter: Rewriter, token: Token) -> None:
    length = rewriter.stream.word(token)
    rewriter.stream.push(_as_text(rewriter, token))
    _look(rewriter, token, "mpadded", voffset=length)


def _rule(rewriter: Rewriter, token: Token) -> None:
    rewriter.stream.optional(token)
    width, height = rewriter.stream.word(token), rewriter.stream.word(token)
    opening = rewriter.styles.opening("mspace", width=width, height=height, style="background:currentcolor")
    rewriter.emit(token, opening + "}}")
    rewriter.not_empty()


# Operators and symbols


def _operatorname(rewriter: Rewriter, token: Token) -> None:
    """math-core wants a plain name; any other becomes an operator with a formula for a name."""
    content = rewriter.stream.argument(token)
    plain = [
        part for part in content if part.text not in ("{", "}", "\\mathrm", "\\text", "\\rm", "\\textrm")
    ]
    name = "".join(part.text for part in plain)
    if _PLAIN_NAME.fullmatch(name) and "_" not in name:
        rewriter.emit(token, f"{token.text}{{{name.replace('~', ' ')}}}")
        rewriter.not_empty()
        return
    limits = "\\limits" if token.text.endswith("*") and rewriter.display else ""
    name_tokens = [*tokenize_at("\\mathrm{", token), *content, token.becoming("}")]
    _operator(rewriter, token.becoming("\\mathop"), name_tokens, limits or "\\nolimits")


def _mathop(rewriter: Rewriter, token: Token) -> None:
    _operator(rewriter, token, rewriter.stream.argument(token), "\\limits" if rewriter.display else "")


def _operator(rewriter: Rewriter, token: Token, content: list[Token], limits: str) -> None:
    """`\\mathop{content}` and its scripts, which with limits stand below and above it."""
    stream = rewriter.stream
    stream.skip_space()
    while stream.peek() in _LIMITS:
        limits = stream.pop().text
        stream.skip_space()
    scripts: dict[str, list[Token]] = {}
    while limits == "\\limits" and stream.peek() in ("_", "^") and stream.peek() not in scripts:
        mark = stream.pop()
        scripts[mark.text] = stream.argument(mark)
        stream.skip_space()
    opening, closing = token.becoming("{"), token.becoming("}")
    operator = [protected(token.becoming("\\mathop")), opening, *content, closing]
    for mark_text, command in (("^", "\\overset"), ("_", "\\underset")):
        if mark_text in scripts:
            script = [opening, *scripts[mark_text], closing]
            operator = [protected(token.becoming(command)), *script, opening, *operator, closing]
    stream.push(operator)


def _brace(rewriter: Rewriter, token: Token) -> None:
    """`\\underbrace`: its label stands below anyway, and math-core does not want to be told."""
    rewriter.open_argument(token, token.text + "{", Frame("group", token, drops_limits=True))


def _big(rewriter: Rewriter, token: Token) -> None:
    rewriter.emit(token, token.text)
    structure.delimiter(rewriter, token)


def _not(rewriter: Rewriter, token: Token) -> None:
    """math-core strikes relations only; a digit gets a stroke of its own."""
    rewriter.stream.skip_space()
    rewriter.emit(token, "\\cancel" if rewriter.stream.peek().isdecimal() else "\\not")
    rewriter.not_empty()


def _root(rewriter: Rewriter, token: Token) -> None:
    index = rewriter.stream.until("\\of", token)
    group = [token.becoming("{"), *index, token.becoming("}")]
    rewriter.stream.push(
        [protected(token.becoming("\\sqrt")), *tokenize_at("[", token), *group, token.becoming("]")]
    )


def _buildrel(rewriter: Rewriter, token: Token) -> None:
    above = rewriter.stream.until("\\over", token)
    rewriter.stream.push(
        [protected(token.becoming("\\overset")), token.becoming("{"), *above, token.becoming("}")]
    )


def _unicode(rewriter: Rewriter, token: Token) -> None:
    rewriter.stream.optional(token)
    written = rewriter.stream.word(token)
    try:
        character = chr(int(written[1:], 16) if written[:1] in ("x", "X") else int(written))
    except (ValueError, OverflowError):
        raise FormulaSyntaxError(f"{written} is no character", token.start, token.end) from None
    if character.isspace() or not character.isprintable():
        raise FormulaSyntaxError(f"{written} is no character that can be seen", token.start, token.end)
    rewriter.emit(token, character)
    rewriter.not_empty()


def _substack(rewriter: Rewriter, token: Token) -> None:
    frame = Frame("rows", token, close="\\end{subarray}")
    rewriter.open_argument(token, "\\begin{subarray}{c}", frame)
    rewriter.start_rows()


# Numbers


def _tag(rewriter: Rewriter, token: Token) -> None:
    content = rewriter.stream.argument(token)
    row = rewriter.numbered_row()
    row.tag, row.shown = rewriter.tag(content, star=token.text.endswith("*"))


def _label(rewriter: Rewriter, token: Token) -> None:
    rewriter.numbered_row().labels.append(rewriter.stream.word(token))


def _no_number(rewriter: Rewriter, token: Token) -> None:
    del token
    rewriter.numbered_row().no_number = True


def _ref(rewriter: Rewriter, token: Token) -> None:
    name = rewriter.stream.word(token)
    shown = rewriter.labels.get(name) or rewriter.new_labels.get(name)
    if shown is None:
        missing = f"no equation with a number has the label {name}"
        if rewriter.numbers is None:
            missing += "; `math: {number: true}` in the front matter gives equations numbers"
        rewriter.fail(missing, token)
        shown = "???"
    if token.text == "\\eqref":
        shown = f"({shown})"
    in_text = rewriter.frames[-1].kind in ("text", "look in text")
    rewriter.stream.push(tokenize_at(shown if in_text else f"{{\\text{{{shown}}}}}", token))


_NUMBERS: dict[str, Command] = {
    "\\tag": _tag,
    "\\tag*": _tag,
    "\\label": _label,
    "\\notag": _no_number,
    "\\nonumber": _no_number,
    "\\ref": _ref,
    "\\eqref": _ref,
}
_DEFINITIONS = dict.fromkeys(
    "\\newcommand \\newcommand* \\renewcommand \\renewcommand* \\providecommand \\providecommand* "
    "\\def \\gdef \\edef \\xdef \\let \\DeclareMathOperator \\DeclareMathOperator*".split(),
    _definition,
)
_COLORS: dict[str, Command] = {"\\color": _color, "\\textcolor": _textcolor}
_BIG = [f"\\{size}{side}" for size in ("big", "Big", "bigg", "Bigg") for side in ("", "l", "r", "m")]


def _open_text(rewriter: Rewriter, token: Token) -> None:
    rewriter.open_text(token)


COMMANDS: dict[str, Command] = {
    **{name: _alias(text) for name, text in ALIASES.items()},
    **{name: _pass_over(count) for name, count in _PASSED_OVER.items()},
    **{name: _size(factor) for name, factor in SIZES.items()},
    **dict.fromkeys(TEXT, _open_text),
    **dict.fromkeys(_BIG, _big),
    **_DEFINITIONS,
    **_COLORS,
    **_NUMBERS,
    "}": structure.close_brace,
    "&": structure.next_column,
    "$": structure.close_math_in_text,
    "\\)": structure.close_math_in_text,
    "\\\\": structure.line_break,
    "\\cr": structure.line_break,
    "\\newline": structure.line_break,
    "\\begin": structure.begin,
    "\\end": structure.end,
    "\\left": structure.left,
    "\\right": structure.right,
    "\\middle": _big,
    "\\class": _attribute("class_"),
    "\\cssId": _attribute("id"),
    "\\style": _attribute("style"),
    "\\href": _attribute("href"),
    "\\bbox": _box,
    "\\colorbox": _colorbox,
    "\\fcolorbox": _fcolorbox,
    "\\enclose": _enclose,
    "\\smash": _smash,
    "\\rlap": _lap,
    "\\mathrlap": _lap,
    "\\raisebox": _raisebox,
    "\\rule": _rule,
    "\\operatorname": _operatorname,
    "\\operatorname*": _operatorname,
    "\\mathop": _mathop,
    "\\underbrace": _brace,
    "\\overbrace": _brace,
    "\\not": _not,
    "\\root": _root,
    "\\buildrel": _buildrel,
    "\\unicode": _unicode,
    "\\substack": _substack,
}
"""What is rewritten outside text."""

TEXT_COMMANDS: dict[str, Command] = {
    **{name: COMMANDS[name] for name, text in ALIASES.items() if text in TEXT or "{" in text},
    **dict.fromkeys(TEXT, _open_text),
    **_DEFINITIONS,
    **_COLORS,
    "}": structure.close_brace,
    "\\ref": _ref,
    "\\eqref": _ref,
    "\\unicode": _unicode,
}
"""What is rewritten in text."""
