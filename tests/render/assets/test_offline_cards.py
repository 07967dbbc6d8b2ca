from __future__ import annotations

import pytest

from slidegen.render.assets.offline_cards import address_for_people


@pytest.mark.parametrize(
    ("embedded", "address"),
    [
        ("https://www.youtube.com/embed/abc?rel=0", "https://youtu.be/abc"),
        ("//www.youtube-nocookie.com/embed/abc?start=42", "https://youtu.be/abc?t=42"),
        ("https://player.vimeo.com/video/123?h=1", "https://vimeo.com/123"),
        ("//example.org/a?b#c", "https://example.org/a?b#c"),
        ("http://[nonsense/embed/x", "http://[nonsense/embed/x"),
    ],
)
def test_a_player_has_the_address_of_its_film(embedded: str, address: str) -> None:
    assert address_for_people(embedded) == address
