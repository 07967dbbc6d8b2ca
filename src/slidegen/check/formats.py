"""Writes diagnostics for programs: JSON, GitHub's annotations and GitLab's code quality report."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from slidegen.check.sarif import sarif
from slidegen.diagnostics import Diagnostic, Severity
from slidegen.diagnostics.rules import rule_name


def relative_path(item: Diagnostic) -> str:
    """The path that a diagnostic is about, relative to the working folder, with slashes; may be empty."""
    path = Path(item.span.source.path if item.span is not None else item.path)
    if path.is_absolute() and path.is_relative_to(Path.cwd()):
        path = path.relative_to(Path.cwd())
    return path.as_posix() if str(path) != "." else ""


def as_json(found: Sequence[Diagnostic]) -> str:
    """A list of objects: path, line, column, end, code, rule, severity, message, hint."""
    return json.dumps([_value(item) for item in found], ensure_ascii=False, indent=2)


def _value(item: Diagnostic) -> Mapping[str, object]:
    start = item.span.position if item.span is not None else None
    end = item.span.written.source.position(item.span.written.end) if item.span is not None else None
    return {
        "path": relative_path(item),
        "line": start.line if start is not None else None,
        "column": start.column if start is not None else None,
        "endLine": end.line if end is not None else None,
        "endColumn": end.column if end is not None else None,
        "code": item.code.number,
        "rule": rule_name(item.code),
        "severity": item.severity.value,
        "message": item.message,
        "hint": item.hint,
    }


def as_github(found: Sequence[Diagnostic]) -> str:
    """Workflow commands, which GitHub shows as annotations beside the lines of a pull request."""
    return "\n".join(map(_annotation, found))


def _annotation(item: Diagnostic) -> str:
    value = _value(item)
    places = {
        "file": value["path"],
        "line": value["line"],
        "endLine": value["endLine"],
        "col": value["column"],
    }
    properties = {name: place for name, place in places.items() if place}
    properties["title"] = f"{item.code.number} {rule_name(item.code)}"
    text = item.message + (f"\n{item.hint}" if item.hint else "")
    written = ",".join(f"{name}={_escaped(str(each), ':,')}" for name, each in properties.items())
    return f"::{item.severity.value} {written}::{_escaped(text)}"


def _escaped(text: str, more: str = "") -> str:
    """A text escaped for GitHub's workflow commands."""
    for letter in "%\r\n" + more:
        text = text.replace(letter, f"%{ord(letter):02X}")
    return text


def as_gitlab(found: Sequence[Diagnostic]) -> str:
    """GitLab's code quality report, in Code Climate's format."""
    seen: dict[str, int] = {}
    return json.dumps([_issue(item, seen) for item in found], ensure_ascii=False, indent=2)


def _issue(item: Diagnostic, seen: dict[str, int]) -> Mapping[str, object]:
    path, line = relative_path(item), item.span.position.line if item.span is not None else 1
    text = item.span.source.line(line) if item.span is not None else ""
    key = "\0".join((path, item.code.number, item.message, text))
    seen[key] = seen.get(key, 0) + 1  # the same message on two lines makes two issues
    return {
        "description": item.message + (f" ({item.hint})" if item.hint else ""),
        "check_name": rule_name(item.code),
        "fingerprint": hashlib.sha256(f"{key}\0{seen[key]}".encode()).hexdigest(),
        "severity": "critical" if item.severity is Severity.ERROR else "minor",
        "location": {"path": path or ".", "lines": {"begin": line}},
    }


def as_sarif(found: Sequence[Diagnostic]) -> str:
    """A log in SARIF 2.1.0."""
    return json.dumps(sarif(found, relative_path), ensure_ascii=False, indent=2)


FORMATS: Mapping[str, Callable[[Sequence[Diagnostic]], str]] = {
    "json": as_json,
    "sarif": as_sarif,
    "github": as_github,
    "gitlab": as_gitlab,
}
