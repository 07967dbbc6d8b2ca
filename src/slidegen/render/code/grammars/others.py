"""Grammars for Ruby, PHP, Scala, MATLAB, Lua and Stan."""

from __future__ import annotations

from slidegen.render.code.grammars.common import (
    BLOCK,
    C_NUMBER,
    DOUBLE,
    ESCAPE,
    HASH,
    NAME,
    SINGLE,
    SLASHES,
    TITLE,
    comment,
    keyed,
)
from slidegen.render.code.scan import Grammar, Rule, words

RUBY = words(
    keyword="and then defined module in return redo if BEGIN retry end for self when next until do begin unless END "
    "rescue else break undef not super class case require yield alias while ensure elsif or include attr_reader "
    "attr_writer attr_accessor def",
    literal="true false nil",
)


def ruby() -> Grammar:
    """Ruby."""
    tag = Rule("doctag", "@[A-Za-z]+")
    notes = (comment("#", "$", tag), comment("^=begin", "^=end", tag), comment("^__END__", r"\Z"))
    method = r"[a-zA-Z_]\w*[!?=]?|[-+~]@|<<|>>|=~|===?|<=>|[<>]=?|\*\*|[-/+%^&*~`|]|\[\]=?"
    filled = Rule("subst", r"#\{", r"\}", (SINGLE, DOUBLE, C_NUMBER), RUBY)
    texts = tuple(
        Rule("string", begin, end, (ESCAPE, filled))
        for begin, end in (
            ("'", "'"),
            ('"', '"'),
            ("`", "`"),
            (r"%[qQwWx]?\(", r"\)"),
            (r"%[qQwWx]?\[", r"\]"),
            (r"%[qQwWx]?\{", r"\}"),
        )
    )
    starters = r"((?:[!%&*+,\-:;<=>?\[{(^|~]|\b(?:case|if|while|when|and|or|return)\b)\s*)"
    return Grammar(
        (
            *notes,
            *texts,
            Rule(
                "class",
                keyed("class|module"),
                "$|;",
                (Rule("title", r"(?:(?<=class )|(?<=module ))[A-Za-z_]\w*(?:::\w+)*[?!]?"), *notes),
                words(keyword="class module"),
            ),
            Rule(
                "function",
                keyed("def"),
                "$|;",
                (
                    Rule("params", r"\(", r"\)", (*texts, C_NUMBER), RUBY),
                    Rule("title", rf"(?:(?<=def )|(?<=\.))(?:{method})"),
                ),
                RUBY,
            ),
            Rule("", r"[a-zA-Z]\w*::"),
            Rule("symbol", rf"(?<!\w){NAME}[!?]?:(?!:)"),
            Rule("symbol", rf":(?:{method})"),
            Rule("number", r"\b0[0-7_]+|\b0x[0-9a-fA-F_]+|\b[1-9][0-9_]*(?:\.[0-9_]+)?|[0_]\b"),
            Rule("", r"\$\W|(?:\$|@@?)\w+"),
            Rule("params", r"\|(?=[^|\n]*\|)", r"\|"),
            Rule("", starters + r"(/(?![\s*])(?:\\.|[^/\\\n])+/[a-z]*)", groups=("", "regexp")),
        ),
        RUBY,
    )


PHP = words(
    any_case=True,
    keyword="and include_once list abstract global private echo interface as static endswitch array null if endwhile "
    "or const for endforeach self var while isset public protected exit foreach throw elseif include __file__ empty "
    "require_once do xor return parent clone use __class__ __line__ else break print eval new catch __method__ case "
    "exception default die require __function__ enddeclare final try switch continue endfor endif declare unset true "
    "false trait goto instanceof insteadof __dir__ __namespace__ yield finally function class namespace extends "
    "implements",
)


def php() -> Grammar:
    """PHP."""
    tag = Rule("meta", r"<\?(?:php)?|\?>")
    variable = Rule("", r"\$+[a-zA-Z_]\w*")
    texts = (Rule("string", "b?'", "'", (ESCAPE, tag)), Rule("string", 'b?"', '"', (ESCAPE, tag)))
    number = (Rule("number", r"\b0b[01]+"), C_NUMBER)
    parameters = Rule("params", r"\(", r"\)", (variable, BLOCK, *texts, *number), itself=True)
    extends = Rule("keyword", keyed("extends|implements"))
    return Grammar(
        (
            HASH,
            comment("//", "$", tag),
            comment(r"/\*", r"\*/", Rule("doctag", "@[A-Za-z]+")),
            Rule(
                "string", r"<<<['\"]?\w+['\"]?$", r"^\w+;?$", (ESCAPE, Rule("subst", r"\$\w+|\{\$[^}\n]*\}"))
            ),
            tag,
            Rule("keyword", r"\$this\b"),
            variable,
            Rule("", r"(?:::|->)+[a-zA-Z_]\w*"),
            Rule("function", keyed("function"), r"(?=[;{])", (parameters, TITLE), PHP),
            Rule("class", keyed("class|interface"), r"(?=\{)", (extends, TITLE), PHP),
            Rule("", keyed("namespace|use"), ";", (TITLE,), PHP),
            Rule("", "=>"),
            *texts,
            *number,
        ),
        PHP,
        any_case=True,
    )


SCALA = words(
    literal="true false null",
    keyword="type yield lazy override def with val var sealed abstract private trait object if forSome for while throw "
    "finally protected extends import final return else break new catch super class case package default try this "
    "match continue throws implicit",
)


