"""The variants of a project, as slidegen.yml defines them."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from slidegen.config import OPTIONS, Config, Setting, configure
from slidegen.deck.variants import STANDARD, STUDENT, Variant, near_variants
from slidegen.diagnostics import Code, DeckError, Diagnostic, Reporter
from slidegen.project.outputs import is_one_page
from slidegen.spelling import nearest, one_slip_apart, suggest

HERE = "."
KEYS = ("notes", "without", "output")
MEANT = {
    **dict.fromkeys(("exclude", "excludes", "hide", "hides", "omit", "remove", "skip", "drop"), "without"),
    **dict.fromkeys(
        ("class", "classes", "leaveout", "leftout", "solution", "solutions", "answers"), "without"
    ),
    **dict.fromkeys(("speakernotes", "presenternotes"), "notes"),
    **dict.fromkeys(("folder", "dir", "directory", "path", "target"), "output"),
}
"""What other words for the keys of a variant mean."""


class VariantBuild(Struct, frozen=True):
    """A build of all decks."""

    variant: str | None
    """None for the decks as they are."""
    output: Path | None
    """As on the command line."""


def read_variants(setting: Setting, reporter: Reporter) -> dict[str, Variant]:
    """The variants in `variants:`, by name. Mistakes are reported at their places."""
    variants: dict[str, Variant] = {}
    taken: dict[str, str] = {}
    for item in setting.parts:
        if item.value is not None and not isinstance(item.value, dict):
            message = f"the variant {item.key} expects names with values, not {item.written or 'a list'}"
            hint = "write options of it below, such as `notes: false`"
            reporter.report(Code.BAD_VALUE, message, item.value_span, hint=hint)
            continue
        variant = variants[item.key] = _variant(item, reporter)
        if variant.output:
            other = taken.setdefault(os.path.normpath(variant.output).casefold(), variant.name)
            if other != variant.name:
                message = f"the variants {other} and {variant.name} have the same folder"
                where = next(part.value_span for part in item.parts if part.key == "output")
                reporter.report(Code.BAD_VALUE, message, where, hint="give each its own `output:`")
    return variants


def _variant(item: Setting, reporter: Reporter) -> Variant:
    variant = Variant.standard(item.key)
    others = []
    for setting in item.parts:
        if setting.key == "notes":
            if isinstance(setting.value, bool):
                variant = replace(variant, notes=setting.value)
            else:
                _expects("notes", "true or false", setting, reporter)
        elif setting.key == "without":
            names = setting.value if isinstance(setting.value, list) else [setting.value]
            if all(isinstance(name, str) for name in names):
                variant = replace(variant, without=frozenset(name.lstrip(".") for name in names if name))
            else:
                _expects("without", "classes, as in [solution, instructor]", setting, reporter)
        elif setting.key == "output":
            if setting.written.strip():
                variant = replace(variant, output=setting.written.strip())
            else:
                _expects("output", "a folder", setting, reporter)
        elif meant := _meant(setting.key):
            message = (
                f"a variant has nothing called {setting.key}, so it would not do what this seems to mean"
            )
            reporter.report(Code.BAD_VALUE, message, setting.key_span, hint=suggest(meant))
        else:
            others.append(setting)
    configure(Config(), others, "deck", reporter)  # reports their mistakes
    return replace(variant, settings=tuple(others))


def _meant(key: str) -> str:
    """The key of a variant that another name probably means; empty for options, and names of variables."""
    folded = "".join(filter(str.isalnum, key)).casefold()
    if key in OPTIONS and "deck" in OPTIONS[key].where:
        return ""
    slips = (name for name in KEYS if folded == name or one_slip_apart(folded, name))
    return MEANT.get(folded) or next(slips, "") or next(iter(nearest(folded, KEYS, cutoff=0.8)), "")


def _expects(key: str, what: str, setting: Setting, reporter: Reporter) -> None:
    message = f"{key} of a variant expects {what}, not {setting.written or _kind(setting)}"
    reporter.report(Code.BAD_VALUE, message, setting.value_span)


def known_names(variants: Mapping[str, Variant]) -> frozenset[str]:
    """The names of all variants, including those that every project has."""
    return frozenset((*variants, *STANDARD))


def find_variant(variants: Mapping[str, Variant], name: str) -> Variant:
    """The variant of a name; raises DeckError if there is none."""
    if name in variants:
        return variants[name]
    if name in STANDARD:
        return Variant.standard(name)
    hint = near_variants(name, known_names(variants))
    raise DeckError(
        Diagnostic(Code.UNKNOWN_VARIANT, f"there is no variant {name}", path="--variant", hint=hint)
    )


def audience_variant(config: Config, variants: Mapping[str, Variant]) -> str | None:
    """The variant for the audience of a served project; None for the presenter's version without notes."""
    return config.audience or (STUDENT if STUDENT in variants else None)


def plan_versions(
    variants: Mapping[str, Variant], asked: Sequence[str], output: Path | None, default: Path
) -> list[VariantBuild]:
    """What a command builds: the requested variants, or else the decks as they are and the variants with a folder.

    `default` is the output folder if the command names none. Variants without a folder go to the output
    folder itself, or into folders of their names if several are requested. A single page is built in one
    version: the requested one, or else the one that would be in the output folder itself.
    Raises DeckError for an unknown name.
    """
    chosen = [find_variant(variants, name) for name in dict.fromkeys(asked)]
    placed = [variant for variant in variants.values() if variant.output]
    first = _first(variants)
    if _is_page(output):
        return [VariantBuild(variant.name, output) for variant in chosen] or [VariantBuild(first, output)]
    if chosen:
        apart = sum(not variant.output for variant in chosen) > 1
        return [
            VariantBuild(variant.name, _folder(variant, first, output, default, apart)) for variant in chosen
        ]
    plain = [VariantBuild(None, output)] if first is None else []
    return [
        *plain,
        *(VariantBuild(variant.name, _folder(variant, first, output, default)) for variant in placed),
    ]


def folders_of(variants: Mapping[str, Variant], output: Path | None, default: Path) -> dict[str, Path]:
    """The folder of each variant, and under the empty name the one that contains them all.

    Empty if the command names a page instead of a folder.
    """
    if _is_page(output):
        return {}
    first = _first(variants)
    folders = {
        name: _folder(find_variant(variants, name), first, output, default) or default
        for name in known_names(variants)
    }
    return {"": output or default, **folders}


def _first(variants: Mapping[str, Variant]) -> str | None:
    """The variant that has the output folder for itself."""
    return next(
        (item.name for item in variants.values() if item.output and Path(item.output) == Path(HERE)), None
    )


def _is_page(output: Path | None) -> bool:
    return output is not None and is_one_page(output)


def _folder(
    variant: Variant, first: str | None, output: Path | None, default: Path, apart: bool = False
) -> Path | None:
    """Where a variant goes, which never overwrites the one that has the output folder for itself."""
    own = variant.output or (HERE if first is None and not apart else variant.name)
    return output if Path(own) == Path(HERE) else (output or default) / own


def _kind(setting: Setting) -> str:
    return "nothing" if setting.value is None else type(setting.value).__name__
