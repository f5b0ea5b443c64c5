"""The map paints anew what changed, and nothing else that did not."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage, QRegion
from PySide6.QtWidgets import QApplication, QWidget

from liveroom.ui.parts.heat_grid import HeatGrid, HeatRow
from liveroom.ui.theme import Theme

HEADS = ("20:00", "20:05", "20:10", "20:15")
RATES = st.lists(
    st.one_of(st.none(), st.sampled_from((0.0, 0.4, 2.0, 7.5, 31.0, 120.0))),
    min_size=3,
    max_size=3,
).map(tuple)
MAPS = st.lists(RATES, min_size=1, max_size=4)


class Watched(HeatGrid):
    """Notes where it asks to be painted."""

    dirty = QRegion()

    def update(self, *where: QRect) -> None:  # type: ignore[override]
        self.dirty += QRegion(where[0] if where else self.rect())
        super().update(*where)


def rows(rates: list[tuple[float | None, ...]]) -> list[HeatRow]:
    groups = ("clicks", "clicks", "chat", "chat")
    outlined = (frozenset({1}), frozenset(), frozenset(), frozenset())
    return [
        HeatRow(f"row {n}", f"Row {n}", found, outlined[n], groups[n], groups[n])
        for n, found in enumerate(rates)
    ]


def pixels(widget: QWidget, part: QRect | None = None) -> np.ndarray:
    """Return what a widget paints into a part (all of it) of a picture of one colour."""
    where = part or widget.rect()
    image = QImage(widget.size(), QImage.Format.Format_RGB32)
    image.fill(QColor("#101010"))
    widget.render(image, where.topLeft(), QRegion(where), QWidget.RenderFlag(0))
    return np.array(image.constBits()).reshape(image.height(), image.width(), 4)[..., :3].copy()


def inside(region: QRegion, shape: tuple[int, ...]) -> np.ndarray:
    mask = np.zeros(shape[:2], dtype=bool)
    for rect in region:
        mask[rect.top() : rect.bottom() + 1, rect.left() : rect.right() + 1] = True
    return mask


@pytest.fixture(scope="module")
def grid(qapp: QApplication) -> Watched:
    found = Watched(Theme())
    found.resize(420, 180)
    return found


@settings(max_examples=60, deadline=None)
@given(before=MAPS, after=MAPS)
def test_nothing_changes_outside_of_what_is_painted_anew(
    grid: Watched, before: list[tuple[float | None, ...]], after: list[tuple[float | None, ...]]
) -> None:
    grid.show_rows(rows(before), HEADS)
    first = pixels(grid)
    grid.dirty = QRegion()
    grid.show_rows(rows(after), HEADS)
    second = pixels(grid)
    changed = (first != second).any(axis=2)
    assert not (changed & ~inside(grid.dirty, changed.shape)).any()


@settings(max_examples=60, deadline=None)
@given(
    shown=MAPS,
    left=st.integers(0, 400),
    top=st.integers(0, 170),
    wide=st.integers(1, 200),
    tall=st.integers(1, 90),
)
def test_a_part_is_painted_as_it_is_in_the_whole(
    grid: Watched,
    shown: list[tuple[float | None, ...]],
    left: int,
    top: int,
    wide: int,
    tall: int,
) -> None:
    grid.show_rows(rows(shown), HEADS)
    part = QRect(left, top, wide, tall) & grid.rect()
    whole, found = pixels(grid), pixels(grid, part)
    where = inside(QRegion(part), whole.shape)
    assert (found[where] == whole[where]).all()


def test_where_only_the_last_block_changed_only_that_is_painted(grid: Watched) -> None:
    grid.show_rows(rows([(50.0, 20.0, 1.0), (2.0, 3.0, 4.0)]), HEADS)
    grid.dirty = QRegion()
    grid.show_rows(rows([(50.0, 20.0, 2.0), (2.0, 3.0, 4.0)]), HEADS)
    box = grid.dirty.boundingRect()
    assert 0 < box.width() * box.height() < grid.width() * grid.height() / 10
