"""What stands for a product's picture."""

import pytest
from PySide6.QtWidgets import QApplication

from liveroom.ui.parts.swatch import SIZE, colour_of, initials, swatch
from liveroom.ui.theme import THEMES, Theme, contrast


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Notebook Air 14", "NA"),
        ("fone", "FO"),
        ("X", "X"),
        ("(new) Mug", "MU"),
        ("Ação – kit", "AK"),
        ("", ""),
        ("–", "–"),
    ],
)
def test_initials_are_two_letters_of_the_name(name: str, letters: str) -> None:
    assert initials(name) == letters


def test_a_category_has_its_colour_whatever_else_there_is() -> None:
    assert colour_of("Audio") == colour_of(" audio ")
    assert len({colour_of(f"category {n}") for n in range(40)}) == 5


@pytest.mark.parametrize("name", THEMES)
def test_the_letters_can_be_read(qapp: QApplication, name: str) -> None:
    theme = Theme(name)
    assert contrast(theme["text_2"], theme["raised"]) >= 4.5
    assert swatch("Notebook Air 14", "Computers", theme, 2.0).deviceIndependentSize() == SIZE
