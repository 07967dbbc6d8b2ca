"""LaTeX and MathJax commands that math-core lacks, translated into commands that it has."""

from __future__ import annotations

from types import MappingProxyType

from slidegen.patterns import lazy_compile
from slidegen.render.math import environments_and_groups
from slidegen.render.math.macros import protected, read_definition
from slidegen.render.math.mhchem import MHCHEM
from slidegen.render.math.physics import PHYSICS
from slidegen.render.math.rewriter import Command, OpenGroup, Rewriter
from slidegen.render.math.siunitx import SIUNITX
from slidegen.render.math.styling_commands import LOOKS
from slidegen.render.math.tokens import FormulaSyntaxError, TexToken, tokenize_at

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
"""Commands replaced by another command, or by nothing."""

_PASSED_OVER = {"\\require": 1, "\\vspace": 1, "\\vspace*": 1, "\\skew": 1, "\\leftroot": 1, "\\uproot": 1}
"""Commands that are dropped along with this many arguments."""

_PLAIN_NAME = lazy_compile(r"(?:[\w\s'*()/:.~-]|\\[,;:! ])+")
_PLAIN_TAG = lazy_compile(r"[A-Za-z0-9 .*'-]+")
_LIMITS = ("\\limits", "\\nolimits")


def _alias(text: str) -> Command:
    def run(rewriter: Rewriter, token: TexToken) -> None:
        rewriter.stream.push(tokenize_at(text, token))

    return run


def _pass_over(count: int) -> Command:
    def run(rewriter: Rewriter, token: TexToken) -> None:
        for _ in range(count):
            rewriter.stream.argument(token)

    return run


def _definition(rewriter: Rewriter, token: TexToken) -> None:
    name, macro = read_definition(token, rewriter.stream, rewriter.macros)
    rewriter.macros[name] = macro
    rewriter.defines = True


# Operators and symbols


def _operatorname(rewriter: Rewriter, token: TexToken) -> None:
    """math-core expects a plain name; any other becomes an operator with a formula for a name."""
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


def _mathop(rewriter: Rewriter, token: TexToken) -> None:
    _operator(rewriter, token, rewriter.stream.argument(token), "\\limits" if rewriter.display else "")


def _operator(rewriter: Rewriter, token: TexToken, content: list[TexToken], limits: str) -> None:
    """`\\mathop{content}` and its scripts, which with limits go below and above it."""
    stream = rewriter.stream
    stream.skip_space()
    while stream.peek() in _LIMITS:
        limits = stream.pop().text
        stream.skip_space()
    scripts: dict[str, list[TexToken]] = {}
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


def _brace(rewriter: Rewriter, token: TexToken) -> None:
    """`\\underbrace`: its label goes below anyway, and math-core rejects `\\limits`."""
    rewriter.open_argument(token, token.text + "{", OpenGroup("group", token, drops_limits=True))


def _big(rewriter: Rewriter, token: TexToken) -> None:
    rewriter.emit(token, token.text)
    environments_and_groups.delimiter(rewriter, token)


def _not(rewriter: Rewriter, token: TexToken) -> None:
    """math-core strikes through relations only; a digit gets a stroke of its own."""
    rewriter.stream.skip_space()
    rewriter.emit(token, "\\cancel" if rewriter.stream.peek().isdecimal() else "\\not")
    rewriter.not_empty()


def _root(rewriter: Rewriter, token: TexToken) -> None:
    index = rewriter.stream.until("\\of", token)
    group = [token.becoming("{"), *index, token.becoming("}")]
    rewriter.stream.push(
        [protected(token.becoming("\\sqrt")), *tokenize_at("[", token), *group, token.becoming("]")]
    )


def _buildrel(rewriter: Rewriter, token: TexToken) -> None:
    above = rewriter.stream.until("\\over", token)
    rewriter.stream.push(
        [protected(token.becoming("\\overset")), token.becoming("{"), *above, token.becoming("}")]
    )


