"""What can be done in the chart from the keyboard; letters belong to its panel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from liveroom.models.facts import Mode
from liveroom.ui.keyboard.commands import FixedKey, PanelCommand

if TYPE_CHECKING:
    from liveroom.models.snapshot import Snapshot

NOTES_IN = (Mode.LIVE, Mode.REHEARSAL)
"""The modes in which a session takes notes."""
_CLOSER, _PAN = 0.7, 0.25


def why_no_note(snapshot: Snapshot | None) -> str:
    """Return why no note is taken, blank where one is."""
    recorded = snapshot is not None and snapshot.mode not in NOTES_IN
    return "notes are taken on air or in rehearsal" if recorded else ""


COMMANDS: tuple[PanelCommand, ...] = (
    PanelCommand(
        "earlier", "Cursor earlier", ("Left",), lambda p: p.chart.step_cursor(-1), repeats=True
    ),
    PanelCommand(
        "later", "Cursor later", ("Right",), lambda p: p.chart.step_cursor(1), repeats=True
    ),
    PanelCommand(
        "minute_earlier",
        "Cursor a minute earlier",
        ("Shift+Left",),
        lambda p: p.chart.step_cursor(-1, minute=True),
        repeats=True,
    ),
    PanelCommand(
        "minute_later",
        "Cursor a minute later",
        ("Shift+Right",),
        lambda p: p.chart.step_cursor(1, minute=True),
        repeats=True,
    ),
    PanelCommand(
        "pan_back", "Show earlier", ("Ctrl+Left",), lambda p: p.chart.pan_by(-_PAN), repeats=True
    ),
    PanelCommand(
        "pan_on", "Show later", ("Ctrl+Right",), lambda p: p.chart.pan_by(_PAN), repeats=True
    ),
    PanelCommand(
        "closer",
        "Look closer",
        ("+", "="),
        lambda p: p.chart.zoom(_CLOSER),
        repeats=True,
        words="zoom in",
    ),
    PanelCommand(
        "further",
        "Look at more",
        ("-",),
        lambda p: p.chart.zoom(1 / _CLOSER),
        repeats=True,
        words="zoom out",
    ),
    PanelCommand("whole", "Show the whole show", ("0",), lambda p: p.chart.reset()),
    PanelCommand("follow", "Follow the show", ("F",), lambda p: p.chart.follow()),
    PanelCommand(
        "mark_before", "Previous mark", ("Alt+Left",), lambda p: p.chart.walk(-1), repeats=True
    ),
    PanelCommand(
        "mark_after", "Next mark", ("Alt+Right",), lambda p: p.chart.walk(1), repeats=True
    ),
    PanelCommand(
        "left",
        "Plot at the left",
        ("L",),
        lambda p: p.chart.top.left.open_list(),
        words="metric curve",
    ),
    PanelCommand(
        "right",
        "Plot at the right",
        ("R",),
        lambda p: p.chart.top.right.open_list(),
        words="metric curve",
    ),
    PanelCommand(
        "note",
        "Note at the cursor",
        ("N",),
        lambda p: p.take_note(),
        why_no_note,
        words="annotate comment mark",
    ),
    PanelCommand("travel", "Travel to the cursor", ("T",), lambda p: p.travel_to_cursor()),
    PanelCommand("menu", "Menu at the cursor", ("Menu",), lambda p: p.open_menu()),
)
FIXED_KEYS = (FixedKey(("Esc",), "Let go of the cursor"),)
