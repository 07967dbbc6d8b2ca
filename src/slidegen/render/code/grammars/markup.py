"""Grammars for HTML, XML, CSS, Markdown, TeX and makefiles."""

from __future__ import annotations

from slidegen.render.code.grammars.common import BLOCK, DOUBLE, ESCAPE, HASH, SINGLE, SLASHES, comment
from slidegen.render.code.scan import Grammar, Rule, words


def xml() -> Grammar:
    """XML and HTML, with the styles and scripts in it."""
    attributes = (
        Rule("", r"(=\s*)(\"[^\"]*\"|'[^']*'|[^\s\"'=<>`]+)", groups=("", "string")),
        Rule("attr", r"[A-Za-z0-9._:-]+"),
    )

    def opening(name: str, language: str) -> Rule:
        known = words(any_case=True, name=name)
        begin = rf"<{name}(?=\s|>|$)"
        return Rule("tag", begin, ">", attributes, known, then=(language, f"</{name}>"))

    return Grammar(
        (
            Rule("meta", "<!DOCTYPE", ">", (Rule("", r"\[", r"\]"),)),
            comment("<!--", "-->"),
            Rule("", r"<!\[CDATA\[", r"\]\]>"),
            Rule("meta", r"<\?(?!php)\w+", r"\?>"),
            Rule("", r"<\?(?:php)?", r"\?>", language="php"),
            opening("style", "css"),
            opening("script", "javascript"),
            Rule("tag", r"</?", r"/?>", (Rule("name", r"(?<=[</])[^/><\s]+"), *attributes)),
        ),
        any_case=True,
    )


def css() -> Grammar:
    """CSS and its descendants."""
    units = "%|em|ex|ch|rem|vw|vh|vmin|vmax|cm|mm|in|pt|pc|px|deg|grad|rad|turn|s|ms|Hz|kHz|dpi|dpcm|dppx"
    number = Rule("number", rf"\b\d+(?:\.\d+)?(?:{units})?")
    value = (
        Rule("built_in", r"[\w-]+(?=\()"),
        Rule("", r"\(", r"\)", (SINGLE, DOUBLE)),
        number,
        DOUBLE,
        SINGLE,
        BLOCK,
        Rule("number", "#[0-9A-Fa-f]+"),
        Rule("meta", "!important"),
    )
    declarations = (
        BLOCK,
        Rule(
            "",
            r"(?<=[\s{;])(?=[a-z_.\-]+\s*:)",
            r"[;}]|(?=\})",
            (Rule("attribute", r"(?<=[\s{;])[a-z_.\-]+(?=\s*:)"), *value),
        ),
    )
    return Grammar(
        (
            BLOCK,
            Rule("selector-id", r"#[A-Za-z0-9_-]+"),
            Rule("selector-class", r"\.[A-Za-z0-9_-]+"),
            Rule("selector-attr", r"\[", r"\]"),
            Rule("selector-pseudo", r"::?[a-zA-Z0-9_\-+()\"'.]+"),
            Rule("", "@(?:font-face|page)", words=words("[a-z-]+", keyword="font-face page")),
            Rule("", "@", "[{;]", (Rule("keyword", r"(?<=@)\w+"), SINGLE, DOUBLE, number)),
            Rule("selector-tag", r"[a-zA-Z-][a-zA-Z0-9_-]*"),
            Rule("", r"\{", r"\}", declarations),
        ),
        any_case=True,
    )


def scss() -> Grammar:
    """Languages that extend CSS with variables and line comments."""
    variable = Rule("variable", r"\$[\w-]+|@[\w-]+(?=\s*:)")
    number = Rule("number", r"#[0-9a-f]{3,8}\b(?=\s*[;,)])")
    return Grammar((SLASHES, variable, number, *css().rules), any_case=True)


def markdown() -> Grammar:
    """Markdown."""
    return Grammar(
        (
            Rule("section", "^#{1,6}", "$"),
            Rule("section", r"^.+?\n[=-]{2,}$"),
            Rule("", "<", ">", language="xml", extent=_tag_end),
            Rule("bullet", r"^(?:[*+-]|\d+\.)\s+"),
            Rule("strong", r"[*_]{2}.+?[*_]{2}"),
            Rule("emphasis", r"\*.+?\*|_.+?_"),
            Rule("quote", r"^>\s+", "$"),
            Rule("code", "```", "^```s*$"),
            Rule("code", "`.+?`"),
            Rule("code", r"^(?: {4}|\t)", "$"),
            Rule("", r"^[-*]{3,}", "$"),
            Rule("", r"(\[)([^\[\]\n]+)(\]\()([^)\n]*)(\))", groups=("", "string", "", "link", "")),
            Rule("", r"(\[)([^\[\]\n]+)(\]\[)([^\]\n]*)(\])", groups=("", "string", "", "symbol", "")),
            Rule("", r"^(\[)([^\]\n]+)(\]:\s*)([^\n]*)", groups=("", "symbol", "", "link")),
        )
    )


def _tag_end(text: str, at: int) -> int:
    end = text.find(">", at)
    return end + 1 if end >= 0 else len(text)


def tex() -> Grammar:
    """TeX and LaTeX: commands with their arguments."""
    command = Rule(
        "",
        r"(\\)([a-zA-Z\u0410-\u044f]+[*]?|[^a-zA-Z\u0410-\u044f0-9])((?:\[[^\]]*\]|\{[^}]*\})*)",
        groups=("tag", "tag>name", "tag>string"),
    )
    return Grammar(
        (
            command,
            Rule("formula", r"\$\$", r"\$\$", (command,)),
            Rule("formula", r"\$", r"\$", (command,)),
            comment("%", "$"),
        )
    )


def makefile() -> Grammar:
    """Makefiles."""
    variable = Rule("variable", r"\$\(", r"\)", (ESCAPE,))
    return Grammar(
        (
            HASH,
            Rule("", r"^\w+\s*\W*?=", "$", (variable,)),
            Rule("section", r"^\w+:\s*$"),
            Rule("meta", r"^\.PHONY:", "$", words=words(r"[.\w]+", meta_keyword=".PHONY")),
            Rule("", r"^\t+", "$", (DOUBLE, variable)),
        )
    )
