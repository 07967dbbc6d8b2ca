"""What diagnostics are about: the topic of each code, and the numbers for new codes of each topic."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum


class Topic(Enum):
    """A kind of mistake. The docs list codes by topic, and a file in docs/examples/ shows each."""

    TEXT = (
        "Slides and text",
        range(200, 250),
        "101 102 103 105 106 107 109 115 117 119 120 185 195 196 197 040",
    )
    OPTIONS = ("Options", range(250, 260), "003 004 110 184")
    FILES = ("Files and folders", range(260, 270), "001 002 009 010 011 012 032 033 181")
    ASSETS = ("Pictures, links and other files of a deck", range(270, 280), "104 111 112 113 114 118 132 150")
    MATH = ("Formulas", range(280, 290), "108 190 191")
    MACROS = ("Macros and included files", range(290, 300), "005 006 061 062 063")
    CITATIONS = ("Citations", range(300, 310), "066 067 068 162 163 164")
    LOOKS = ("Themes, templates and style sheets", range(310, 320), "007 008 136 137 144")
    VARIANTS = ("Variants", range(320, 330), "064 065 069 070 161 165 166")
    COURSE = ("Courses", range(330, 340), "135 171 172")
    PAGES = ("HTML pages around decks", range(340, 350), "140 141 142 143 145 146 147 182 183")
    FORMATS = ("R Markdown and Jekyll", range(350, 360), "020 130 131 133 134")
    COMMANDS = ("Serving, exporting, and slidegen itself", range(360, 370), "030 031 071 072 073 074 075 076")

    CHECK = ("What `slidegen check` looks for", range(380, 420), "")

    def __init__(self, title: str, numbers: Iterable[int], older: str) -> None:
        self.title = title
        self.numbers = numbers
        """For new codes."""
        self.older = frozenset(map(int, older.split()))
        """Codes from before topics had numbers of their own."""


def topic_of(number: str) -> Topic:
    """The topic of a code such as `SG101`; raises LookupError for a new one outside all ranges."""
    digits = int(number.removeprefix("SG"))
    for topic in Topic:
        if digits in topic.older or digits in topic.numbers:
            return topic
    raise LookupError(f"{number} is in the range of no topic in {__name__}")
