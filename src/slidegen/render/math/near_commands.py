"""Finds the LaTeX command that a misspelled one is meant to be, or the package that has it."""

from __future__ import annotations

from collections.abc import Iterable

from slidegen.spelling import one_slip_apart

KNOWN = frozenset(
    """
    alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi pi varpi rho varrho
    sigma varsigma tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega
    frac dfrac tfrac cfrac binom sqrt sum prod coprod int iint iiint oint lim limsup liminf sup inf max min arg det dim
    exp log ln lg sin cos tan cot sec csc arcsin arccos arctan sinh cosh tanh deg gcd hom ker Pr
    left right middle big Big bigg Bigg bigl bigr langle rangle lvert rvert lVert rVert lfloor rfloor lceil rceil
    mathbb mathbf mathcal mathfrak mathit mathrm mathscr mathsf mathtt boldsymbol bm text textbf textit textrm texttt
    operatorname overline underline overbrace underbrace overset underset stackrel hat widehat bar vec tilde widetilde
    dot ddot acute grave breve check cdot cdots ldots vdots ddots dots times div pm mp ast star circ bullet oplus
    ominus otimes odot cap cup sqcap sqcup vee wedge setminus in notin ni subset supset subseteq supseteq emptyset
    varnothing leq geq le ge neq ne equiv sim simeq approx cong propto ll gg prec succ perp parallel mid nmid
    to gets mapsto rightarrow leftarrow leftrightarrow Rightarrow Leftarrow Leftrightarrow longrightarrow
    longleftarrow Longrightarrow Longleftrightarrow uparrow downarrow nearrow searrow hookrightarrow implies iff
    forall exists nexists neg lnot land lor top bot vdash models therefore because partial nabla infty aleph hbar ell
    Re Im wp prime angle triangle square blacksquare quad qquad hspace phantom limits nolimits displaystyle textstyle
    begin end label tag ref color textcolor boxed cancel underbrace substack pmod bmod mod not dagger ddagger
    """.split()
)
"""Common commands; LaTeX has thousands."""
ENVIRONMENTS = frozenset(
    """
    align alignat aligned alignedat array bmatrix Bmatrix cases dcases equation flalign gather gathered matrix
    multline pmatrix rcases smallmatrix split subarray vmatrix Vmatrix CD
    """.split()
)
"""Common environments."""
PACKAGES = {
    **dict.fromkeys(("qedsymbol", "qedhere", "qed"), "amsthm"),
    **dict.fromkeys(("si", "SI", "num", "ang", "unit"), "siunitx"),
    **dict.fromkeys(("lstinline", "mintinline"), "listings"),
    **dict.fromkeys(("url", "href", "hyperref"), "hyperref"),
    **dict.fromkeys(("cite", "citep", "citet"), "natbib"),
    **dict.fromkeys(("cref", "Cref"), "cleveref"),
    **dict.fromkeys(("gls", "acrshort"), "glossaries"),
    **dict.fromkeys(("faIcon", "faGithub"), "fontawesome"),
    **dict.fromkeys(("hl", "sout", "uline"), "soul or ulem"),
    **dict.fromkeys(("xrightleftharpoons", "ce", "cee"), "mhchem"),
    **dict.fromkeys(("mathds",), "dsfont"),
    **dict.fromkeys(("bbm", "mathbbm"), "bbm"),
    **dict.fromkeys(("ding", "cmark", "xmark"), "pifont"),
}
"""Commands of packages that people take for LaTeX's own."""


def meant_command(name: str, own: Iterable[str] = ()) -> str:
    """The command that a name without its backslash is a typo of; empty if none. `own` are the deck's macros."""
    names = [*own, *sorted(KNOWN)]
    folded = next((each for each in names if each.lower() == name.lower() and each != name), "")
    if folded or len(name) < 3:
        return folded
    return next((each for each in names if len(each) > 2 and one_slip_apart(name, each)), "")


def meant_environment(name: str) -> str:
    """The environment that a name is a typo of; empty if none."""
    star = "*" * name.endswith("*")
    bare = name.removesuffix("*")
    names = sorted(ENVIRONMENTS, key=lambda each: each.lower() != bare.lower())
    found = next((each for each in names if each.lower() == bare.lower() or one_slip_apart(bare, each)), "")
    return f"{found}{star}" if found else ""


def package_of(name: str) -> str:
    """The LaTeX package that a command belongs to; empty if unknown."""
    return PACKAGES.get(name, "")
