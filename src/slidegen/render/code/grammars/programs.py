"""Grammars for JavaScript, TypeScript, Java, C, C++, C#, Go and Rust."""

from __future__ import annotations

import re

from slidegen.patterns import lazy_compile
from slidegen.render.code.grammars.common import (
    BLOCK,
    C_NUMBER,
    DOUBLE,
    ESCAPE,
    METHOD,
    NAME,
    SINGLE,
    SLASHES,
    TITLE,
    comment,
    keyed,
)
from slidegen.render.code.scan import Grammar, Rule, words

BROWSER = (
    "eval isFinite isNaN parseFloat parseInt decodeURI decodeURIComponent encodeURI encodeURIComponent escape "
    "unescape Object Function Boolean Error EvalError InternalError RangeError ReferenceError StopIteration "
    "SyntaxError TypeError URIError Number Math Date String RegExp Array Float32Array Float64Array Int16Array "
    "Int32Array Int8Array Uint16Array Uint32Array Uint8Array Uint8ClampedArray ArrayBuffer DataView JSON Intl "
    "arguments require module console window document"
)
JS_NAME = r"[A-Za-z$_][0-9A-Za-z$_]*"
JS_WORDS = words(
    keyword="in of if for while finally var new function do return void else break catch instanceof with throw case "
    "default try this switch continue typeof delete let yield const export super debugger as async await static "
    "import from",
    literal="true false null undefined NaN Infinity",
    built_in=f"{BROWSER} Symbol Set Map WeakSet WeakMap Proxy Reflect Promise",
)
TS_WORDS = words(
    keyword="in if for while finally var new function do return else break catch instanceof with throw case "
    "default try this switch continue typeof delete let yield const class public private protected get set super "
    "static implements enum export import declare type namespace abstract",
    literal="true false null undefined NaN Infinity",
    built_in=f"{BROWSER} any number boolean string void",
)
REGEXP = (
    r"((?:[!%&*+,\-/:;<=>?\[{(^|~]|\b(?:case|return|throw)\b)\s*)"
    r"(/(?![/*])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n\[])+/[gimuy]*)"
)
_MARKUP = lazy_compile(r"<\w+\s*/>|(?P<opens><\w+)|(?P<closes>(?:/\w+|\w+/)>)", re.ASCII)


def _markup_end(text: str, at: int) -> int:
    """Where JSX elements in JavaScript end."""
    deep = 0
    for match in _MARKUP.finditer(text, at):
        deep += 1 if match["opens"] else -1 if match["closes"] else 0
        if deep <= 0:
            return match.end()
    return len(text)


def _script_texts() -> tuple[Rule, ...]:
    template = Rule("string", "`", "`", (ESCAPE, Rule("subst", r"\$\{", r"\}")))
    return (SINGLE, DOUBLE, template, SLASHES, BLOCK, Rule("number", r"\b0[bB][01]+|\b0[oO][0-7]+"), C_NUMBER)


def javascript() -> Grammar:
    """JavaScript, including React's JSX elements."""
    parameters = Rule("params", r"(?<=\()(?=[^)])", r"(?=\))", (SLASHES, BLOCK))
    title = Rule("title", JS_NAME)
    return Grammar(
        (
            Rule("meta", r"^\s*['\"]use (?:strict|asm)['\"]"),
            Rule("meta", "^#!", "$"),
            *_script_texts(),
            Rule("", REGEXP, groups=("", "regexp")),
            Rule("", r"(?<=[(=>?:,\[{}&|;\s])<(?=[A-Za-z])", language="xml", extent=_markup_end),
            Rule("function", keyed("function"), r"(?=\{)", (parameters, title), words(keyword="function")),
            Rule("", r"\$[(.]"),
            METHOD,
            Rule("class", keyed("class"), r"(?=[{;=])", (_word("extends"), TITLE), words(keyword="class")),
            Rule("", keyed("constructor"), r"(?=\{)", words=words(keyword="constructor")),
        ),
        JS_WORDS,
    )


