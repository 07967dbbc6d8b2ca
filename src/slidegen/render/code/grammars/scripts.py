"""Grammars for R, Python, the shell, Dockerfiles and Lisp."""

from __future__ import annotations

from slidegen.render.code.grammars.common import DOUBLE, ESCAPE, HASH, NUMBER, SINGLE, TITLE, comment, keyed
from slidegen.render.code.scan import Grammar, Rule, words

R_NAME = r"(?:[a-zA-Z]|\.[a-zA-Z.])[a-zA-Z0-9._]*"
R_WORDS = words(
    R_NAME,
    keyword="function if in break next repeat else for return switch while try tryCatch stop warning require "
    "library attach detach source setMethod setGeneric setGroupGeneric setClass ...",
    literal="NULL NA TRUE FALSE T F Inf NaN NA_integer_ NA_real_ NA_character_ NA_complex_",
)


def r() -> Grammar:
    """R. Calls are plain, except those of functions that act like keywords."""
    exponent = r"(?:[eE][+\-]?\d*)?"
    return Grammar(
        (
            HASH,
            Rule("", R_NAME, words=R_WORDS),
            Rule("number", r"0[xX][0-9a-fA-F]+[Li]?\b"),
            Rule("number", rf"\d+{exponent}L\b"),
            Rule("number", r"\d+\.(?!\d)(?:i\b)?"),
            Rule("number", rf"\d+(?:\.\d*)?{exponent}i?\b"),
            Rule("number", rf"\.\d+{exponent}i?\b"),
            Rule("", "`", "`"),
            DOUBLE,
            SINGLE,
        )
    )


def python() -> Grammar:
    """Python as of 3.6; later syntax is plain."""
    prompt = Rule("meta", r"^(?:>>>|\.\.\.) ")
    strings = (
        Rule("string", "(?:u|b)?r?'''", "'''", (ESCAPE, prompt)),
        Rule("string", '(?:u|b)?r?"""', '"""', (ESCAPE, prompt)),
        Rule("string", "(?:ur?|r|br?)?'", "'", (ESCAPE,)),
        Rule("string", '(?:ur?|r|br?)?"', '"', (ESCAPE,)),
    )
    number = Rule("number", rf"(?:\b0b[01]+|\b0o[0-7]+|{NUMBER})[lLjJ]?")
    parameters = Rule("params", r"\(", r"\)", (prompt, number, *strings), itself=True)
    none = Rule("", r"->", r"(?=:)", words=words(keyword="None"))
    return Grammar(
        (
            prompt,
            number,
            *strings,
            HASH,
            Rule("function", keyed("def"), ":", (TITLE, parameters, none), words(keyword="def")),
            Rule("class", keyed("class"), ":", (TITLE, parameters, none), words(keyword="class")),
            Rule("meta", r"^[\t ]*@", "$"),
            Rule("", r"\b(?:print|exec)\("),
        ),
        words(
            keyword="and elif is global as in if from raise for except finally print import pass return exec "
            "else break not with class assert yield try while continue del or def lambda async await nonlocal "
            "None True False",
            built_in="Ellipsis NotImplemented",
        ),
    )


SHELL_WORDS = words(
    r"-?[a-z._]+",
    keyword="if then else elif fi for while in do done case esac function",
    literal="true false",
    built_in="break cd continue eval exec exit export getopts hash pwd readonly return shift test times trap umask "
    "unset alias bind builtin caller command declare echo enable help let local logout mapfile printf read "
    "readarray source type typeset ulimit unalias set shopt autoload bg bindkey bye cap chdir clone "
    "comparguments compcall compctl compdescribe compfiles compgroups compquote comptags comptry compvalues dirs "
    "disable disown echotc echoti emulate fc fg float functions getcap getln history integer jobs kill limit log "
    "noglob popd print pushd pushln rehash sched setcap setopt stat suspend ttyctl unfunction unhash unlimit "
    "unsetopt vared wait whence where which zcompile zformat zftp zle zmodload zparseopts zprof zpty "
    "zregexparse zsocket zstyle ztcp",
)


def bash() -> Grammar:
    """The Bourne shell and its descendants."""
    variable = (Rule("variable", r"\$[\w#@]\w*"), Rule("variable", r"\$\{[^}\n]*\}"))
    called = Rule("variable", r"\$\(", r"\)", (ESCAPE,))
    return Grammar(
        (
            Rule("meta", r"^#![^\n]+sh\s*$"),
            Rule("function>title", r"(?<!\w)\w+(?=\s*\(\s*\)\s*\{)"),
            HASH,
            Rule("string", '"', '"', (ESCAPE, *variable, called)),
            Rule("string", "'", "'"),
            *variable,
        ),
        SHELL_WORDS,
    )


def dockerfile() -> Grammar:
    """Dockerfiles, with the shell in them."""
    run = "run cmd entrypoint volume add copy workdir onbuild label"
    name = "from maintainer expose env user onbuild"
    return Grammar(
        (
            HASH,
            Rule(
                "",
                r"^ *(?:onbuild +)?(?:run|cmd|entrypoint|volume|add|copy|workdir|label) +",
                r"(?<=[^\\\n])\n",
                words=words(any_case=True, keyword=run),
                language="bash",
            ),
            Rule(
                "",
                r"^ *(?:onbuild +)?(?:from|maintainer|expose|env|user|onbuild) +",
                r"[^\\]\n",
                (SINGLE, DOUBLE, Rule("number", r"\b\d+(?:\.\d+)?"), HASH),
                words(any_case=True, keyword=name),
            ),
        ),
        words(any_case=True, keyword=f"{name} cmd expose add copy entrypoint volume workdir run label"),
        any_case=True,
    )


def lisp() -> Grammar:
    """Lisps: the first item in brackets has a name's colour."""
    name = r"[a-zA-Z_\-+*/<=>&#][a-zA-Z0-9_\-+*/<=>&#!]*"
    digits = r"[\-+]?\d+(?:\.\d+|/\d+)?(?:[defslDEFSL][+\-]?\d+)?"
    number = (Rule("number", digits), Rule("number", "#[bB][0-1]+|#[oO][0-7]+|#[xX][0-9a-fA-F]+"))
    literal = Rule("literal", r"\b(?:t|nil)\b")
    starred = Rule("", r"\*", r"\*")
    symbol = Rule("symbol", f"[:&]{name}")
    plain = Rule("", name)
    quoted_list = Rule("", r"\(", r"\)", (literal, DOUBLE, *number, plain), itself=True)
    quoted = Rule("", r"['`]\(", r"\)", (*number, DOUBLE, starred, symbol, quoted_list, plain))
    alone = Rule("", rf"#?'{name}")
    notes = comment(";", "$")
    rest = (quoted, alone)
    atoms = (literal, *number, DOUBLE, notes, starred, symbol, plain)
    called = Rule("", r"\(\s*", r"\)", (Rule("name", rf"(?<=\(){name}"), *rest, *atoms), itself=True)
    return Grammar((*number, Rule("meta", "^#!", "$"), literal, DOUBLE, notes, *rest, called, plain))
