"""The names of LaTeX's environments that make formulas."""

from __future__ import annotations

ENVIRONMENTS = (
    "equation align alignat flalign gather multline eqnarray xalignat subequations math displaymath split aligned "
    "gathered alignedat multlined array darray matrix pmatrix bmatrix Bmatrix vmatrix Vmatrix smallmatrix cases "
    "dcases rcases CD"
).split()
ENVIRONMENT = rf"(?:{'|'.join(ENVIRONMENTS)})\*?"
