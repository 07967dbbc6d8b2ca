"""Embeds ES modules and their imports as data URLs, following import maps."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from pathlib import Path

from slidegen.diagnostics import Code
from slidegen.json_data import read_json
from slidegen.media_types import media_type
from slidegen.patterns import lazy_compile
from slidegen.references import Locate, is_local, is_remote, read_reference
from slidegen.render.assets.asset_kinds import AssetKind
from slidegen.render.assets.delivery import AssetResolver
from slidegen.source import Source, Span

SPECIFIER = lazy_compile(
    r"(?:(?:^|[;}])\s*+(?:import|export)\b[^\"';=(]{0,500}+|\bimport\s*+\(\s*+)"
    r"([\"'])(?P<name>(?:\.{0,2}/|https?://)[^\"'\n]++)\1",
    re.MULTILINE,
)
"""A module's import by address; bare names are resolved by an import map."""
HINT = "bundle the modules into one file"
MODULES = "text/javascript"


def link_module(
    delivery: AssetResolver, text: str, base: Path, locate: Locate, within: tuple[Path, ...] = ()
) -> str:
    """A module's text with its imports embedded; what cannot be embedded is reported, and stays.

    `within` are the modules that import it.
    """
    pieces, at = [], 0
    for match in SPECIFIER.finditer(text):
        url = _module(delivery, match["name"], base, locate, within)
        if url:
            pieces += [text[at : match.start("name")], url]
            at = match.end("name")
    return "".join((*pieces, text[at:]))


def link_file(delivery: AssetResolver, path: Path, within: tuple[Path, ...] = ()) -> str:
    """The text of a module's file with its imports embedded."""
    source = Source(delivery.files.shown(path), delivery.text(path))

    def locate(written: str) -> Span | None:
        at = source.text.find(written)
        return Span(source, at, at + len(written)) if at >= 0 else None

    return link_module(delivery, source.text, path, locate, (*within, path))


def link_import_map(delivery: AssetResolver, text: str, base: Path, locate: Locate) -> str:
    """An import map with the modules that it names embedded."""
    try:
        found = read_json(text)
    except ValueError:
        return text  # which the browser reports
    if not isinstance(found, dict):
        return text
    scopes = found.get("scopes")
    for names in (found.get("imports"), *(scopes.values() if isinstance(scopes, dict) else ())):
        for key, value in names.items() if isinstance(names, dict) else ():
            if not isinstance(value, str):
                continue
            if is_local(value) and value.endswith("/"):
                message = f"the import map names a folder, {value}, which cannot be part of the page"
                delivery.reports.report(
                    Code.UNUSABLE_ASSET, message, value, base, locate, hint="name each module in it"
                )
            else:
                names[key] = _module(delivery, value, base, locate, ()) or value
    return json.dumps(found, ensure_ascii=False).replace("</", "<\\/")


def _module(
    delivery: AssetResolver, written: str, base: Path, locate: Locate, within: tuple[Path, ...]
) -> str:
    """The data URL of an imported module; empty if the import stays."""
    if is_remote(written):
        found = delivery.fetched(written, base, locate, AssetKind.SCRIPT)
    elif is_local(written):
        found = delivery.find(read_reference(written), base, locate, AssetKind.SCRIPT)
    else:
        return ""
    if found is None:
        return ""
    name = read_reference(written).path
    if found.path in within:
        message = f"{name} is imported by what it imports itself, which cannot be part of the page"
        delivery.reports.report(Code.UNUSABLE_ASSET, message, written, base, locate, hint=HINT)
        return ""
    is_module = found.path.suffix.lower() not in (".json", ".css")
    text = link_file(delivery, found.path, within) if is_module else delivery.text(found.path)
    data = text.encode("utf-8")
    if len(data) > delivery.limit:
        message = f"{name} is too large for the page with what it imports"
        delivery.reports.report(
            Code.TOO_LARGE, message, written, base, locate, hint="make it smaller, or raise embedLimit"
        )
        return ""
    kind = media_type(data, found.path.suffix)
    kind = kind if kind in ("application/json", "text/css") else MODULES
    return f"data:{kind};base64,{b64encode(data).decode('ascii')}"
