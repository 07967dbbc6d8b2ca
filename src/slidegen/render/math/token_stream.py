"""A stream of TeX tokens: reads arguments and optional arguments, and can put tokens back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from slidegen.render.math.tokens import FormulaSyntaxError, TexToken

MAX_PUSHED = 50_000
"""How many tokens macros may insert into one formula before they are assumed to be recursive."""


class TokenStream:
    """Tokens that are still to be read. Each is read once, so the time is linear in a formula's length."""

    def __init__(self, tokens: Sequence[TexToken]) -> None:
        self._tokens = list(reversed(tokens))
        self._pushed = 0

    def __bool__(self) -> bool:
        return bool(self._tokens)

    def pop(self) -> TexToken:
        """The next token, which must exist."""
        return self._tokens.pop()

    def peek(self) -> str:
        """The text of the next token; empty at the end."""
        return self._tokens[-1].text if self._tokens else ""

    def push(self, tokens: Iterable[TexToken]) -> None:
        """Put tokens before those still to be read."""
        before = len(self._tokens)
        self._tokens.extend(reversed(list(tokens)))
        self._pushed += len(self._tokens) - before
        if self._pushed > MAX_PUSHED:
            place = self._tokens[-1]
            raise FormulaSyntaxError("macros call each other without end", place.start, place.end)

    def skip_space(self) -> None:
        """Skip white space and comments."""
        while self._tokens:
            text = self._tokens[-1].text
            if text == "%":
                self.skip_comment()
            elif text.isspace():
                self._tokens.pop()
            else:
                return

    def skip_comment(self) -> None:
        """Skip the rest of the line."""
        while self._tokens and "\n" not in self._tokens[-1].text:
            self._tokens.pop()

    def argument(self, command: TexToken) -> list[TexToken]:
        """The argument of a command: a token, or the content of braces."""
        self.skip_space()
        if not self._tokens or self._tokens[-1].text in ("}", "&"):
            raise FormulaSyntaxError(f"{command.text} needs an argument", command.start, command.end)
        first = self._tokens.pop()
        if first.text != "{":
            return [first]
        return self._until("}", first, f"the brace after {command.text} is never closed")

    def optional(self, command: TexToken) -> list[TexToken] | None:
        """The content of brackets after a command, if there are any."""
        self.skip_space()
        if self.peek() != "[":
            return None
        first = self._tokens.pop()
        return self._until("]", first, f"the bracket after {command.text} is never closed")

    def until(self, name: str, command: TexToken) -> list[TexToken]:
        """Everything up to a command, which is consumed, too."""
        return self._until(name, command, f"{command.text} needs {name}")

    def word(self, command: TexToken) -> str:
        """An argument that is a name, a colour, a length."""
        return "".join(token.text for token in self.argument(command)).strip()

    def _until(self, closing: str, opening: TexToken, message: str) -> list[TexToken]:
        found: list[TexToken] = []
        depth = 0
        while self._tokens:
            token = self._tokens.pop()
            if depth == 0 and token.text == closing:
                return found
            depth += (token.text == "{") - (token.text == "}")
            if depth < 0:
                break
            found.append(token)
        raise FormulaSyntaxError(message, opening.start, opening.end)
