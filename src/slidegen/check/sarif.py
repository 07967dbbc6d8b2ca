"""Writes diagnostics as a log of SARIF 2.1.0 (OASIS, Static Analysis Results Interchange Format)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from urllib.parse import quote

from slidegen import __version__
from slidegen.diagnostics import Diagnostic, DiagnosticCode
from slidegen.diagnostics.rules import rule_name

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def sarif(found: Sequence[Diagnostic], path_of: Callable[[Diagnostic], str]) -> Mapping[str, object]:
    """The log: the rules that found something, and their findings."""
    codes = sorted({item.code for item in found}, key=lambda code: code.number)
    numbers = {code: index for index, code in enumerate(codes)}
    driver = {
        "name": "slidegen",
        "semanticVersion": __version__,
        "version": __version__,
        "rules": [_rule(code) for code in codes],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(item, numbers[item.code], path_of(item)) for item in found],
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(code: DiagnosticCode) -> Mapping[str, object]:
    return {
        "id": code.number,
        "name": code.name.title().replace("_", ""),
        "shortDescription": {"text": code.meaning},
        "defaultConfiguration": {"level": code.severity.value},
        "properties": {"rule": rule_name(code)},
    }


def _result(item: Diagnostic, rule: int, path: str) -> Mapping[str, object]:
    text = item.message + (f"\n{item.hint}" if item.hint else "")
    result: dict[str, object] = {
        "ruleId": item.code.number,
        "ruleIndex": rule,
        "level": item.severity.value,
        "message": {"text": text},
    }
    if path:
        uri = Path(path).as_uri() if Path(path).is_absolute() else quote(path)
        location: dict[str, object] = {"artifactLocation": {"uri": uri}}
        if item.span is not None:
            location["region"] = _region(item)
        result["locations"] = [{"physicalLocation": location}]
    return result


def _region(item: Diagnostic) -> Mapping[str, int]:
    assert item.span is not None
    span = item.span.written
    start, end = span.source.position(span.start), span.source.position(max(span.end, span.start))
    return {
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    }