def scala() -> Grammar:
    """Scala."""
    kind = Rule("type", r"\b[A-Z]\w*")
    title = Rule("title", r"[^0-9\n\t \"'(),.`{}\[\]:;=][^\n\t \"'(),.`{}\[\]:;]*")
    filled = Rule("subst", r"\$\w+|\$\{[^}\n]*\}")
    texts = (
        Rule("string", '[a-z]+"""', '"""', (filled,)),
        Rule("string", '"""', '"""'),
        Rule("string", '[a-z]+"', '"', (ESCAPE, filled)),
        DOUBLE,
    )
    extends = Rule("keyword", keyed("extends|with"))
    parameters = Rule("params", r"(?<=\()(?=[^)])", r"(?=\))", (kind,))
    generic = Rule("", r"\[", r"\]", (kind,))
    return Grammar(
        (
            SLASHES,
            BLOCK,
            *texts,
            Rule("symbol", r"'\w+(?!')"),
            kind,
            Rule(
                "function",
                keyed("def"),
                r"(?=[:={\[(\n;])",
                (Rule("title", rf"(?<=\s){title.begin}"),),
                SCALA,
            ),
            Rule(
                "class",
                keyed("class|object|trait|type"),
                r"(?=[:={\n;])",
                (extends, generic, parameters, Rule("title", rf"(?<=\s){title.begin}")),
                words(keyword="class object trait type"),
            ),
            C_NUMBER,
            Rule("meta", "@[A-Za-z]+"),
        ),
        SCALA,
    )


def matlab() -> Grammar:
    """MATLAB and Octave."""
    text = Rule("string", "'", "'", (ESCAPE, Rule("", "''")))
    inside = (C_NUMBER, text)
    parameters = Rule("params", r"\([^)\n]*\)|\[[^\]\n]*\]")
    functions = (
        "sin cos tan asin acos atan atan2 sinh cosh tanh hypot exp expm1 log log1p log10 log2 pow2 sqrt "
        "abs angle complex conj imag real fix floor ceil round mod rem sign gamma beta erf cross dot "
        "factor isprime primes gcd lcm perms nchoosek zeros ones eye repmat rand randn linspace logspace "
        "meshgrid accumarray size length ndims numel disp isempty isequal cat reshape diag tril triu "
        "fliplr flipud rot90 find sub2ind ind2sub bsxfun ndgrid permute circshift squeeze isscalar "
        "isvector ans eps realmax realmin pi i inf nan isnan isinf isfinite j why magic hilb vander "
        "toeplitz hadamard pascal"
    )
    return Grammar(
        (
            Rule("function", keyed("function"), "$", (parameters, TITLE), words(keyword="function")),
            Rule("", r"(?<!\w)[a-zA-Z_]\w*'['.]*"),
            Rule("", r"(\))('['.]*)?", groups=("", "")),
            Rule("", r"\[", r"\]['.]*", inside),
            Rule("", r"\{", r"\}['.]*", inside),
            comment(r"^\s*%\{\s*$", r"^\s*%\}\s*$"),
            comment("%", "$"),
            *inside,
        ),
        words(
            keyword="break case catch classdef continue else elseif end enumerated events for function global if "
            "methods otherwise parfor persistent properties return spmd switch try while",
            built_in=functions,
        ),
    )


def lua() -> Grammar:
    """Lua."""
    notes = (comment(r"--\[=*\[", r"\]=*\]"), comment("--", "$"))
    return Grammar(
        (
            *notes,
            Rule(
                "function",
                keyed("function"),
                r"(?<=\))",
                (
                    Rule("params", r"\(", r"\)", notes),
                    Rule("title", r"(?:[_a-zA-Z]\w*\.)*(?:[_a-zA-Z]\w*:)?[_a-zA-Z]\w*"),
                ),
                words(keyword="function"),
            ),
            C_NUMBER,
            SINGLE,
            DOUBLE,
            Rule("string", r"\[=*\[", r"\]=*\]"),
        ),
        words(
            NAME,
            keyword="and break do else elseif end false for if in local nil not or repeat return then true until while",
            built_in="_G _VERSION assert collectgarbage dofile error getfenv getmetatable ipairs load loadfile "
            "loadstring module next pairs pcall print rawequal rawget rawset require select setfenv setmetatable "
            "tonumber tostring type unpack xpcall coroutine debug io math os package string table",
        ),
    )


STAN = words(
    NAME,
    name="for in while repeat until if then else",
    symbol="bernoulli bernoulli_logit binomial binomial_logit beta_binomial hypergeometric categorical "
    "categorical_logit ordered_logistic neg_binomial neg_binomial_2 neg_binomial_2_log poisson poisson_log multinomial "
    "normal exp_mod_normal skew_normal student_t cauchy double_exponential logistic gumbel lognormal chi_square "
    "inv_chi_square scaled_inv_chi_square exponential inv_gamma weibull frechet rayleigh wiener pareto pareto_type_2 "
    "von_mises uniform multi_normal multi_normal_prec multi_normal_cholesky multi_gp multi_gp_cholesky "
    "multi_student_t gaussian_dlm_obs dirichlet lkj_corr lkj_corr_cholesky wishart inv_wishart",
    selector_tag="int real vector simplex unit_vector ordered positive_ordered row_vector matrix "
    "cholesky_factor_corr cholesky_factor_cov corr_matrix cov_matrix",
    title="functions model data parameters quantities transformed generated",
    literal="true false",
)


def stan() -> Grammar:
    """Stan, whose scopes are the nearest that highlight.js has."""
    number = Rule(
        "number", r"0[xX][0-9a-fA-F]+[Li]?\b|\d+(?:\.\d*)?(?:[eE][+\-]?\d*)?[iL]?\b|\.\d+(?:[eE][+\-]?\d*)?"
    )
    return Grammar((HASH, SLASHES, BLOCK, Rule("", NAME, words=STAN), number))
