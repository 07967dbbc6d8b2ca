"""Reads macros from a page's scripts as data, if they only build strings.

`remark.macros.scale = function (percentage) { return '<img src="' + this + '" style="width: ' + percentage + '">'; }`
means the same as the template `<img src="{{ target }}" style="width: {{ args[0] }}">`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from slidegen.patterns import lazy_compile
from slidegen.reading.html_page.macro_values import (
    Argument,
    Both,
    Change,
    ChangedText,
    Choice,
    Concatenation,
    Either,
    Equal,
    FixedText,
    IsPicture,
    Not,
    Numeral,
    Product,
    Target,
    TooLargeError,
    Value,
)
from slidegen.reading.html_page.page_macro import WrittenMacro
from slidegen.reading.javascript.numbers import JsNumber
from slidegen.reading.javascript.static_values import number, quoted, text_of
from slidegen.reading.javascript.tokens import (
    Expression,
    ScriptTokenKind,
    read_code,
    statements,
    template_parts,
)
from slidegen.source import Source, Span

MAX_DEPTH = 40
MAX_PARTS = 1_000
BLOCK_HTML = lazy_compile(
    r"\s*<(?:img|p|div|figure|center|iframe|video|audio|table|ul|ol|svg|section|object|embed)\b"
)
CURRENT, TOTAL = Argument(0), Argument(1)
PERCENT = (
    Product(((CURRENT, TOTAL), (Numeral(100),))),
    Product(((Numeral(100),), (CURRENT, TOTAL))),
)
"""The part of a slide number that shows the progress of the deck."""
EQUALS = ("==", "===", "!=", "!==")
METHODS = {"trim": Change.TRIM, "toLowerCase": Change.LOWER, "toUpperCase": Change.UPPER, "toString": None}
FUNCTIONS = {
    "String": None,
    "encodeURIComponent": Change.URLENCODE,
    "encodeURI": Change.URLENCODE,
    "escape": Change.URLENCODE,
}


class NotATemplateError(Exception):
    """The function does more than combine text."""


def read_macro(name: str, function: Expression) -> WrittenMacro | None:
    """The macro that a function defines; None if it does more than combine text."""
    try:
        parts = _given(function)
    except (NotATemplateError, TooLargeError):
        return None
    first = parts[0].text if parts and isinstance(parts[0], FixedText) else ""
    return WrittenMacro(name, tuple(parts), ".html" if BLOCK_HTML.match(first) else ".md", function.span)


def read_number_format(function: Expression) -> str:
    """The `slideNumberFormat` of a function that combines text with the number and the total.

    Empty if it does more.
    """
    try:
        parts = _given(function)
    except (NotATemplateError, TooLargeError):
        return ""
    written: dict[Value, str] = {CURRENT: "%current%", TOTAL: "%total%"}
    written |= dict.fromkeys(PERCENT, "%percent%")
    texts = [part.text if isinstance(part, FixedText) else written.get(part) for part in parts]
    return "".join(filter(None, texts)).strip() if None not in texts else ""


def image_macro(name: str, span: Span) -> WrittenMacro:
    """A stand-in for a macro that is not understood: its target, shown if it is an image."""
    target = Target()
    picture = Concatenation((FixedText('img src="'), target, FixedText('" alt="">')))
    link = Concatenation((FixedText('a href="'), target, FixedText('">'), target, FixedText("</a>")))
    parts = (FixedText("<"), Choice(IsPicture(target), picture, link))  # within a tag, arguments are escaped
    return WrittenMacro(name, parts, ".html", span)


def _given(function: Expression) -> list[Value]:
    """What a function combines. Raises NotATemplateError, and TooLargeError."""
    parameters, body = _function(function)
    values: dict[str, list[Value]] = {"this": [Target()]}
    for index, parameter in enumerate(parameters):
        given: Value = Argument(index)
        if len(parameter) > 2 and parameter.tokens[1].text == "=":
            given = Either((given, _joined(_parts(parameter[2:], values, 0))))
        elif len(parameter) != 1:
            raise NotATemplateError
        values[parameter.tokens[0].text] = [given]
    parts = _returned(body, values)
    if any(_is_truth(part) for part in parts):
        raise NotATemplateError
    return parts


def _is_truth(value: Value) -> bool:
    """Whether a value may be a boolean, which JavaScript writes differently."""
    match value:
        case Equal() | Not() | IsPicture():
            return True
        case Either() | Both() | Concatenation():
            return any(map(_is_truth, value.values))
        case Choice():
            return _is_truth(value.yes) or _is_truth(value.no)
        case ChangedText():
            return _is_truth(value.value)
    return False


def _function(code: Expression) -> tuple[list[Expression], Expression]:
    """Parameters and body of a function; the body of an arrow function without braces becomes a `return`."""
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


def _returned(body: Expression, values: dict[str, list[Value]]) -> list[Value]:
    """The result of a function's statements: assignments, and a `return` at the end."""
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


def _assign(code: Expression, values: dict[str, list[Value]]) -> None:
    texts = code.texts
    if len(texts) > 2 and texts[1] in ("=", "+=") and code.tokens[0].kind is ScriptTokenKind.NAME:
        before = values.get(texts[0], []) if texts[1] == "+=" else []
        values[texts[0]] = _few([*before, *_parts(code[2:], values, 0)])
    elif len(texts) != 1:
        raise NotATemplateError


def _assign_default(code: Expression, values: dict[str, list[Value]]) -> None:
    """`if (!x) x = ...`, and other ways to give an argument a default."""
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
    values[name] = [Either((_joined(values[name]), _joined(_parts(then[2:], values, 0))))]


