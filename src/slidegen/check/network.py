"""Asks the network whether links are dead, if the user wants that."""

from __future__ import annotations

from collections.abc import Sequence

from slidegen.check.deck_rules import addresses
from slidegen.check.found import CheckedDeck
from slidegen.diagnostics import Code
from slidegen.files.http_fetch import FetchError, FetchLimits, fetch
from slidegen.files.waiting import WaitingThreads

AT_ONCE = 8
MOST_BYTES = 2_000_000
REFUSALS = ("401", "403", "405", "406", "429", "999", "503")
"""Statuses of servers that exist but turn programs away."""


def dead_links(decks: Sequence[CheckedDeck]) -> None:
    """Report dead links of decks; each address is requested once."""
    found = [(deck, address, slide) for deck in decks for address, slide in addresses(deck)]
    asked = list(dict.fromkeys(address for _, address, _ in found))
    if not asked:
        return
    hosts = decks[0].compiled.deck.config.assets.hosts
    timeout = decks[0].compiled.deck.config.assets.timeout
    with WaitingThreads(AT_ONCE) as threads:
        waiting = [(url, threads.submit(_problem, url, timeout, hosts)) for url in asked]
        answers = {url: future.result() for url, future in waiting}
    for deck, address, slide in found:
        why = answers[address]
        if why:
            deck.report(
                Code.DEAD_LINK,
                f"{address} {why}",
                deck.locate(slide, address),
                "open it in a browser, and correct or remove it",
            )


def _problem(url: str, timeout: float, hosts: Sequence[str]) -> str:
    """Why an address is dead; empty if it is not, or if that cannot be determined."""
    try:
        fetch(url, FetchLimits(MOST_BYTES, timeout, hosts))
    except FetchError as error:
        why = str(error)
        alive = error.host or "larger than" in why or "compressed in a way" in why
        return "" if alive or any(f"answers {code}" in why for code in REFUSALS) else why
    return ""
