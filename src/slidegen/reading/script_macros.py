"""Macros of a page's scripts that only put texts together, as templates.

`remark.macros.scale = function (percentage) { return '<img src="' + this + '" style="width: ' + percentage + '">'; }`
says what `<img src="{{ target }}" style="width: {{ args[0] }}">` says.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from slidegen.reading.javascript import Code, Kind, read_code, statements, template_parts
from slidegen.reading.literals import quoted, text_of
from slidegen.reading.written import WrittenMacro
from slidegen.source import Source, Span

DEEPEST = 40
BLOCK_HTML = re.compile(
    r"\s*<(?:img|p|div|figure|center|iframe|video|audio|table|ul|ol|svg|section|object|embed)\b"
)
IN_TAG = re.compile(r"<[^<>]*\Z")
JINJA = re.compile(r"\{\{|\{%|\{#")
PERCENT = re.compile(
    r"\{\{ \((?:args\[0\]\|float / args\[1\]\|float \* 100|100 \* args\[0\]\|float / args\[1\]\|float)\)"
    r"(?:\|safe)? \}\}"
)
"""The part of a slide number that says how far the deck is."""
EQUALS = {"==": "==", "===": "==", "!=": "!=", "!==": "!="}
METHODS = {"trim": "|trim", "toLowerCase": "|lower", "toUpperCase": "|upper", "toString": ""}
FUNCTIONS = {
    "String": "",
    "encodeURIComponent": "|urlencode",
    "encodeURI": "|urlencode",
    "escape": "|urlencode",
}


class NotATemplateError(Exception):
    """The function does more than put texts together."""


@dataclass(frozen=True, slots=True)
class _Text:
    """A part of what a macro gives that is always the same."""

    text: str


@dataclass(frozen=True, slots=True)
class _Value:
    """A part that is given with the call, as an expression of Jinja2."""

    expression: str


_Part = _Text | _Value


def read_macro(name: str, function: Code) -> WrittenMacro | None:
    """The macro that a function defines; None where it does more than put texts together."""
    try:
        template, suffix = _template(function)
    except NotATemplateError:
        return None
    return WrittenMacro(name, template, suffix, function.span)


def read_number_format(function: Code) -> str:
    """What `slideNumberFormat` says where a function of the number and their total puts a text together.

    Empty where it does more.
    """
    try:
        text = PERCENT.sub("%percent%", _template(function)[0])
    except NotATemplateError:
        return ""
    for name, written in (("args[0]", "%current%"), ("args[1]", "%total%")):
        text = text.replace(f"{{{{ {name} }}}}", written).replace(f"{{{{ {name}|safe }}}}", written)
    return "" if JINJA.search(text) else text.strip()


def image_macro(name: str, span: Span) -> WrittenMacro:
    """What stands for a macro that is not understood: its target, shown if it is an image."""
    template = (
        '{% if target.lower().endswith((".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".avif")) %}\n'
        '<img src="{{ target }}" alt="">\n{% else %}<a href="{{ target }}">{{ target }}</a>{% endif %}\n'
    )
    return WrittenMacro(name, template, ".html", span, understood=False)


def _template(function: Code) -> tuple[str, str]:
    parameters, body = _function(function)
    values: dict[str, list[_Part]] = {"this": [_Value("target")]}
    for index, parameter in enumerate(parameters):
        given = f"args[{index}]"
        if len(parameter) > 2 and parameter.tokens[1].text == "=":
            given = f"({given} or {_expression(_parts(parameter[2:], values, 0))})"
        elif len(parameter) != 1:
            raise NotATemplateError
        values[parameter.tokens[0].text] = [_Value(given)]
    parts = list(_returned(body, values))
    html = bool(BLOCK_HTML.match(parts[0].text if parts and isinstance(parts[0], _Text) else ""))
    return _written(parts, html), ".html" if html else ".md"


def _function(code: Code) -> tuple[list[Code], Code]:
    """Parameters and body of a function, the body of an arrow function without braces made a `return`."""
    texts = code.texts
    if texts[:1] == ["function"]:
        opening = texts.index("(") if "(" in texts else len(texts)
        code = code[opening:]
        texts = code.texts
    if texts[:1] == ["("]:
        end = code.closing(0)
        parameters, rest = list(code[1:end].split(",")), code[end + 1 :]
    elif texts[1:2] == ["=>"]:
        parameters, rest = [code[:1]], code[1:]
    else:
        raise NotATemplateError
    if rest.texts[:1] == ["=>"]:
        rest = rest[1:]
        if rest.texts[:1] != ["{"]:
            return parameters, rest
    if rest.texts[:1] != ["{"] or rest.closing(0) != len(rest) - 1:
        raise NotATemplateError
    return parameters, rest[1:-1]


def _returned(body: Code, values: dict[str, list[_Part]]) -> list[_Part]:
    """What a function gives, from its statements: assignments, and a `return` at the end."""
    found = list(statements(body))
    for statement in found:
        texts = statement.texts
        if texts[0] == "return":
            return _parts(statement[1:], values, 0)
        if texts[0] in ("var", "let", "const"):
            for item in statement[1:].split(","):
                _assign(item, values)
        elif texts[:2] == ["if", "("]:
            _assign_default(statement, values)
        elif len(found) == 1 and texts[1:2] not in (["="], ["+="]):
            return _parts(statement, values, 0)  # an arrow function's
        else:
            _assign(statement, values)
    raise NotATemplateError


def _assign(code: Code, values: dict[str, list[_Part]]) -> None:
    texts = code.texts
    if len(texts) > 2 and texts[1] in ("=", "+=") and code.tokens[0].kind is Kind.NAME:
        before = values.get(texts[0], []) if texts[1] == "+=" else []
        values[texts[0]] = [*before, *_parts(code[2:], values, 0)]
    elif len(texts) != 1:
        raise NotATemplateError


def _assign_default(code: Code, values: dict[str, list[_Part]]) -> None:
    """`if (!x) x = ...`, and other ways to say what an argument is that was not given."""
    end = code.closing(1)
    condition, then = code[2:end].texts, code[end + 1 :]
    if then.texts[:1] == ["{"] and then.closing(0) == len(then) - 1:
        then = then[1:-1]
    if then.texts[-1:] == [";"]:
        then = then[:-1]
    name = then.texts[0] if then.texts[1:2] == ["="] else ""
    bare = [text.strip("\"'") for text in condition if text not in ("(", ")")]
    absent = [[name, sign, nothing] for sign in ("==", "===") for nothing in ("undefined", "null", "")]
    if name not in values or bare not in (["!", name], *absent, *(["typeof", *each] for each in absent)):
        raise NotATemplateError
    given, default = _expression(values[name]), _expression(_parts(then[2:], values, 0))
    values[name] = [_Value(f"({given} or {default})")]


def _parts(code: Code, values: Mapping[str, list[_Part]], depth: int) -> list[_Part]:
    """What an expression puts together."""
    if depth > DEEPEST or not code.tokens:
        raise NotATemplateError
    question = next(iter(code.split("?")))
    if len(question) < len(code):
        return [_choice(code, question, values, depth)]
    for sign, word in (("||", "or"), ("??", "or"), ("&&", "and")):
        sides = list(code.split(sign))
        if len(sides) > 1:
            return [_Value("(" + f" {word} ".join(_side(side, values, depth) for side in sides) + ")")]
    for sign, equals in EQUALS.items():
        sides = list(code.split(sign))
        if len(sides) == 2:
            return [_Value(f"({_side(sides[0], values, depth)} {equals} {_side(sides[1], values, depth)})")]
    sum_ = list(code.split("+"))
    if len(sum_) > 1:
        return [part for item in sum_ for part in _parts(item, values, depth + 1)]
    for sign in ("*", "/"):
        if len(list(code.split(sign))) > 1:
            return [_Value(_product(code, values, depth))]
    return list(_operand(code, values, depth))


def _product(code: Code, values: Mapping[str, list[_Part]], depth: int) -> str:
    """Numbers multiplied and divided, from left to right."""
    return (
        "("
        + " * ".join(
            " / ".join(_factor(item, values, depth) for item in factor.split("/"))
            for factor in code.split("*")
        )
        + ")"
    )


def _factor(code: Code, values: Mapping[str, list[_Part]], depth: int) -> str:
    if len(code) == 1 and code.tokens[0].kind is Kind.NUMBER:
        return code.tokens[0].text
    return f"{_side(code, values, depth)}|float"


def _choice(code: Code, question: Code, values: Mapping[str, list[_Part]], depth: int) -> _Value:
    rest = code[len(question) + 1 :]
    answers = list(rest.split(":"))
    if len(answers) != 2:
        raise NotATemplateError
    yes, no = (_side(answer, values, depth) for answer in answers)
    return _Value(f"({yes} if {_side(question, values, depth)} else {no})")


def _side(code: Code, values: Mapping[str, list[_Part]], depth: int) -> str:
    return _expression(_parts(code, values, depth + 1))


def _operand(code: Code, values: Mapping[str, list[_Part]], depth: int) -> Iterator[_Part]:
    token, texts = code.tokens[0], code.texts
    if token.text == "(" and code.closing(0) == len(code) - 1:
        yield from _parts(code[1:-1], values, depth + 1)
    elif token.text in ("!", "typeof"):
        inner = _side(code[1:], values, depth)
        yield _Value(f"(not {inner})" if token.text == "!" else f'("string" if {inner} else "undefined")')
    elif len(code) > 3 and texts[-2:] == ["(", ")"] and texts[-4] == "." and texts[-3] in METHODS:
        yield _Value(_side(code[:-4], values, depth) + METHODS[texts[-3]])
    elif texts[0] in FUNCTIONS and texts[1:2] == ["("] and code.closing(1) == len(code) - 1:
        yield _Value(_side(code[2:-1], values, depth) + FUNCTIONS[texts[0]])
    elif texts[:2] == ["arguments", "["] and len(code) == 4 and code.tokens[2].kind is Kind.NUMBER:
        yield _Value(f"args[{int(texts[2])}]" if texts[2].isdigit() else "")
    elif len(code) == 1:
        yield from _single(code, values, depth)
    else:
        raise NotATemplateError


def _single(code: Code, values: Mapping[str, list[_Part]], depth: int) -> Iterator[_Part]:
    token = code.tokens[0]
    if token.kind is Kind.STRING:
        yield _Text(quoted(token.text))
    elif token.kind is Kind.NUMBER:
        yield _Text(token.text)
    elif token.kind is Kind.TEMPLATE:
        for kind, start, end in template_parts(token.text):
            if kind == "text":
                yield _Text(text_of(token.text[start:end]))
            else:
                inner = read_code(Span(Source("", token.text), start, end))
                yield from _parts(inner, values, depth + 1)
    elif token.text in values:
        yield from values[token.text]
    elif token.text in ("undefined", "null", "false"):
        yield _Text("")
    else:
        raise NotATemplateError


def _expression(parts: list[_Part]) -> str:
    """The parts as one expression of Jinja2."""
    written = [
        part.expression if isinstance(part, _Value) else json.dumps(part.text, ensure_ascii=False)
        for part in parts
    ]
    return written[0] if len(written) == 1 else "(" + " ~ ".join(written or ['""']) + ")"


def _written(parts: list[_Part], html: bool) -> str:
    """The parts as a template. What is given stands in an attribute escaped, elsewhere as it is."""
    pieces: list[str] = []
    text = ""
    for part in parts:
        if isinstance(part, _Text):
            text += part.text
            quoted_text = f"{{{{ {json.dumps(part.text)}{'|safe' if html else ''} }}}}"
            pieces.append(quoted_text if JINJA.search(part.text) else part.text)
        else:
            raw = html and not IN_TAG.search(text)
            pieces.append(f"{{{{ {part.expression}{'|safe' if raw else ''} }}}}")
            text += "x"
    return "".join(pieces).strip() + "\n"