def _parts(code: Expression, values: Mapping[str, list[Value]], depth: int) -> list[Value]:
    """What an expression combines."""
    if depth > MAX_DEPTH or not code.tokens:
        raise NotATemplateError
    question = next(iter(code.split("?")))
    if len(question) < len(code):
        return [_choice(code, question, values, depth)]
    for sign, kind in (("||", Either), ("??", Either), ("&&", Both)):
        sides = list(code.split(sign))
        if len(sides) > 1:
            return [kind(tuple(_side(side, values, depth) for side in sides))]
    for sign in EQUALS:
        sides = list(code.split(sign))
        if len(sides) == 2:
            same = Equal(*(_side(side, values, depth) for side in sides))
            return [Not(same) if sign.startswith("!") else same]
    sum_ = list(code.split("+"))
    if len(sum_) > 1:
        if all(_is_number(item) for item in sum_[:2]):
            raise NotATemplateError  # the sum of two numbers is a number
        return _few([part for item in sum_ for part in _parts(item, values, depth + 1)])
    for sign in ("*", "/"):
        if len(list(code.split(sign))) > 1:
            return [_product(code, values, depth)]
    return _few(list(_operand(code, values, depth)))


def _few(parts: list[Value]) -> list[Value]:
    if len(parts) > MAX_PARTS:
        raise TooLargeError
    return parts


def _is_number(code: Expression) -> bool:
    products = (len(list(code.split(sign))) > 1 for sign in ("*", "/"))
    return (len(code) == 1 and code.tokens[0].kind is ScriptTokenKind.NUMBER) or any(products)


def _product(code: Expression, values: Mapping[str, list[Value]], depth: int) -> Value:
    """Numbers multiplied and divided, from left to right."""
    return Product(
        tuple(tuple(_factor(item, values, depth) for item in factor.split("/")) for factor in code.split("*"))
    )


def _factor(code: Expression, values: Mapping[str, list[Value]], depth: int) -> Value:
    if len(code) == 1 and code.tokens[0].kind is ScriptTokenKind.NUMBER:
        return Numeral(float(_number(code.tokens[0].text)))
    return _side(code, values, depth)


def _number(text: str) -> JsNumber:
    """A number in a script; raises NotATemplateError for a notation that no macro needs."""
    if len(text) > 30:
        raise NotATemplateError
    return JsNumber(number(text))


def _choice(code: Expression, question: Expression, values: Mapping[str, list[Value]], depth: int) -> Value:
    """`a ? b : c`, where b and c may be such choices themselves."""
    rest = code[len(question) + 1 :]
    colon = _colon(rest)
    yes, no = (_side(answer, values, depth) for answer in (rest[:colon], rest[colon + 1 :]))
    return Choice(_side(question, values, depth), yes, no)


def _colon(code: Expression) -> int:
    """The index of the colon between the answers of a choice."""
    brackets = questions = 0
    for index, token in enumerate(code.tokens):
        if token.kind is not ScriptTokenKind.SIGN:
            continue
        brackets += (token.text in "([{") - (token.text in ")]}")
        if brackets == 0 and token.text == "?":
            questions += 1
        elif brackets == 0 and token.text == ":":
            if questions == 0:
                return index
            questions -= 1
    raise NotATemplateError


def _side(code: Expression, values: Mapping[str, list[Value]], depth: int) -> Value:
    return _joined(_parts(code, values, depth + 1))


def _joined(parts: Sequence[Value]) -> Value:
    return parts[0] if len(parts) == 1 else Concatenation(tuple(parts))


def _operand(code: Expression, values: Mapping[str, list[Value]], depth: int) -> Iterator[Value]:
    token, texts = code.tokens[0], code.texts
    if token.text == "(" and code.closing(0) == len(code) - 1:
        yield from _parts(code[1:-1], values, depth + 1)
    elif token.text in ("!", "typeof"):
        inner = _side(code[1:], values, depth)
        yield Not(inner) if token.text == "!" else Choice(inner, FixedText("string"), FixedText("undefined"))
    elif len(code) > 3 and texts[-2:] == ["(", ")"] and texts[-4] == "." and texts[-3] in METHODS:
        yield _changed(code[:-4], METHODS[texts[-3]], values, depth)
    elif texts[0] in FUNCTIONS and texts[1:2] == ["("] and code.closing(1) == len(code) - 1:
        yield _changed(code[2:-1], FUNCTIONS[texts[0]], values, depth)
    elif texts[:2] == ["arguments", "["] and len(code) == 4 and code.tokens[2].kind is ScriptTokenKind.NUMBER:
        if not re.fullmatch(r"[0-9]{1,3}", texts[2]):
            raise NotATemplateError
        yield Argument(int(texts[2]))
    elif len(code) == 1:
        yield from _single(code, values, depth)
    else:
        raise NotATemplateError


def _changed(code: Expression, change: Change | None, values: Mapping[str, list[Value]], depth: int) -> Value:
    inner = _side(code, values, depth)
    return inner if change is None else ChangedText(inner, change)


def _single(code: Expression, values: Mapping[str, list[Value]], depth: int) -> Iterator[Value]:
    token = code.tokens[0]
    if token.kind is ScriptTokenKind.STRING:
        yield FixedText(quoted(token.text))
    elif token.kind is ScriptTokenKind.NUMBER:
        yield FixedText(str(_number(token.text)))
    elif token.kind is ScriptTokenKind.TEMPLATE:
        for kind, start, end in template_parts(token.text):
            if kind == "text":
                yield FixedText(text_of(token.text[start:end]))
            else:
                inner = read_code(Span(Source("", token.text), start, end))
                yield from _parts(inner, values, depth + 1)
    elif token.text in values:
        yield from values[token.text]
    elif token.text in ("undefined", "null", "false"):
        yield FixedText("")
    else:
        raise NotATemplateError
