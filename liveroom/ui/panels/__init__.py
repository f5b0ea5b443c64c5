"""The panels of the desk, in the order of the menu and of the keyboard.

A new panel is one file here and one line below. Nothing is imported until the desk has been painted.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from liveroom.later import later
from liveroom.models.facts import Mode
from liveroom.ui.panel import PanelSpec

if TYPE_CHECKING:
    from liveroom.models.snapshot import Snapshot


_later = partial(later, __name__)


def _why_no_note(snapshot: Snapshot | None) -> str:
    if snapshot is None or snapshot.mode in (Mode.LIVE, Mode.REHEARSAL):
        return ""
    return "notes are taken on air or in rehearsal"


PANELS: tuple[PanelSpec, ...] = (
    PanelSpec(
        "kpi_strip",
        "Key figures",
        "strip",
        _later("kpi_strip:KpiStrip"),
        fixed_height=90,
        key="Ctrl+T",
        deed="Key figures and targets",
    ),
    PanelSpec("run_of_show", "Run of show", "left", _later("run_of_show:RunOfShowPanel")),
    PanelSpec(
        "audience",
        "Audience against conversion",
        "centre top",
        _later("audience:AudiencePanel"),
        prepare="",
    ),
    PanelSpec(
        "products",
        "Products",
        "centre bottom",
        _later("products:ProductsPanel"),
        prepare="centre top",
    ),
    PanelSpec(
        "channels", "Entry channels", "right top", _later("channels:ChannelsPanel"), prepare=""
    ),
    PanelSpec("spend", "Spend and margin", "centre top", _later("spend:SpendPanel"), prepare=""),
    PanelSpec(
        "clicks_chat",
        "Clicks and chat",
        "right middle",
        _later("clicks_chat:ClicksAndChatPanel"),
        prepare="",
    ),
    PanelSpec(
        "chat",
        "Chat",
        "right bottom",
        _later("chat:ChatPanel"),
        prepare="",
    ),
    PanelSpec(
        "log",
        "Log",
        "right head",
        _later("log:LogPanel"),
        compact_place="centre bottom",
        key="Ctrl+N",
        deed="Take a note",
        why_not=_why_no_note,
        prepare="centre bottom",
        debrief="right bottom",
    ),
    PanelSpec(
        "offers",
        "Offers and levers",
        "right bottom",
        _later("offers:OffersPanel"),
        prepare="right top",
    ),
    PanelSpec(
        "carts",
        "Carts",
        "right top",
        _later("carts:CartsPanel"),
        compact_place="centre bottom",
        prepare="",
        debrief="right top",
    ),
    PanelSpec(
        "presenter",
        "Presenter",
        "right bottom",
        _later("presenter:PresenterPanel"),
        key="Ctrl+M",
        deed="Write to the presenter",
        prepare="left",
        debrief="",
    ),
    PanelSpec(
        "connections",
        "Connections",
        "right bottom",
        _later("connections:ConnectionsPanel"),
        compact_place="centre bottom",
    ),
    PanelSpec(
        "instructor",
        "Instructor",
        "centre bottom",
        _later("instructor:InstructorPanel"),
        shown=False,
    ),
    PanelSpec(
        "score",
        "Score",
        "centre top",
        _later("score:ScorePanel"),
        shown=False,
        debrief="centre bottom",
    ),
)