def typescript() -> Grammar:
    """TypeScript."""
    parameters = Rule("params", r"(?<=\()(?=[^)])", r"(?=\))", (SLASHES, BLOCK), TS_WORDS)
    return Grammar(
        (
            Rule("meta", r"^\s*['\"]use strict['\"]"),
            *_script_texts(),
            Rule("", REGEXP, groups=("", "regexp")),
            Rule("function", "function", r"(?=[{;])", (parameters, Rule("title", JS_NAME)), TS_WORDS),
            Rule("", keyed("constructor"), r"(?=\{)", words=words(keyword="constructor")),
            Rule("", r"module\.", words=words(built_in="module")),
            Rule("", keyed("module"), r"(?=\{)", words=words(keyword="module")),
            Rule("", keyed("interface"), r"(?=\{)", words=words(keyword="interface extends")),
            Rule("", r"\$[(.]"),
            Rule("", rf"\.{NAME}"),
        ),
        TS_WORDS,
    )


def _word(listed: str) -> Rule:
    """Keywords that occur where names are expected."""
    return Rule("keyword", keyed(listed.replace(" ", "|")))


JAVA = words(
    keyword="false synchronized int abstract float private char boolean static null if const for true while long "
    "strictfp finally protected import native final void enum else break transient catch instanceof byte super "
    "volatile case assert short package default double public try this switch continue throws module requires "
    "exports new throw return"
)


def java() -> Grammar:
    """Java."""
    kind = rf"{NAME}(?:<{NAME}(?:\s*,\s*{NAME})*>)?"
    notes = (SLASHES, BLOCK)
    parameters = Rule("params", r"\(", r"\)", (SINGLE, DOUBLE, C_NUMBER, BLOCK), JAVA)
    number = (
        r"\b(?:0[bB][01_]+|0[xX][a-fA-F0-9_]+|(?:\d[\d_]*(?:\.\d[\d_]*)?|\.\d[\d_]*)(?:[eE][-+]?\d+)?)[lLfF]?"
    )
    return Grammar(
        (
            Rule("comment", r"/\*\*", r"\*/", (Rule("", r"\w+@"), Rule("doctag", "@[A-Za-z]+"))),
            *notes,
            SINGLE,
            DOUBLE,
            Rule(
                "class",
                keyed("class|interface"),
                r"(?=[{;=])",
                (_word("extends implements"), TITLE),
                words(keyword="class interface"),
            ),
            _word("new throw return else"),
            Rule(
                "function",
                rf"(?<!\w)(?:{kind}\s{{1,40}}){{1,8}}(?={NAME}\s*\()",
                r"(?=[{;=])",
                (Rule("title", rf"{NAME}(?=\s*\()"), parameters, *notes),
                JAVA,
            ),
            Rule("number", number),
            Rule("meta", "@[A-Za-z]+"),
        ),
        JAVA,
    )


CPP = words(
    keyword="int float while private char catch import module export virtual operator sizeof dynamic_cast typedef "
    "const_cast const struct for static_cast union namespace unsigned long volatile static protected bool template "
    "mutable if public friend do goto auto void enum else break extern using class asm case typeid short "
    "reinterpret_cast default double register explicit signed typename try this switch continue inline delete "
    "alignof constexpr decltype noexcept static_assert thread_local restrict _Bool complex _Complex _Imaginary "
    "atomic_bool atomic_char atomic_schar atomic_uchar atomic_short atomic_ushort atomic_int atomic_uint "
    "atomic_long atomic_ulong atomic_llong atomic_ullong new throw return",
    built_in="std string cin cout cerr clog stdin stdout stderr stringstream istringstream ostringstream auto_ptr "
    "deque list queue stack vector map set bitset multiset multimap unordered_set unordered_map unordered_multiset "
    "unordered_multimap array shared_ptr abort abs acos asin atan2 atan calloc ceil cosh cos exit exp fabs floor "
    "fmod fprintf fputs free frexp fscanf isalnum isalpha iscntrl isdigit isgraph islower isprint ispunct isspace "
    "isupper isxdigit tolower toupper labs ldexp log10 log malloc realloc memchr memcmp memcpy memset modf pow "
    "printf putchar puts scanf sinh sin snprintf sprintf sqrt sscanf strcat strchr strcmp strcpy strcspn strlen "
    "strncat strncmp strncpy strpbrk strrchr strspn strstr tanh tan vfprintf vprintf vsprintf endl "
    "initializer_list unique_ptr",
    literal="true false nullptr NULL",
)


