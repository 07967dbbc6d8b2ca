"""Every mistake that slidegen reports: its code, severity and meaning."""

from __future__ import annotations

from enum import Enum


class Severity(Enum):
    """An error stops its deck; a warning does not, unless the build is strict."""

    ERROR = "error"
    WARNING = "warning"


class Code(Enum):
    """Every mistake that slidegen reports: its stable code, its severity, and its sentence in the docs."""

    NO_SUCH_FILE = ("SG001", Severity.ERROR, "A file named on the command line or in a deck does not exist.")
    NOT_UTF8 = ("SG002", Severity.ERROR, "A deck is not UTF-8 text.")
    BAD_YAML = ("SG003", Severity.ERROR, "Front matter or slidegen.yml is not valid YAML.")
    BAD_VALUE = ("SG004", Severity.ERROR, "An option has a value of the wrong type.")
    UNKNOWN_MACRO = ("SG005", Severity.ERROR, "A deck calls a macro that does not exist.")
    MACRO_FAILED = (
        "SG006",
        Severity.ERROR,
        "A macro's template fails, or macros call each other too deeply.",
    )
    UNKNOWN_THEME = ("SG007", Severity.ERROR, "The theme does not exist.")
    TEMPLATE_FAILED = ("SG008", Severity.ERROR, "One of your templates does not compile, or fails.")
    SAME_OUTPUT = ("SG009", Severity.ERROR, "Two decks would be written to the same file.")
    CANNOT_WRITE = ("SG010", Severity.ERROR, "An output file cannot be written.")
    CANNOT_READ = ("SG011", Severity.ERROR, "A file exists but cannot be read.")
    OUTSIDE_TARGET = (
        "SG033",
        Severity.ERROR,
        "A file would be written outside the folder that a command writes to.",
    )
    UNUSABLE_NAME = (
        "SG182",
        Severity.WARNING,
        "An imported file has a name that is not allowed, or that another file has on some systems.",
    )
    LEFT_TEMPLATES = (
        "SG183",
        Severity.WARNING,
        "Templates of a project that you do not work in are not imported.",
    )
    NOT_YOURS = (
        "SG184",
        Severity.WARNING,
        "A project that you do not work in has an option that would give its decks more rights; slidegen ignores it.",
    )
    NO_DECK_FILE = (
        "SG032",
        Severity.ERROR,
        "A file named on the command line is not a regular file, cannot be read, is too large, "
        "or is a link out of the project.",
    )
    SKIPPED = (
        "SG181",
        Severity.WARNING,
        "A file among the decks is not a regular file, cannot be read, is too large, "
        "or is a link out of the project; it is skipped.",
    )
    NO_DECK = ("SG012", Severity.ERROR, "A file named on the command line contains no deck.")
    UNCLOSED_CLASS = ("SG101", Severity.WARNING, "A content class `.class[` is never closed.")
    UNKNOWN_TEMPLATE = (
        "SG102",
        Severity.WARNING,
        "`template:` names a slide that does not exist or comes later.",
    )
    NAME_TWICE = ("SG103", Severity.WARNING, "Two slides have the same `name:`, and something refers to it.")
    MISSING_ASSET = ("SG104", Severity.WARNING, "An image, style sheet or other file does not exist.")
    PROSE_PROPERTY = ("SG105", Severity.WARNING, "Prose at the start of a slide looks like a property.")
    TRAILING_BLANK = (
        "SG106",
        Severity.WARNING,
        "A separator has spaces after it, so it separates nothing.",
    )
    STEP_IN_LAYOUT = ("SG201", Severity.WARNING, "A layout has `--` inside a content class.")
    UNPAIRED_DIVISION = (
        "SG203",
        Severity.WARNING,
        "A line `:::` opens or closes a division that has no other end.",
    )
    MISSING_EXTRA = (
        "SG204",
        Severity.WARNING,
        "A deck uses something that needs a package which is not installed.",
    )
    UNKNOWN_ICON = ("SG205", Severity.WARNING, "An icon with this name does not exist.")
    BAD_DIAGRAM = ("SG206", Severity.WARNING, "A diagram does not parse.")
    LINE_BEYOND = ("SG202", Severity.WARNING, "A code block highlights a line that it does not have.")
    UNKNOWN_SLIDE = ("SG107", Severity.WARNING, "A link leads to a slide name that does not exist.")
    BAD_FORMULA = ("SG108", Severity.WARNING, "A formula does not parse.")
    OPEN_FORMULA = (
        "SG190",
        Severity.WARNING,
        "A formula is never closed, or contains an empty line or another block.",
    )
    UNKNOWN_PACKAGE = (
        "SG191",
        Severity.WARNING,
        "A formula needs a LaTeX package that slidegen does not have.",
    )
    UNKNOWN_LANGUAGE = ("SG109", Severity.WARNING, "A code block names an unknown language.")
    UNKNOWN_OPTION = ("SG110", Severity.WARNING, "A key looks like a misspelled option.")
    OUTSIDE_ROOT = ("SG111", Severity.WARNING, "A file is outside the project and is not allowed.")
    REMOTE_ASSET = ("SG112", Severity.WARNING, "The deck loads something from the network.")
    TOO_LARGE = ("SG113", Severity.WARNING, "A file is larger than `embedLimit` and stays a link.")
    MISSING_LINK = ("SG114", Severity.WARNING, "A link leads to a local file that does not exist.")
    TOO_DEEP = ("SG117", Severity.WARNING, "Content classes are nested too deeply.")
    UNKNOWN_STYLE = ("SG115", Severity.WARNING, "The highlight style does not exist.")
    UNUSABLE_ASSET = (
        "SG118",
        Severity.WARNING,
        "A page cannot show this kind of file, or the file is text that is not UTF-8.",
    )
    BAD_PROPERTY = ("SG119", Severity.WARNING, "A property of a slide has a value of the wrong kind.")
    PLAN_TOO_LONG = (
        "SG120",
        Severity.WARNING,
        "The `time:` of the slides is more than the deck's `duration`.",
    )
    NOT_KNITTED = ("SG020", Severity.ERROR, "An R Markdown deck has R code that has not been run.")
    R_SETTING = ("SG130", Severity.WARNING, "A setting is R code that has not been run.")
    MEANINGLESS_KEY = (
        "SG131",
        Severity.WARNING,
        "A setting is for R Markdown only, and slidegen ignores it.",
    )
    COMPUTED = (
        "SG140",
        Severity.WARNING,
        "A part of a page's script is only known when the page is opened, and is left out.",
    )
    PAGE_MACRO = (
        "SG141",
        Severity.WARNING,
        "A macro in a page's script does more than combine text.",
    )
    TWO_SOURCES = ("SG142", Severity.WARNING, "A page has two decks; slidegen uses one.")
    SERVER_INCLUDE = ("SG143", Severity.WARNING, "A page has a part that only a web server fills in.")
    IMPORT_CIRCLE = ("SG144", Severity.WARNING, "Style sheets import each other in a circle.")

    BAD_INCLUDE = (
        "SG061",
        Severity.ERROR,
        "An include is written incorrectly, or asks for something that its file does not have.",
    )
    INCLUDES_ITSELF = ("SG062", Severity.ERROR, "A file includes itself, or files include far too many.")
    INCLUDE_OUTSIDE = ("SG063", Severity.ERROR, "An included file lies outside the project root.")

    UNKNOWN_VARIANT = (
        "SG064",
        Severity.ERROR,
        "The variant does not exist.",
    )
    OPEN_MARK = ("SG065", Severity.ERROR, "The mark of something that a variant leaves out is never closed.")
    NO_MARK = (
        "SG069",
        Severity.ERROR,
        "In a variant, something looks like a mark of what to leave out, but is not.",
    )
    LEAK = (
        "SG070",
        Severity.ERROR,
        "A file that the build would write contains something that the variant leaves out.",
    )
    LIKELY_MARK = (
        "SG165",
        Severity.WARNING,
        "Something looks like a mark of what variants leave out, but is not.",
    )
    LOST_LINK = ("SG166", Severity.WARNING, "A variant leaves out what defines a link that it shows.")
    SLIDE_OF_NO_VARIANT = ("SG161", Severity.WARNING, "A slide is for a variant that does not exist.")
    SLOW_PATTERN = ("SG185", Severity.WARNING, "The pattern of `highlightSpans` takes too long.")
    TOO_MUCH_TEXT = (
        "SG040",
        Severity.ERROR,
        "Templates, variables or includes repeat far more text than is written.",
    )
    NO_BROWSER = ("SG071", Severity.ERROR, "Exporting needs a browser, and slidegen finds none.")
    BROWSER_FAILED = (
        "SG072",
        Severity.ERROR,
        "The browser does not start, crashes, does not respond, or is too old.",
    )
    MISSING_PACKAGE = ("SG073", Severity.ERROR, "A format needs a Python package that is not installed.")
    NO_SUCH_SLIDES = ("SG074", Severity.ERROR, "`--slides` names slides that the deck does not have.")
    MISSING_FONT = ("SG366", Severity.WARNING, "An export contains characters that no installed font has.")
    PLAIN_PDF = (
        "SG367",
        Severity.WARNING,
        "A PDF has no tags, because `pikepdf` is not installed.",
    )
    CANNOT_SERVE = ("SG030", Severity.ERROR, "The server cannot start, or cannot do what you asked.")
    AROUND_DECK = ("SG145", Severity.WARNING, "slidegen cannot import what a page shows around its deck.")
    SOURCE_CHANGED = (
        "SG146",
        Severity.WARNING,
        "A page's script changes the deck's text when the page is opened.",
    )
    NEEDS_SERVER = ("SG147", Severity.WARNING, "slidegen leaves out a part of a page that needs a server.")
    NOT_FETCHED = ("SG132", Severity.WARNING, "A file from the network cannot be downloaded.")

    BAD_BIBLIOGRAPHY = ("SG066", Severity.ERROR, "A CSL JSON file cannot be read.")
    BAD_CITATION_STYLE = ("SG067", Severity.ERROR, "A citation style does not exist or cannot be used.")
    BAD_LIST = ("SG068", Severity.ERROR, "`![:bibliography]` asks for works that are not cited.")
    UNKNOWN_WORK = ("SG162", Severity.WARNING, "A citation names a key that is not in the bibliography.")
    BAD_ENTRY = ("SG163", Severity.WARNING, "An entry of the bibliography cannot be read, or appears twice.")
    BAD_RECORD = ("SG164", Severity.WARNING, "The citation style cannot show a cited work.")

    SESSION_TWICE = ("SG171", Severity.WARNING, "Two decks of a course have the same session number.")
    NO_DATE = (
        "SG172",
        Severity.WARNING,
        "The date of a session is not a valid date.",
    )
    LIQUID = ("SG133", Severity.WARNING, "A Jekyll site uses Liquid that slidegen does not support.")
    COURSE_GIVES_WAY = ("SG135", Severity.WARNING, "A deck's page takes the place of the course page.")
    SASS = ("SG136", Severity.WARNING, "A Sass style sheet does not compile.")
    NO_LAYOUT = ("SG134", Severity.WARNING, "A Jekyll deck's layout does not exist, or shows no deck.")
    OWN_FAULT = (
        "SG031",
        Severity.ERROR,
        "slidegen itself failed. This is a bug; please report it.",
    )

    MISSPELLED_PROPERTY = ("SG195", Severity.WARNING, "A slide has a property whose name is misspelled.")
    OPTION_ON_SLIDE = (
        "SG196",
        Severity.WARNING,
        "An option of the deck, such as `title:`, is given on a slide, where it does nothing.",
    )

    LARGE_PAGE = ("SG150", Severity.WARNING, "A page is so large that browsers take a long time to open it.")
    FENCE_INFO = (
        "SG197",
        Severity.WARNING,
        "The line that opens a code block has more than the language, and slidegen ignores the rest.",
    )

    UNCLOSED_FENCE = ("SG220", Severity.WARNING, "A code block is opened and never closed.")
    NOTES_MARK = ("SG221", Severity.WARNING, "`???` is not alone on its line, so no notes begin.")
    NOTES_IN_CLASS = ("SG222", Severity.WARNING, "`???` is inside a content class, so no notes begin.")
    LONG_SEPARATOR = (
        "SG223",
        Severity.WARNING,
        "A line of dashes is not a separator, though it seems to be meant as one.",
    )
    BOXED_SEPARATOR = (
        "SG224",
        Severity.WARNING,
        "`---` is inside a content class, so it does not separate slides.",
    )
    NO_TABLE = ("SG225", Severity.WARNING, "Rows of a table lack what makes them a table.")
    EMPTY_HEADING = ("SG226", Severity.WARNING, "A heading has no text, or too many number signs.")
    SPACE_IN_LINK = (
        "SG227",
        Severity.WARNING,
        "A link has a space or brackets in the wrong place, or lacks the last one.",
    )
    OPEN_FRONT_MATTER = (
        "SG228",
        Severity.WARNING,
        "Front matter ends in the wrong place, or does not end at all.",
    )
    LATE_FRONT_MATTER = (
        "SG229",
        Severity.WARNING,
        "Front matter is not at the top of the file, not between lines of three hyphens, or not YAML.",
    )
    OTHER_TOOL = ("SG230", Severity.WARNING, "A deck is written for another program, such as Marp or Quarto.")
    NO_SIZE = (
        "SG231",
        Severity.WARNING,
        "A macro is called without a size, without the size's unit, or with a size of zero.",
    )
    SPACE_IN_CLASS = ("SG232", Severity.WARNING, "A space comes between `.class` and its bracket.")
    UNKNOWN_CLASS = (
        "SG233",
        Severity.WARNING,
        "A class that no style sheet of the deck has is close to one that some style sheet has.",
    )
    THEME_TAKEN_AWAY = (
        "SG234",
        Severity.WARNING,
        "A deck uses a theme's classes, but its own style sheet switches the theme off.",
    )
    REHEARSAL_UNREADABLE = (
        "SG075",
        Severity.ERROR,
        "A file of rehearsals, `NAME.rehearsal.json`, cannot be read.",
    )
    NO_REHEARSAL = ("SG076", Severity.ERROR, "`slidegen rehearsal` names a deck that you have not rehearsed.")
    INK_UNREADABLE = ("SG360", Severity.WARNING, "A file of drawings, `NAME.ink.json`, cannot be read.")

    TOO_MANY_STEPS = (
        "SG236",
        Severity.WARNING,
        "A slide has more steps within a block than can be shown one by one.",
    )
    UNKNOWN_RULE = ("SG235", Severity.WARNING, "A comment allows a rule that does not exist.")
    NO_ALT = ("SG380", Severity.WARNING, "A picture has no alternative text.")
    LARGE_IMAGE = ("SG381", Severity.WARNING, "A picture is ten times larger than its size on the slide.")
    LINK_TEXT = ("SG382", Severity.WARNING, "The text of a link does not say where it leads, such as `here`.")
    HEADING_SKIP = ("SG383", Severity.WARNING, "A slide's headings skip a level.")
    TABLE_HEAD = ("SG384", Severity.WARNING, "A table has no header row.")
    NO_TITLE = ("SG385", Severity.WARNING, "A slide has no heading.")
    MANY_WORDS = ("SG386", Severity.WARNING, "A slide has too many words.")
    DEAD_LINK = ("SG387", Severity.WARNING, "A link on the network is dead.")
    DUPLICATE_NAME = ("SG388", Severity.WARNING, "Two slides have the same `name:`.")
    UNUSED_DEFINITION = ("SG389", Severity.WARNING, "A definition of a link is not used.")
    UNUSED_FILE = ("SG390", Severity.WARNING, "No deck shows a picture in the folder.")
    NO_CAPTIONS = ("SG391", Severity.WARNING, "A film has no captions.")
    FRAME_TITLE = ("SG392", Severity.WARNING, "An embedded page has no title.")
    BLANK_HEADING = ("SG393", Severity.WARNING, "A heading is empty, which screen readers announce.")
    OVERFLOW = ("SG394", Severity.WARNING, "Content goes beyond its slide, or under the footer.")
    SMALL_TEXT = ("SG395", Severity.WARNING, "Text is too small for the last row.")
    LOW_CONTRAST = ("SG396", Severity.WARNING, "Text has too little contrast with its background.")
    ENLARGED_IMAGE = ("SG397", Severity.WARNING, "A picture is shown larger than it is.")
    EMPTY_SLIDE = ("SG398", Severity.WARNING, "A slide shows nothing.")
    CONSOLE_ERROR = ("SG399", Severity.WARNING, "A script of the page fails.")
    FAILED_REQUEST = ("SG400", Severity.WARNING, "A request of the page fails.")
    ACCESSIBILITY = ("SG402", Severity.WARNING, "axe-core finds a problem for people who use screen readers.")
    NO_LABEL = ("SG401", Severity.WARNING, "A control or a picture has no name for screen readers.")

    def __init__(self, number: str, severity: Severity, meaning: str) -> None:
        self.number = number
        self.severity = severity
        self.meaning = meaning


RETIRED = {"SG116": "code between backticks ends in its paragraph now"}
"""Numbers that are no longer used and must not be used again, and why."""
