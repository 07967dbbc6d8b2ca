"""Formulas in words, as people say them in each language."""

from __future__ import annotations

import pytest

from tests.projects import Project

pytestmark = pytest.mark.browser

FORMULAS = (
    r"\lim_{x\to 0} x", r"\sum_{k=1}^n k", r"\int_0^1 f", r"P(A \mid B)=P(B|A)", r"\{x \mid x>0\}", r"k \mid n",
    r"|x|", r"\|v\|", r"\binom{n}{k}", r"\begin{pmatrix}1&2\\\\3&4\end{pmatrix}", r"\begin{vmatrix}a\\\\b\end{vmatrix}",
    r"\begin{cases}1 & x>0\\\\0\end{cases}", r"\emptyset", r"\bigcup_i A", r"f\colon A\to B",
)  # fmt: skip
SAID = {
    "en": """the limit as x tends to 0 of x
sum from k equals 1 to n of k
integral from 0 to 1 of f
P open paren A given B close paren equals P open paren B given A close paren
open brace x such that x is greater than 0 close brace
k divides n
the absolute value of x, end of absolute value
the norm of v, end of norm
n choose k
a matrix of 2 rows and 2 columns; row 1: 1, 2; row 2: 3, 4; end of matrix
the determinant of 2 rows and 1 columns; row 1: a; row 2: b; end of determinant
2 cases; case 1: 1, x is greater than 0; case 2: 0; end of cases
the empty set
union over i of A
f: A to B""",
    "fr": """limite quand x tend vers 0 de x
somme pour k égale 1 à n de k
intégrale de 0 à 1 de f
P parenthèse ouvrante A sachant B parenthèse fermante égale P parenthèse ouvrante B sachant A parenthèse fermante
accolade ouvrante x tel que x est supérieur à 0 accolade fermante
k divise n
valeur absolue de x, fin de valeur absolue
norme de v, fin de norme
k parmi n
une matrice de 2 lignes et 2 colonnes; ligne 1: 1, 2; ligne 2: 3, 4; fin de la matrice
déterminant de 2 lignes et 1 colonnes; ligne 1: a; ligne 2: b; fin du déterminant
2 cas; cas 1: 1, x est supérieur à 0; cas 2: 0; fin des cas
l'ensemble vide
union sur i de A
f: A vers B""",
    "de": """Limes für x gegen 0 von x
Summe über k gleich 1 bis n von k
Integral von 0 bis 1 über f
P Klammer auf A gegeben B Klammer zu gleich P Klammer auf B gegeben A Klammer zu
geschweifte Klammer auf x mit x größer als 0 geschweifte Klammer zu
k teilt n
Betrag von x, Ende des Betrags
Norm von v, Ende der Norm
n über k
eine Matrix mit 2 Zeilen und 2 Spalten; Zeile 1: 1, 2; Zeile 2: 3, 4; Ende der Matrix
Determinante mit 2 Zeilen und 1 Spalten; Zeile 1: a; Zeile 2: b; Ende der Determinante
2 Fälle; Fall 1: 1, x größer als 0; Fall 2: 0; Ende der Fälle
die leere Menge
Vereinigung über i von A
f: A nach B""",
    "es": """límite cuando x tiende a 0 de x
suma desde k igual a 1 hasta n de k
integral desde 0 hasta 1 de f
P abre paréntesis A dado B cierra paréntesis igual a P abre paréntesis B dado A cierra paréntesis
abre llave x tal que x mayor que 0 cierra llave
k divide a n
valor absoluto de x, fin de valor absoluto
norma de v, fin de norma
n sobre k
una matriz de 2 filas y 2 columnas; fila 1: 1, 2; fila 2: 3, 4; fin de la matriz
determinante de 2 filas y 1 columnas; fila 1: a; fila 2: b; fin del determinante
2 casos; caso 1: 1, x mayor que 0; caso 2: 0; fin de los casos
el conjunto vacío
unión sobre i de A
f: A a B""",
}


@pytest.mark.parametrize("lang", SAID)
def test_formulas_are_said_as_people_say_them(course: Project, lang: str) -> None:
    paragraphs = "\n\n".join(f"${formula}$" for formula in FORMULAS)
    course.write("talk.md", f"---\nlang: {lang}\ntitle: T\n---\n{paragraphs}\n")
    assert course.run("export", "talk.md", "-o", "talk.txt").code == 0
    text = (course.folder / "talk.txt").read_text("utf-8")
    assert text.rstrip().split("\n\n")[-len(FORMULAS) :] == SAID[lang].split("\n")
