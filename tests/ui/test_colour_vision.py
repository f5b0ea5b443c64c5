"""Colours that must be told apart are, also by eyes that see fewer of them.

Simulated after Machado, Oliveira and Fernandes (2009) at full severity; differences are CIEDE2000, of which
about 2 can just be seen side by side. States differ by shape and word too, so they may come closest.
"""

from itertools import combinations

import pytest
from coloraide import Color

from liveroom.ui.theme import THEMES, Theme

VISIONS = (None, "protan", "deutan", "tritan")
TOGETHER = {
    "entry channels": (("c1", "c2", "c3", "c4", "c5"), 16.0),
    "better, attention, worse": (("good", "warn", "bad"), 7.0),
    "curves and offers": (("audience", "conv", "offer"), 9.5),
    "cold and hot": (("heat0", "heat1"), 30.0),
    "on air and what comes next": (("onair", "next"), 8.0),
    "a chosen row and the ground": (("panel", "sel"), 5.0),
}


def least_difference(theme: str, tokens: tuple[str, ...], vision: str | None) -> float:
    hexes = Theme(theme).hexes
    colours = [Color(hexes[token]) for token in tokens]
    if vision is not None:
        colours = [colour.filter(vision, method="machado") for colour in colours]
    return min(one.delta_e(other, method="2000") for one, other in combinations(colours, 2))


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("vision", VISIONS)
@pytest.mark.parametrize("together", TOGETHER)
def test_colours_that_stand_together_are_told_apart(
    theme: str, vision: str | None, together: str, qapp: object
) -> None:
    tokens, least = TOGETHER[together]
    assert least_difference(theme, tokens, vision) >= least


def test_the_simulation_sees_what_such_eyes_cannot(qapp: object) -> None:
    red, green = Color("#B02020"), Color("#5A7A00")
    seen = [colour.filter("deutan", method="machado") for colour in (red, green)]
    assert red.delta_e(green, method="2000") > 3 * seen[0].delta_e(seen[1], method="2000")
