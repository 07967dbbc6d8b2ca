r"""A deck's own LaTeX commands, from its options and from `\newcommand` and its relatives in formulas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from slidegen.render.math.markdown_escapes import SourceMappedTex
from slidegen.render.math.token_stream import TokenStream
from slidegen.render.math.tokens import FormulaSyntaxError, TexToken, tokenize

MacroOption = str | Sequence[object]
"""A body, or `[body, number of arguments]`, or that with the default of the first, as in MathJax."""


class Macro(Struct, frozen=True):
    """The meaning of a command."""

    body: tuple[str | int, ...]
    """Texts of tokens, and numbers of parameters."""
    parameters: int = 0
    default: tuple[str, ...] | None = None
    """The first parameter if no brackets follow the command; None if it is not optional."""

    def expand(self, command: TexToken, stream: TokenStream) -> list[TexToken]:
        """Read the arguments; returns the replacement, with places at the command, or at the argument."""
        arguments: list[list[TexToken]] = []
        if self.default is not None:
            given = stream.optional(command)
            arguments.append([command.becoming(text) for text in self.default] if given is None else given)
        while len(arguments) < self.parameters:
            arguments.append(stream.argument(command))
        result: list[TexToken] = []
        for part in self.body:
            if isinstance(part, str):
                result.append(command.becoming(part))
            elif part <= len(arguments):
                result.extend(arguments[part - 1])
        return result


def read_macros(options: Mapping[str, MacroOption]) -> dict[str, Macro]:
    """The macros of the deck's options, by command: `\\RR`. A plain body has the parameters it mentions."""
    macros = {}
    for name, option in options.items():
        body, *rest = (option,) if isinstance(option, str) else (*option,) or ("",)
        parameters = rest[0] if rest and isinstance(rest[0], int) else 0
        default = str(rest[1]) if len(rest) > 1 else None
        parts = _body(tokenize(SourceMappedTex(str(body))))
        mentioned = max((part for part in parts if isinstance(part, int)), default=0)
        preset = (
            None if default is None else tuple(token.text for token in tokenize(SourceMappedTex(default)))
        )
        macros["\\" + name.lstrip("\\")] = Macro(parts, max(parameters, mentioned), preset)
    return macros


def protected(token: TexToken) -> TexToken:
    """The command as math-core knows it: a name followed by a space is not expanded again."""
    return token.becoming(token.text + " ") if token.text[-1].isalpha() else token


def read_definition(command: TexToken, stream: TokenStream, macros: Mapping[str, Macro]) -> tuple[str, Macro]:
    """Read what follows `\\newcommand`, `\\def`, `\\let` or `\\DeclareMathOperator`: name and meaning."""
    kind = command.text.rstrip("*")
    if kind == "\\let":
        name = _name(stream.argument(command), command)
        stream.skip_space()
        if stream.peek() == "=":
            stream.pop()
        target = _name(stream.argument(command), command)
        return name, macros.get(target) or Macro((protected(command.becoming(target)).text,))
    name = _name(stream.argument(command), command)
    if kind == "\\DeclareMathOperator":
        star = "*" if command.text.endswith("*") else ""
        body = [token.text for token in stream.argument(command)]
        return name, Macro((f"\\operatorname{star}", "{", *body, "}"))
    if kind in ("\\newcommand", "\\renewcommand", "\\providecommand"):
        count = stream.optional(command)
        default = stream.optional(command) if count is not None else None
        written = "".join(token.text for token in count or ()).strip()
        if count is not None and not (written.isdecimal() and int(written) <= 9):
            raise FormulaSyntaxError(f"{kind} takes up to 9 arguments", command.start, command.end)
        body_tokens = stream.argument(command)
        if kind == "\\providecommand" and name in macros:
            return name, macros[name]
        preset = None if default is None else tuple(token.text for token in default)
        return name, Macro(_body(body_tokens), int(written or "0"), preset)
    parameters = 0
    while stream and stream.peek() != "{":
        parameter = stream.pop()
        if parameter.text == "#":
            parameters += 1
        elif not (parameter.is_space or parameter.text == str(parameters)):
            message = f"{kind} with text between its arguments is not known here"
            raise FormulaSyntaxError(message, command.start, command.end)
    return name, Macro(_body(stream.argument(command)), parameters)


def _name(tokens: Sequence[TexToken], command: TexToken) -> str:
    found = [token for token in tokens if not token.is_space]
    if len(found) != 1 or (not found[0].is_command and command.text != "\\let"):
        raise FormulaSyntaxError(f"{command.text} needs the name of a command", command.start, command.end)
    return found[0].text


def _body(tokens: Sequence[TexToken]) -> tuple[str | int, ...]:
    parts: list[str | int] = []
    after_hash = False
    for token in tokens:
        if after_hash and token.text in "123456789":
            parts.append(int(token.text))
            after_hash = False
        elif token.text == "#" and not after_hash:
            after_hash = True
        else:
            if after_hash:
                parts.append("#")
            parts.append(token.text)
            after_hash = False
    return tuple(parts)
