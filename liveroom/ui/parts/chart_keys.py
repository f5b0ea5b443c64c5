"""What can be done in the chart from the keyboard; letters belong to its panel."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from liveroom.ui.panels.audience import AudiencePanel

_CLOSER, _PAN = 0.7, 0.25


class ChartKey(NamedTuple):
    """A name (stable for ever, never shown), words, keys, and what they do with the panel."""

    name: str
    title: str
    keys: tuple[str, ...]
    does: Callable[[AudiencePanel], object]
    repeats: bool = False
    """Whether a key that is held down does it again and again."""
    is_own: bool = False
    """Whether the key means something else on the rest of the desk."""


CHART_KEYS: tuple[ChartKey, ...] = (
    ChartKey("earlier", "Cursor earlier", ("Left",), lambda p: p.chart.step_cursor(-1), True),
    ChartKey("later", "Cursor later", ("Right",), lambda p: p.chart.step_cursor(1), True),
    ChartKey(
        "minute_earlier",
        "Cursor a minute earlier",
        ("Shift+Left",),
        lambda p: p.chart.step_cursor(-1, minute=True),
        True,
    ),
    ChartKey(
        "minute_later",
        "Cursor a minute later",
        ("Shift+Right",),
        lambda p: p.chart.step_cursor(1, minute=True),
        True,
    ),
    ChartKey("pan_back", "Show earlier", ("Ctrl+Left",), lambda p: p.chart.pan_by(-_PAN), True),
    ChartKey("pan_on", "Show later", ("Ctrl+Right",), lambda p: p.chart.pan_by(_PAN), True),
    ChartKey("closer", "Look closer", ("+", "="), lambda p: p.chart.zoom(_CLOSER), True),
    ChartKey("further", "Look at more", ("-",), lambda p: p.chart.zoom(1 / _CLOSER), True),
    ChartKey("whole", "Show the whole show", ("0",), lambda p: p.chart.reset()),
    ChartKey("follow", "Follow the show", ("F",), lambda p: p.chart.follow()),
    ChartKey("mark_before", "Previous mark", (",",), lambda p: p.chart.walk(-1), True, True),
    ChartKey("mark_after", "Next mark", (".",), lambda p: p.chart.walk(1), True, True),
    ChartKey("left", "Plot at the left", ("L",), lambda p: p.chart.top.left.open_list()),
    ChartKey("right", "Plot at the right", ("R",), lambda p: p.chart.top.right.open_list()),
    ChartKey("note", "Note at the cursor", ("N",), lambda p: p.take_note()),
    ChartKey("travel", "Travel to the cursor", ("T",), lambda p: p.travel_to_cursor()),
    ChartKey("menu", "Menu at the cursor", ("Menu",), lambda p: p.open_menu()),
    ChartKey("leave", "Let go of the cursor", ("Esc",), lambda p: p.leave()),
)