def cpp() -> Grammar:
    """C and C++."""
    kind = Rule("keyword", r"\b[a-z\d_]*_t\b")
    texts = (
        Rule("string", '(?:u8?|U)?[LR]?"', '"', (ESCAPE,)),
        Rule("string", r"'\\?.[^'\n]*'"),
    )
    number = (
        Rule("number", r"\b0b[01'_]+"),
        Rule("number", r"\b(?:[\d'_]+(?:\.[\d'_]*)?|\.[\d'_]+)(?:u|U|l|L|ul|UL|f|F|b|B)"),
        Rule(
            "number",
            r"-?(?:\b0[xX][a-fA-F0-9'_]+|(?:\b[\d'_]+(?:\.[\d'_]*)?|\.[\d'_]+)(?:[eE][-+]?[\d'_]+)?)",
        ),
    )
    notes = (SLASHES, BLOCK)
    directive = Rule(
        "meta",
        r"#\s*[a-z]+\b",
        "$",
        (
            Rule("", r"\\\n"),
            Rule("meta-string", '(?:u8?|U)?[LR]?"', '"', (ESCAPE,)),
            Rule("meta-string", r"<[^>\n]*>"),
            *notes,
        ),
        words(meta_keyword="if else elif endif define undef warning error line pragma ifdef ifndef include"),
    )
    plain = (kind, *notes, *number, *texts)
    round_brackets = Rule("", r"\(", r"\)", plain, CPP, itself=True)
    parameters = Rule("params", r"\(", r"\)", (*notes, *texts, *number, kind), CPP)
    holders = (
        "deque|list|queue|stack|vector|map|set|bitset|multiset|multimap|unordered_map|unordered_set|array"
    )
    return Grammar(
        (
            *plain,
            directive,
            Rule("", rf"\b(?:{holders})\s*<", ">", (kind,), CPP, itself=True),
            Rule("", r"[a-zA-Z]\w*::", words=CPP),
            Rule("", "=", ";", (*plain, round_brackets), CPP),
            round_brackets,
            Rule("", keyed("new|throw|return|else"), ";", (*plain, round_brackets), CPP),
            Rule(
                "function",
                r"(?<!\w)(?:[a-zA-Z]\w*[*&\s]{1,40}){1,8}(?=[a-zA-Z]\w*\s*\()",
                r"(?=[{;=])",
                (Rule("title", r"[a-zA-Z]\w*(?=\s*\()"), parameters, *notes, directive),
                CPP,
            ),
        ),
        CPP,
    )


CSHARP = words(
    keyword="abstract as base bool break byte case catch char checked const continue decimal dynamic default "
    "delegate do double else enum event explicit extern finally fixed float for foreach goto if implicit in int "
    "interface internal is lock long when object operator out override params private protected public readonly "
    "ref sbyte sealed short sizeof stackalloc static string struct switch this try typeof uint ulong unchecked "
    "unsafe ushort using virtual volatile void while async nameof ascending descending from get group into join "
    "let orderby partial select set value var where yield class namespace new return throw await",
    literal="null false true",
)


def csharp() -> Grammar:
    """C#."""
    filled = Rule("subst", r"\{", r"\}", (SINGLE, DOUBLE, C_NUMBER, BLOCK), CSHARP)
    texts = (
        Rule("string", r'\$@"', '"', (Rule("", r'\{\{|\}\}|""'), filled)),
        Rule("string", r'\$"', '"', (Rule("", r"\{\{|\}\}"), ESCAPE, filled)),
        Rule("string", '@"', '"', (Rule("", '""'),)),
        SINGLE,
        DOUBLE,
    )
    kind = rf"{NAME}(?:<{NAME}>)?(?:\[\])?"
    notes = (SLASHES, BLOCK)
    parameters = Rule("params", r"(?<=\()(?=[^)])", r"(?=\))", (*texts, C_NUMBER, BLOCK), CSHARP)
    return Grammar(
        (
            Rule("comment", "///", "$", (Rule("doctag", r"///|<!--|-->|</?[^>\n]*>"),)),
            *notes,
            Rule(
                "meta",
                "#",
                "$",
                words=words(
                    meta_keyword="if else elif endif define undef warning error line region endregion "
                    "pragma checksum"
                ),
            ),
            *texts,
            C_NUMBER,
            Rule("", keyed("class|interface"), "[{;=]", (TITLE, *notes), words(keyword="class interface")),
            Rule(
                "",
                keyed("namespace"),
                "[{;=]",
                (Rule("title", r"[a-zA-Z](?:\.?\w)*"), *notes),
                words(keyword="namespace"),
            ),
            _word("new return throw await"),
            Rule(
                "function",
                rf"(?<!\w)(?:{kind}\s{{1,40}}){{1,8}}(?={NAME}\s*\()",
                r"(?=[{;=])",
                (Rule("title", rf"{NAME}(?=\s*\()"), parameters, *notes),
                CSHARP,
            ),
        ),
        CSHARP,
    )


