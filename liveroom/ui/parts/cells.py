"""What tables are made of: columns, cells, and how tall their rows are."""

from __future__ import annotations

from typing import NamedTuple

from liveroom.ui.parts.runs import Run

ROW_HEIGHT = 24
_LOW_ROW, _LOW_PANEL = 20, 260


class Column(NamedTuple):
    """A column: `keep` 0 stays always, the higher the sooner it is dropped; `width` 0 stretches."""

    key: str
    title: str
    width: int
    keep: int = 0
    left: bool = False
    definition: str = ""


class Cell(NamedTuple):
    """What a cell shows."""

    text: str
    tone: str = "text"
    weight: int = 400
    runs: tuple[Run, ...] = ()
    """Painted in place of the text."""


def row_height(panel_height: int) -> int:
    """Return how tall (px) rows are in a panel: in a low one more of them have room."""
    return _LOW_ROW if panel_height < _LOW_PANEL else ROW_HEIGHT