def _unicode(rewriter: Rewriter, token: TexToken) -> None:
    rewriter.stream.optional(token)
    written = rewriter.stream.word(token)
    try:
        character = chr(int(written[1:], 16) if written[:1] in ("x", "X") else int(written))
    except (ValueError, OverflowError):
        raise FormulaSyntaxError(f"{written} is not a character", token.start, token.end) from None
    if character.isspace() or not character.isprintable():
        raise FormulaSyntaxError(f"{written} is not a visible character", token.start, token.end)
    rewriter.emit(token, character)
    rewriter.not_empty()


def _substack(rewriter: Rewriter, token: TexToken) -> None:
    frame = OpenGroup("rows", token, close="\\end{subarray}")
    rewriter.open_argument(token, "\\begin{subarray}{c}", frame)
    rewriter.start_rows()


# Numbers


def _tag(rewriter: Rewriter, token: TexToken) -> None:
    """math-core accepts plain letters as a tag; anything else is inserted afterwards."""
    content = rewriter.stream.argument(token)
    row = rewriter.numbered_row()
    shown = "".join(part.text for part in content).strip()
    row.shown = shown
    if _PLAIN_TAG.fullmatch(shown):
        row.tag = f"{token.text}{{{shown}}}"
        return
    name = f"slidegen {len(rewriter.tags)}"
    rewriter.tags[name] = shown if token.text.endswith("*") else f"({shown})"
    row.tag = f"\\tag*{{{name}}}"


def _label(rewriter: Rewriter, token: TexToken) -> None:
    rewriter.numbered_row().labels.append(rewriter.stream.word(token))


def _no_number(rewriter: Rewriter, token: TexToken) -> None:
    del token
    rewriter.numbered_row().no_number = True


def _ref(rewriter: Rewriter, token: TexToken) -> None:
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
_BIG = [f"\\{size}{side}" for size in ("big", "Big", "bigg", "Bigg") for side in ("", "l", "r", "m")]


def _open_text(rewriter: Rewriter, token: TexToken) -> None:
    rewriter.open_text(token)


PACKAGES = {**PHYSICS, **SIUNITX, **MHCHEM}

COMMANDS: dict[str, Command] = {
    **{name: _alias(text) for name, text in ALIASES.items()},
    **{name: _pass_over(count) for name, count in _PASSED_OVER.items()},
    **dict.fromkeys(TEXT, _open_text),
    **dict.fromkeys(_BIG, _big),
    **_DEFINITIONS,
    **LOOKS,
    **_NUMBERS,
    "}": environments_and_groups.close_brace,
    "&": environments_and_groups.next_column,
    "$": environments_and_groups.close_math_in_text,
    "\\)": environments_and_groups.close_math_in_text,
    "\\\\": environments_and_groups.line_break,
    "\\cr": environments_and_groups.line_break,
    "\\newline": environments_and_groups.line_break,
    "\\begin": environments_and_groups.begin,
    "\\end": environments_and_groups.end,
    "\\hline": environments_and_groups.line,
    "\\hdashline": environments_and_groups.line,
    "\\cline": environments_and_groups.line,
    "\\left": environments_and_groups.left,
    "\\right": environments_and_groups.right,
    "\\middle": _big,
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
    **PACKAGES,
}
"""What is rewritten outside text."""

TEXT_COMMANDS: dict[str, Command] = {
    **{name: COMMANDS[name] for name, text in ALIASES.items() if text in TEXT or "{" in text},
    **dict.fromkeys(TEXT, _open_text),
    **_DEFINITIONS,
    "\\color": LOOKS["\\color"],
    "\\textcolor": LOOKS["\\textcolor"],
    "}": environments_and_groups.close_brace,
    "\\ref": _ref,
    "\\eqref": _ref,
    "\\unicode": _unicode,
    **MHCHEM,
    **SIUNITX,
}
"""What is rewritten in text."""
