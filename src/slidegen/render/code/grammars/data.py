"""Grammars for YAML, JSON, INI, TOML, SQL and diffs."""

from __future__ import annotations

from slidegen.render.code.grammars.common import C_NUMBER, DOUBLE, ESCAPE, HASH, NAME, comment
from slidegen.render.code.scan import Grammar, Rule, words


def yaml() -> Grammar:
    """YAML, with the template marks that Ansible and others use in it."""
    key = r"[a-zA-Z_][\w\-]*"
    attribute = rf"^[ \-]*(?:{key}|\"{key}\"|'{key}'):"
    marks = (ESCAPE, Rule("template-variable", r"\{\{", r"\}\}"), Rule("template-variable", r"%\{", r"\}"))
    return Grammar(
        (
            Rule("attr", attribute),
            Rule("meta", "^---s*$"),
            Rule("string", r"[|>] *$", rf"(?=^[ \-]*{key}:)", marks),
            Rule("type", f"!!{NAME}"),
            Rule("meta", rf"[&*]{NAME}$"),
            Rule("bullet", "^ *-"),
            Rule("string", "'", "'", marks),
            Rule("string", '"', '"', marks),
            HASH,
            C_NUMBER,
        ),
        words(any_case=True, literal="true false yes no null"),
        any_case=True,
    )


def json() -> Grammar:
    """JSON: a text before a colon is a name."""
    return Grammar(
        (Rule("attr", r'"(?:\\.|[^"\\\n])*"(?=\s*:)'), DOUBLE, C_NUMBER), words(literal="true false null")
    )


def ini() -> Grammar:
    """INI and TOML."""
    return Grammar(
        (
            comment(";", "$"),
            HASH,
            Rule("section", r"^\s*\[+", r"\]+"),
            Rule("attr", r"^[a-z0-9\[\]_-]+(?=\s*=)"),
            Rule(
                "",
                "=",
                "$",
                (
                    Rule("literal", r"\bon|off|true|false|yes|no\b"),
                    Rule("variable", r'\$[\w"]\w*'),
                    Rule("variable", r"\$\{[^}\n]*\}"),
                    *(Rule("string", quote, quote, (ESCAPE,)) for quote in ("'''", '"""', '"', "'")),
                    Rule("number", r"(?:[+\-]+)?\d+_[\d_]+"),
                    Rule("number", r"\b\d+(?:\.\d+)?"),
                ),
            ),
        ),
        any_case=True,
    )


def diff() -> Grammar:
    """Differences between files, as `diff` and Git print them."""
    return Grammar(
        (
            Rule("meta", r"^@@ +-\d+,\d+ +\+\d+,\d+ +@@$|^\*\*\* +\d+,\d+ +\*{4}$|^--- +\d+,\d+ +-{4}$"),
            Rule("comment", r"Index: |={3,}|^-{3}|^\*{3} |^\+{3}", "$"),
            Rule("comment", r"\*{5}", r"\*{5}$"),
            Rule("addition", r"^[+!]", "$"),
            Rule("deletion", "^-", "$"),
        )
    )


SQL_BEGIN = (
    "begin end start commit rollback savepoint lock alter create drop rename call delete do handler insert load "
    "replace select truncate update set show pragma grant merge describe use explain help declare prepare execute "
    "deallocate release unlock purge reset change stop analyze cache flush optimize repair kill install uninstall "
    "checksum restore check backup revoke comment"
)
SQL_WORDS = words(
    r"[\w.]+",
    any_case=True,
    keyword=SQL_BEGIN
    + " abs access add after all always and any as asc at auto_increment avg before between both "
    "by cascade case cast ceil ceiling char_length character_length coalesce collate column columns concat "
    "concat_ws constraint convert count cross cube current_date current_time current_timestamp cursor database "
    "databases date_add date_format date_sub datediff day default deferred desc dense_rank distinct div each else "
    "elsif escape except exception exists exit explicit extract fetch first floor following for foreign found from "
    "full function global go group group_concat grouping having high hour id identity if ifnull ignore immediate in "
    "index indexes inner inout insensitive instead intersect interval into is isnull join key keys lag language "
    "last lateral lead leading left length like limit ln local localtime localtimestamp lower ltrim match max "
    "maxvalue min minute minvalue mod modify month natural next no not now ntile nullif nvl of off offset on only "
    "open option or order out outer over overlaps partition partitions percent position power preceding precision "
    "prior privileges procedure public query range rank raise read recursive references regexp "
    "replication restrict return returning returns right role rollup round row row_number rows rtrim schema second "
    "sequence session sign similar some sqrt stddev substr substring sum sysdate system table tables temporary "
    "then timestampdiff to top trailing transaction trigger trim trunc type unbounded union unique unpivot upper "
    "user using values values var_pop variance view views when whenever where while window with without work "
    "write xor year zone",
    literal="true false null",
    built_in="array bigint binary bit blob boolean char character date dec decimal float int int8 integer interval "
    "number numeric real record serial serial8 smallint text varchar varying void",
)


def sql() -> Grammar:
    """SQL. Keywords count only within a statement, which one of a few words begins."""
    strings = (
        Rule("string", "'", "'", (ESCAPE, Rule("", "''"))),
        Rule("string", '"', '"', (ESCAPE, Rule("", '""'))),
        Rule("string", "`", "`", (ESCAPE,)),
    )
    notes = (comment(r"/\*", r"\*/"), comment("--", "$"))
    statement = Rule(
        "",
        rf"(?<!\.)\b(?:{SQL_BEGIN.replace(' ', '|')})\b(?!\.)",
        ";",
        (*strings, C_NUMBER, *notes),
        SQL_WORDS,
    )
    return Grammar((statement, *notes), any_case=True)