GO = words(
    keyword="break default func interface select case map struct chan else goto package switch const fallthrough if "
    "range type continue for import return var go defer bool byte complex64 complex128 float32 float64 int8 int16 "
    "int32 int64 string uint8 uint16 uint32 uint64 int uint uintptr rune",
    literal="true false iota nil",
    built_in="append cap close complex copy imag len make new panic print println real recover delete",
)


def go() -> Grammar:
    """Go."""
    parameters = Rule("params", r"\(", r"\)", (), GO)
    return Grammar(
        (
            SLASHES,
            BLOCK,
            DOUBLE,
            Rule("string", r"'(?:[^'\\]|\\.)*'"),
            Rule("string", "`", "`"),
            C_NUMBER,
            Rule("", ":="),
            Rule(
                "function",
                keyed("func"),
                r"(?=\s*\{)",
                (Rule("title", r"[a-zA-Z]\w*"), parameters),
                words(keyword="func"),
            ),
        ),
        GO,
    )


RUST = words(
    r"[a-zA-Z]\w*!?",
    keyword="alignof as be box break const continue crate do else enum extern false fn for if impl in let loop match "
    "mod mut offsetof once priv proc pub pure ref return self Self sizeof static struct super trait true type "
    "typeof unsafe unsized use virtual while where yield move default int i8 i16 i32 i64 isize uint u8 u32 u64 "
    "usize float f32 f64 str char bool",
    literal="true false Some None Ok Err",
    built_in="Copy Send Sized Sync Drop Fn FnMut FnOnce drop Box ToOwned Clone PartialEq PartialOrd Eq Ord AsRef "
    "AsMut Into From Default Iterator Extend IntoIterator DoubleEndedIterator ExactSizeIterator Option Result "
    "SliceConcatExt String ToString Vec assert! assert_eq! bitflags! bytes! cfg! col! concat! concat_idents! "
    "debug_assert! debug_assert_eq! env! panic! file! format! format_args! include_bin! include_str! line! "
    "local_data_key! module_path! option_env! print! println! select! stringify! try! unimplemented! unreachable! "
    "vec! write! writeln! macro_rules!",
)


def rust() -> Grammar:
    """Rust."""
    suffix = r"(?:[uif](?:8|16|32|64|size))?"
    named = (TITLE,)
    return Grammar(
        (
            SLASHES,
            comment(r"/\*", r"\*/"),
            Rule("string", 'b?"', '"', (ESCAPE,)),
            Rule("string", r"b?'\\?(?:x\w{2}|u\w{4}|U\w{8}|.)'"),
            Rule("symbol", r"'[a-zA-Z_]\w*"),
            Rule("number", rf"\b0b[01_]+{suffix}|\b0o[0-7_]+{suffix}|\b0x[A-Fa-f0-9_]+{suffix}"),
            Rule("number", rf"\b\d[\d_]*(?:\.[0-9_]+)?(?:[eE][+-]?[0-9_]+)?{suffix}"),
            Rule("function", keyed("fn"), r"(?=[(<])", named, words(keyword="fn")),
            Rule("meta", r"#!?\[", r"\]", (Rule("meta-string", '"', '"'),)),
            Rule("class", keyed("type"), ";", (), words(keyword="type")),
            Rule(
                "class",
                rf"{keyed('trait|enum|struct')}\s+(?={NAME})",
                r"(?<=\w)(?=\W)",
                named,
                words(keyword="trait enum struct"),
            ),
            Rule("", r"[a-zA-Z]\w*::", words=words(built_in=" ".join(RUST_TYPES))),
            Rule("", "->"),
        ),
        RUST,
    )


RUST_TYPES = [word for word, scope in RUST.scopes.items() if scope == "built_in"]
