from __future__ import annotations

import pytest

from slidegen.render.direction import direction


@pytest.mark.parametrize("lang", ["ar", "ar-EG", "he", "fa", "ur_PK", "FA", "az-Arab", "iw"])
def test_languages_that_run_to_the_left(lang: str) -> None:
    assert direction(lang) == "rtl"


@pytest.mark.parametrize("lang", ["en", "de-AT", "az", "ar-Latn", "arn", "", "hea"])
def test_languages_that_do_not(lang: str) -> None:
    assert direction(lang) == "ltr"
