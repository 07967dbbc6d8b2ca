"""A slide with many steps in `serve`: an edit takes work in proportion to its steps."""

from __future__ import annotations

from pathlib import Path

import pytest

from slidegen.project.project import load_project
from slidegen.serve.deck_builder import AUTHOR, ChangeCounters, DeckBuilder
from tests.calls import counted

KINDS = {
    "emphasis": "\nStep {n} has *words* here.\n",
    "items": "- item {n} with `code` here",
    "formulas": "\nThe $x_{{{n}}} + 1$ is.\n",
    "boxes": "\n.left[\nwords {n} and *more*\n]\n",
    "notes": "\nText {n}\n\n???\n\nNote {n} with *words*.\n",
}
EDITS = {
    "its first step": ("# Many", "# Very many"),
    "its last step": ("\n---\n# Other", " More.\n---\n# Other"),
    "another slide": ("other words", "changed words"),
}


def work(folder: Path, step: str, steps: int, edit: tuple[str, str]) -> int:
    """How many functions are called to show an edit of a deck that has a slide of so many steps."""
    # other text for each deck, so that nothing is known from the one before
    many = "".join(f"\n--\n{step.format(n=1000 * steps + n)}" for n in range(steps))
    text = f"# Many\n\n{many}\n---\n# Other\n\nother words\n"
    deck = folder / "deck.md"
    deck.write_text(text, "utf-8")
    project = load_project(folder, folder)
    builder = DeckBuilder(path=deck, output=folder / "deck.html", folder=folder)
    builder.build(lambda: project, {}, ChangeCounters())
    deck.write_text(text.replace(*edit), "utf-8")
    with counted() as calls:
        built = builder.build(lambda: project, {}, ChangeCounters())
    assert len(built.drafts[AUTHOR].shown.slides) == 2
    return calls.count


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS.keys())
@pytest.mark.parametrize("step", KINDS.values(), ids=KINDS.keys())
def test_work_of_an_edit_is_in_proportion_to_the_steps(
    tmp_path: Path, step: str, edit: tuple[str, str]
) -> None:
    work(tmp_path, step, 12, edit)  # modules are imported, templates compiled
    few, more, many = (work(tmp_path, step, steps, edit) for steps in (20, 40, 80))
    assert many - more < 2.4 * (more - few)
