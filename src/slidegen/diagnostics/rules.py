"""The rules behind diagnostics: their names, and where they are switched off."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

from slidegen.diagnostics import Diagnostic, DiagnosticCode, Severity, all_codes

BOUNDS: Mapping[str, float] = {"many-words": 90, "small-text": 13, "large-image": 10}
"""Rules with a limit, and its default."""


def switched_off(rules: Mapping[str, object]) -> frozenset[str]:
    """The rules that `check:` switches off."""
    return frozenset(name for name, value in rules.items() if value is False)


def rule_name(code: DiagnosticCode) -> str:
    """The name of the rule that reports a code, such as `unclosed-fence`."""
    return code.name.lower().replace("_", "-")


def rule_names() -> tuple[str, ...]:
    """The names of all rules that can be switched off, which are those of warnings."""
    return tuple(rule_name(code) for code in all_codes() if code.severity is Severity.WARNING)


class Allowed(Struct, frozen=True):
    """A part of a file in which some rules are switched off."""

    path: str
    start: int
    end: int
    rules: frozenset[str]


class Silence(Struct, frozen=True):
    """Which warnings are switched off, everywhere or on some slides."""

    rules: frozenset[str] = frozenset()
    slides: tuple[Allowed, ...] = field(default=())

    def covers(self, item: Diagnostic) -> bool:
        """Whether a diagnostic is switched off. Errors never are.

        What has no place, such as an error of the page's scripts, is switched off on any slide.
        """
        if item.severity is Severity.ERROR:
            return False
        name = rule_name(item.code)
        if name in self.rules:
            return True
        allowed = [each for each in self.slides if name in each.rules]
        if item.span is None:
            return bool(allowed)
        span = item.span.written
        return any(each.path == span.source.path and each.start <= span.start < each.end for each in allowed)
