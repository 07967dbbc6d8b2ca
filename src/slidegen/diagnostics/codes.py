"""Every mistake that slidegen reports: its code, severity and meaning."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum

from msgspec import Struct
from msgspec.structs import force_setattr


class Severity(Enum):
    """An error stops its deck; a warning does not, unless the build is strict."""

    ERROR = "error"
    WARNING = "warning"


class DiagnosticCode(Struct, frozen=True, eq=False):
    """One kind of mistake: its stable number, its severity, and its sentence in the docs.

    There is one object per kind, in all processes. An `Enum` would do the same, but takes longer to define than
    a small deck takes to parse.
    """

    number: str
    severity: Severity
    meaning: str
    name: str = ""
    """Its name in `Code`."""

    def __set_name__(self, owner: type, name: str) -> None:
        del owner
        force_setattr(self, "name", name)

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return _named, (self.name,)


class Code:
    """Every mistake that slidegen reports."""

    NO_SUCH_FILE = DiagnosticCode(
        "SG001", Severity.ERROR, "A file named on the command line or in a deck does not exist."
    )
    NOT_UTF8 = DiagnosticCode("SG002", Severity.ERROR, "A deck is not UTF-8 text.")
    BAD_YAML = DiagnosticCode("SG003", Severity.ERROR, "Front matter or slidegen.yml is not valid YAML.")
    BAD_VALUE = DiagnosticCode("SG004", Severity.ERROR, "An option has a value of the wrong type.")
    UNKNOWN_MACRO = DiagnosticCode("SG005", Severity.ERROR, "A deck calls a macro that does not exist.")
    MACRO_FAILED = DiagnosticCode(
        "SG006",
        Severity.ERROR,
        "A macro's template fails, or macros call each other too deeply.",
    )
    UNKNOWN_THEME = DiagnosticCode("SG007", Severity.ERROR, "The theme does not exist.")
    TEMPLATE_FAILED = DiagnosticCode(
        "SG008", Severity.ERROR, "One of your templates does not compile, or fails."
    )
    SAME_OUTPUT = DiagnosticCode("SG009", Severity.ERROR, "Two decks would be written to the same file.")
    CANNOT_WRITE = DiagnosticCode("SG010", Severity.ERROR, "An output file cannot be written.")
    CANNOT_READ = DiagnosticCode("SG011", Severity.ERROR, "A file exists but cannot be read.")
    OUTSIDE_TARGET = DiagnosticCode(
        "SG033",
        Severity.ERROR,
        "A file would be written outside the folder that a command writes to.",
    )
    UNUSABLE_NAME = DiagnosticCode(
        "SG182",
        Severity.WARNING,
        "A file has a name that is not allowed on some systems, or that another file has there.",
    )
    LEFT_TEMPLATES = DiagnosticCode(
        "SG183",
        Severity.WARNING,
        "Templates of a project that you do not work in are not imported.",
    )
    NOT_YOURS = DiagnosticCode(
        "SG184",
        Severity.WARNING,
        "A project that you do not work in has an option that would give its decks more rights; slidegen ignores it.",
    )
    NO_DECK_FILE = DiagnosticCode(
        "SG032",
        Severity.ERROR,
        "A file named on the command line is not a regular file, cannot be read, is too large, "
        "or is a link out of the project.",
    )
    SKIPPED = DiagnosticCode(
        "SG181",
        Severity.WARNING,
        "A file among the decks is not a regular file, cannot be read, is too large, "
        "or is a link out of the project; it is skipped.",
    )
    NO_DECK = DiagnosticCode("SG012", Severity.ERROR, "A file named on the command line contains no deck.")
    UNCLOSED_CLASS = DiagnosticCode("SG101", Severity.WARNING, "A content class `.class[` is never closed.")
    UNKNOWN_TEMPLATE = DiagnosticCode(
        "SG102",
        Severity.WARNING,
        "`template:` names a slide that does not exist or comes later.",
    )
    NAME_TWICE = DiagnosticCode(
        "SG103", Severity.WARNING, "Two slides have the same `name:`, and something refers to it."
    )
    MISSING_ASSET = DiagnosticCode(
        "SG104", Severity.WARNING, "An image, style sheet or other file does not exist."
    )
    PROSE_PROPERTY = DiagnosticCode(
        "SG105", Severity.WARNING, "Prose at the start of a slide looks like a property."
    )
    TRAILING_BLANK = DiagnosticCode(
        "SG106",
        Severity.WARNING,
        "A separator has spaces after it, so it separates nothing.",
    )
    STEP_IN_LAYOUT = DiagnosticCode("SG201", Severity.WARNING, "A layout has `--` inside a content class.")
    UNPAIRED_DIVISION = DiagnosticCode(
        "SG203",
        Severity.WARNING,
        "A line `:::` opens or closes a division that has no other end.",
    )
    MISSING_EXTRA = DiagnosticCode(
        "SG204",
        Severity.WARNING,
        "A deck uses something that needs a package which is not installed.",
    )
    UNKNOWN_ICON = DiagnosticCode("SG205", Severity.WARNING, "An icon with this name does not exist.")
    BAD_DIAGRAM = DiagnosticCode(
        "SG206", Severity.WARNING, "A diagram does not parse, names a file, or has something unknown in it."
    )
    LINE_BEYOND = DiagnosticCode(
        "SG202",
        Severity.WARNING,
        "A code block highlights a line that it does not have, or a range that is not valid.",
    )
    UNKNOWN_SLIDE = DiagnosticCode(
        "SG107", Severity.WARNING, "A link leads to a slide name that does not exist."
    )
    BAD_FORMULA = DiagnosticCode("SG108", Severity.WARNING, "A formula does not parse.")
    OPEN_FORMULA = DiagnosticCode(
        "SG190",
        Severity.WARNING,
        "A formula is never closed, contains an empty line or another block, or has spaces inside its dollars.",
    )
    UNKNOWN_PACKAGE = DiagnosticCode(
        "SG191",
        Severity.WARNING,
        "A formula needs a LaTeX package that slidegen does not have.",
    )
    UNKNOWN_LANGUAGE = DiagnosticCode("SG109", Severity.WARNING, "A code block names an unknown language.")
    UNKNOWN_OPTION = DiagnosticCode("SG110", Severity.WARNING, "A key looks like a misspelled option.")
    REPEATED_KEY = DiagnosticCode(
        "SG251",
        Severity.WARNING,
        "A key appears twice in front matter or slidegen.yml, so one of its values is lost.",
    )
    OUTSIDE_ROOT = DiagnosticCode(
        "SG111", Severity.WARNING, "A file is outside the project and is not allowed."
    )
    REMOTE_ASSET = DiagnosticCode("SG112", Severity.WARNING, "The deck loads something from the network.")
    TOO_LARGE = DiagnosticCode(
        "SG113", Severity.WARNING, "A file is larger than `embedLimit` and stays a link."
    )
    MISSING_LINK = DiagnosticCode(
        "SG114", Severity.WARNING, "A link leads to a local file that does not exist."
    )
    TOO_DEEP = DiagnosticCode("SG117", Severity.WARNING, "Content classes are nested too deeply.")
    UNKNOWN_STYLE = DiagnosticCode("SG115", Severity.WARNING, "The highlight style does not exist.")
    UNUSABLE_ASSET = DiagnosticCode(
        "SG118",
        Severity.WARNING,
        "A page cannot show this kind of file, or the file is text that is not UTF-8.",
    )
    BAD_PROPERTY = DiagnosticCode(
        "SG119",
        Severity.WARNING,
        "A property of a slide, or the `lang:` of a deck, has a value of the wrong kind.",
    )
    PLAN_TOO_LONG = DiagnosticCode(
        "SG120",
        Severity.WARNING,
        "The `time:` of the slides is more than the deck's `duration`.",
    )
    NOT_KNITTED = DiagnosticCode(
        "SG020", Severity.ERROR, "An R Markdown deck has R code that has not been run."
    )
    R_SETTING = DiagnosticCode("SG130", Severity.WARNING, "A setting is R code that has not been run.")
    MEANINGLESS_KEY = DiagnosticCode(
        "SG131",
        Severity.WARNING,
        "A setting is for R Markdown only, and slidegen ignores it.",
    )
    COMPUTED = DiagnosticCode(
        "SG140",
        Severity.WARNING,
        "A part of a page's script is only known when the page is opened, and is left out.",
    )
    PAGE_MACRO = DiagnosticCode(
        "SG141",
        Severity.WARNING,
        "A macro in a page's script does more than combine text.",
    )
    TWO_SOURCES = DiagnosticCode("SG142", Severity.WARNING, "A page has two decks; slidegen uses one.")
    SERVER_INCLUDE = DiagnosticCode(
        "SG143", Severity.WARNING, "A page has a part that only a web server fills in."
    )
    IMPORT_CIRCLE = DiagnosticCode(
        "SG144", Severity.WARNING, "Style sheets import each other in a circle or a long chain."
    )

    BAD_INCLUDE = DiagnosticCode(
        "SG061",
        Severity.ERROR,
        "An include is written incorrectly, or asks for something that its file does not have.",
    )
    INCLUDES_ITSELF = DiagnosticCode(
        "SG062", Severity.ERROR, "A file includes itself, or files include far too many."
    )
    INCLUDE_OUTSIDE = DiagnosticCode(
        "SG063", Severity.ERROR, "An included file lies outside the project root."
    )

    UNKNOWN_VARIANT = DiagnosticCode(
        "SG064",
        Severity.ERROR,
        "The variant does not exist.",
    )
    OPEN_MARK = DiagnosticCode(
        "SG065", Severity.ERROR, "The mark of something that a variant leaves out is never closed."
    )
    NO_MARK = DiagnosticCode(
        "SG069",
        Severity.ERROR,
        "In a variant, something looks like a mark of what to leave out, but is not.",
    )
    LEAK = DiagnosticCode(
        "SG070",
        Severity.ERROR,
        "A file that the build would write contains something that the variant leaves out.",
    )
    LIKELY_MARK = DiagnosticCode(
        "SG165",
        Severity.WARNING,
        "Something looks like a mark of what variants leave out, but is not.",
    )
    LOST_LINK = DiagnosticCode(
        "SG166", Severity.WARNING, "A variant leaves out what defines a link that it shows."
    )
    HIDDEN_TEXT = DiagnosticCode(
        "SG320",
        Severity.WARNING,
        "In a project with variants, HTML hides text, which the page contains all the same.",
    )
    SLIDE_OF_NO_VARIANT = DiagnosticCode(
        "SG161", Severity.WARNING, "A slide is for a variant that does not exist."
    )
    SLOW_PATTERN = DiagnosticCode(
        "SG185", Severity.WARNING, "The pattern of `highlightSpans` takes too long."
    )
    TOO_MUCH_TEXT = DiagnosticCode(
        "SG040",
        Severity.ERROR,
        "Templates, variables or includes repeat far more text than is written.",
    )
    NO_BROWSER = DiagnosticCode(
        "SG071", Severity.ERROR, "Exporting needs a browser, and slidegen finds none."
    )
    BROWSER_FAILED = DiagnosticCode(
        "SG072",
        Severity.ERROR,
        "The browser does not start, crashes, does not respond, or is too old.",
    )
    MISSING_PACKAGE = DiagnosticCode(
        "SG073", Severity.ERROR, "A format needs a Python package that is not installed."
    )
    NO_SUCH_SLIDES = DiagnosticCode(
        "SG074", Severity.ERROR, "`--slides` names slides that the deck does not have."
    )
    PREVIEW_WITHOUT_URL = DiagnosticCode(
        "SG250", Severity.WARNING, "`export:` has `preview`, but there is no `url:`."
    )
    MISSING_FONT = DiagnosticCode(
        "SG366", Severity.WARNING, "An export contains characters that no installed font has."
    )
    PLAIN_PDF = DiagnosticCode(
        "SG367",
        Severity.WARNING,
        "A PDF has no tags, because `pikepdf` is not installed.",
    )
    CANNOT_SERVE = DiagnosticCode(
        "SG030", Severity.ERROR, "The server cannot start, or cannot do what you asked."
    )
    AROUND_DECK = DiagnosticCode(
        "SG145", Severity.WARNING, "slidegen cannot import what a page shows around its deck."
    )
    SOURCE_CHANGED = DiagnosticCode(
        "SG146",
        Severity.WARNING,
        "A page's script changes the deck's text when the page is opened.",
    )
    NEEDS_SERVER = DiagnosticCode(
        "SG147", Severity.WARNING, "slidegen leaves out a part of a page that needs a server."
    )
    NOT_FETCHED = DiagnosticCode("SG132", Severity.WARNING, "A file from the network cannot be downloaded.")

    BAD_BIBLIOGRAPHY = DiagnosticCode("SG066", Severity.ERROR, "A CSL JSON file cannot be read.")
    BAD_CITATION_STYLE = DiagnosticCode(
        "SG067", Severity.ERROR, "A citation style does not exist or cannot be used."
    )
    BAD_LIST = DiagnosticCode(
        "SG068", Severity.ERROR, "`![:bibliography]` asks for works that are not cited."
    )
    UNKNOWN_WORK = DiagnosticCode(
        "SG162", Severity.WARNING, "A citation names a key that is not in the bibliography."
    )
    BAD_ENTRY = DiagnosticCode(
        "SG163", Severity.WARNING, "An entry of the bibliography cannot be read, or appears twice."
    )
    BAD_RECORD = DiagnosticCode("SG164", Severity.WARNING, "The citation style cannot show a cited work.")

    SESSION_TWICE = DiagnosticCode(
        "SG171", Severity.WARNING, "Two decks of a course have the same session number."
    )
    NO_DATE = DiagnosticCode(
        "SG172",
        Severity.WARNING,
        "The date of a session is not a valid date.",
    )
    LIQUID = DiagnosticCode(
        "SG133", Severity.WARNING, "A Jekyll site uses Liquid that slidegen does not support."
    )
    COURSE_GIVES_WAY = DiagnosticCode(
        "SG135", Severity.WARNING, "A deck's page takes the place of the course page."
    )
    SASS = DiagnosticCode("SG136", Severity.WARNING, "A Sass style sheet does not compile.")
    BRACE_IN_CSS = DiagnosticCode(
        "SG137",
        Severity.WARNING,
        "A brace in a style sheet has no other end, so rules after it do not apply.",
    )
    NO_LAYOUT = DiagnosticCode(
        "SG134", Severity.WARNING, "A Jekyll deck's layout does not exist, or shows no deck."
    )
    OWN_FAULT = DiagnosticCode(
        "SG031",
        Severity.ERROR,
        "slidegen itself failed. This is a bug; please report it.",
    )

    MISSPELLED_PROPERTY = DiagnosticCode(
        "SG195", Severity.WARNING, "A slide has a property whose name is misspelled."
    )
    OPTION_ON_SLIDE = DiagnosticCode(
        "SG196",
        Severity.WARNING,
        "An option of the deck, such as `title:`, is given on a slide, where it does nothing.",
    )

    LARGE_PAGE = DiagnosticCode(
        "SG150", Severity.WARNING, "A page is so large that browsers take a long time to open it."
    )
    FENCE_INFO = DiagnosticCode(
        "SG197",
        Severity.WARNING,
        "The line that opens a code block has more than the language, and slidegen ignores the rest.",
    )

    UNCLOSED_FENCE = DiagnosticCode("SG220", Severity.WARNING, "A code block is opened and never closed.")
    NOTES_MARK = DiagnosticCode(
        "SG221",
        Severity.WARNING,
        "`???` is not alone on its line or has a mark too few or many, so no notes begin.",
    )
    NOTES_IN_CLASS = DiagnosticCode(
        "SG222", Severity.WARNING, "`???` is inside a content class, so no notes begin."
    )
    LONG_SEPARATOR = DiagnosticCode(
        "SG223",
        Severity.WARNING,
        "A line of dashes is not a separator, though it seems to be meant as one.",
    )
    BOXED_SEPARATOR = DiagnosticCode(
        "SG224",
        Severity.WARNING,
        "`---` is inside a content class, so it does not separate slides.",
    )
    NO_TABLE = DiagnosticCode(
        "SG225", Severity.WARNING, "Rows look like a table, but a part of its syntax is missing."
    )
    EMPTY_HEADING = DiagnosticCode(
        "SG226", Severity.WARNING, "A heading has no text, or too many number signs."
    )
    SPACE_IN_LINK = DiagnosticCode(
        "SG227",
        Severity.WARNING,
        "A link has a space or a bracket in the wrong place, or its last bracket is missing.",
    )
    OPEN_FRONT_MATTER = DiagnosticCode(
        "SG228",
        Severity.WARNING,
        "Front matter ends in the wrong place, or does not end at all.",
    )
    LATE_FRONT_MATTER = DiagnosticCode(
        "SG229",
        Severity.WARNING,
        "Front matter is not at the top of the file, not between lines of three hyphens, or not YAML.",
    )
    OTHER_TOOL = DiagnosticCode(
        "SG230", Severity.WARNING, "A deck is written for another program, such as Marp or Quarto."
    )
    NO_SIZE = DiagnosticCode(
        "SG231",
        Severity.WARNING,
        "A macro is called without a size, without the size's unit, or with a size of zero.",
    )
    SPACE_IN_CLASS = DiagnosticCode(
        "SG232", Severity.WARNING, "A space comes between `.class` and its bracket."
    )
    UNKNOWN_CLASS = DiagnosticCode(
        "SG233",
        Severity.WARNING,
        "A class that no style sheet of the deck has is close to one that some style sheet has.",
    )
    THEME_TAKEN_AWAY = DiagnosticCode(
        "SG234",
        Severity.WARNING,
        "A deck uses a theme's classes, but its own style sheet switches the theme off.",
    )
    REHEARSAL_UNREADABLE = DiagnosticCode(
        "SG075",
        Severity.ERROR,
        "A file of rehearsals, `NAME.rehearsal.json`, cannot be read.",
    )
    NO_REHEARSAL = DiagnosticCode(
        "SG076", Severity.ERROR, "`slidegen rehearsal` names a deck that you have not rehearsed."
    )
    INK_UNREADABLE = DiagnosticCode(
        "SG360",
        Severity.WARNING,
        "A file of drawings, `NAME.ink.json`, cannot be read, or would become too large.",
    )

    TOO_MANY_STEPS = DiagnosticCode(
        "SG236",
        Severity.WARNING,
        "A slide has more steps within a block than can be shown one by one.",
    )
    PROPERTY_IN_FRONT_MATTER = DiagnosticCode(
        "SG237",
        Severity.WARNING,
        "A property of slides, such as `class:`, is in the front matter, where it does nothing.",
    )
    UNDEFINED_LINK = DiagnosticCode(
        "SG239",
        Severity.WARNING,
        "A link such as `[text][name]`, or a footnote, has a name that the deck does not define.",
    )
    UNKNOWN_CALLOUT = DiagnosticCode(
        "SG238", Severity.WARNING, "A callout such as `> [!NOTE]` has a name that slidegen does not know."
    )
    NO_SLIDES = DiagnosticCode("SG240", Severity.WARNING, "All slides of a deck are left out.")
    LATE_PROPERTY = DiagnosticCode(
        "SG241", Severity.WARNING, "A property is not at the start of its slide, so it is shown as text."
    )
    STRAY_BRACKET = DiagnosticCode(
        "SG242", Severity.WARNING, "A line has a `]` that closes no content class."
    )
    UNKNOWN_RULE = DiagnosticCode("SG235", Severity.WARNING, "A comment allows a rule that does not exist.")
    NO_ALT = DiagnosticCode("SG380", Severity.WARNING, "A picture has no alternative text.")
    LARGE_IMAGE = DiagnosticCode(
        "SG381", Severity.WARNING, "A picture is ten times larger than its size on the slide."
    )
    LINK_TEXT = DiagnosticCode(
        "SG382", Severity.WARNING, "The text of a link does not say where it leads, such as `here`."
    )
    HEADING_SKIP = DiagnosticCode("SG383", Severity.WARNING, "A slide's headings skip a level.")
    TABLE_HEAD = DiagnosticCode("SG384", Severity.WARNING, "A table has no header row.")
    NO_TITLE = DiagnosticCode("SG385", Severity.WARNING, "A slide has no heading.")
    MANY_WORDS = DiagnosticCode("SG386", Severity.WARNING, "A slide has too many words.")
    DEAD_LINK = DiagnosticCode("SG387", Severity.WARNING, "A link on the network is dead.")
    DUPLICATE_NAME = DiagnosticCode("SG388", Severity.WARNING, "Two slides have the same `name:`.")
    UNUSED_DEFINITION = DiagnosticCode("SG389", Severity.WARNING, "A definition of a link is not used.")
    UNUSED_FILE = DiagnosticCode("SG390", Severity.WARNING, "No deck shows a picture in the folder.")
    NO_CAPTIONS = DiagnosticCode("SG391", Severity.WARNING, "A film has no captions.")
    FRAME_TITLE = DiagnosticCode("SG392", Severity.WARNING, "An embedded page has no title.")
    BLANK_HEADING = DiagnosticCode(
        "SG393", Severity.WARNING, "A heading is empty, which screen readers announce."
    )
    OVERFLOW = DiagnosticCode(
        "SG394", Severity.WARNING, "Content goes beyond its slide, or under the footer."
    )
    SMALL_TEXT = DiagnosticCode("SG395", Severity.WARNING, "Text is too small for the last row.")
    LOW_CONTRAST = DiagnosticCode(
        "SG396", Severity.WARNING, "Text has too little contrast with its background."
    )
    ENLARGED_IMAGE = DiagnosticCode("SG397", Severity.WARNING, "A picture is enlarged beyond its own size.")
    EMPTY_SLIDE = DiagnosticCode("SG398", Severity.WARNING, "A slide shows nothing.")
    CONSOLE_ERROR = DiagnosticCode("SG399", Severity.WARNING, "A script of the page fails.")
    FAILED_REQUEST = DiagnosticCode("SG400", Severity.WARNING, "A request of the page fails.")
    ACCESSIBILITY = DiagnosticCode(
        "SG402", Severity.WARNING, "axe-core finds a problem for people who use screen readers."
    )
    NO_LABEL = DiagnosticCode(
        "SG401", Severity.WARNING, "A control or a picture has no name for screen readers."
    )


def all_codes() -> Iterator[DiagnosticCode]:
    """The kinds of mistakes, in the order of their definition."""
    return (value for value in vars(Code).values() if isinstance(value, DiagnosticCode))


def _named(name: str) -> DiagnosticCode:
    code: DiagnosticCode = getattr(Code, name)
    return code


RETIRED = {"SG116": "code between backticks ends in its paragraph now"}
"""Numbers that are no longer used and must not be used again, and why."""
