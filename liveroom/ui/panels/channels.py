"""Entry channels: where visits come from, and how well each converts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout

from liveroom.models.definitions import DEFINITIONS
from liveroom.models.facts import Fact
from liveroom.ui import format as fmt
from liveroom.ui import glyphs
from liveroom.ui.channel_rows import (
    Line,
    cells_of,
    cells_of_total,
    fitting,
    lines_of,
    people_of,
    total_of,
    who_came,
)
from liveroom.ui.freshness import freshness, troubled_facts
from liveroom.ui.keyboard.commands import PanelCommand
from liveroom.ui.panel import Heading, Nothing, Panel, Submit
from liveroom.ui.parts.cells import ROW_HEIGHT, Cell, Column, row_height
from liveroom.ui.parts.channel_lanes import (
    CONVERSION,
    ORDERS,
    SHARE,
    VISITS,
    ChannelLanes,
)
from liveroom.ui.parts.choice import Choice
from liveroom.ui.parts.share_bar import Share, ShareBar
from liveroom.ui.parts.table import Table
from liveroom.ui.theme import Theme
from liveroom.ui.tooltips import explain

if TYPE_CHECKING:
    from liveroom.models.snapshot import Snapshot

_VIEWS = (
    ("Table", ""),
    ("Share", SHARE),
    ("Visits", VISITS),
    ("Orders", ORDERS),
    ("Conv.", CONVERSION),
)
"""What the panel can show: the table, or a measure over time."""
_VIEWS_WIDTH, _NARROW = 272, 440
_COLUMNS = (
    Column("channel", "Channel", 0, left=True),
    Column("visits", "Visits", 46),
    Column("share", "Share", 46, 5),
    Column("orders", "Orders", 51, 2),
    Column("recent", "Conv. 10 min", 82, 3),
    Column("conversion", "Conv.", 46),
    Column("revenue", "Revenue", 60),
    Column("average_order_value", "AOV", 42, 8),
    Column("new_share", "New", 46, 7),
    Column("ad_spend", "Spend", 54, 9),
    Column("roas", "ROAS", 46, 1),
    Column("cac", "CAC", 42, 6),
)
_OF_ADS = frozenset({"ad_spend", "roas", "cac"})
_OF_NEW = frozenset({"new_share", "cac"})
_RULE = "Organic, paid and direct are named by rule; the platform's own label is beneath."
_OVER_TIME = {
    SHARE: "parts of all visits",
    VISITS: "visits",
    ORDERS: "orders",
    CONVERSION: "conversion: orders ÷ visits",
}
_HOUR = 60


class ChannelsPanel(Panel):
    """Organic, paid, direct and unknown, each with the platform's own labels beneath."""

    commands = (
        PanelCommand(
            "view",
            "Table, share, visits, orders or conversion over time",
            ("V",),
            lambda panel: panel.next_view(),
        ),
    )

    def __init__(self, submit: Submit, theme: Theme) -> None:
        """Build the bar and the table."""
        super().__init__(submit, theme)
        self._snapshot: Snapshot | None = None
        self._keys: list[str] = []
        self._lines: list[Line] = []
        self._absent: frozenset[str] = frozenset()
        self._hidden = 0
        self._bar = ShareBar(theme)
        self._table = Table(theme, _COLUMNS, ROW_HEIGHT, self._describe)
        self._table.set_least_name(112)
        # Once the table has its size: other rows may bring or take its scroll bar, and that its width.
        self._fits = QTimer(self, singleShot=True, interval=0)
        self._fits.timeout.connect(lambda: self.fence(self._fit))
        self._table.resized.connect(self._fits.start)
        self.views = Choice(theme, "View", [words for words, _ in _VIEWS], at_once=True)
        self.views.setFixedWidth(_VIEWS_WIDTH)
        self.views.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.views.chosen.connect(lambda _: self._turn())
        self.lanes = ChannelLanes(theme)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._table)
        self._pages.addWidget(self.lanes)
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._head.setContentsMargins(0, 0, 8, 0)
        self._head.setSpacing(4)
        self._head.addWidget(self._bar, 1)
        self._head.addWidget(self.views, 0, Qt.AlignmentFlag.AlignRight)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(2)
        column.addLayout(self._head)
        column.addWidget(self._pages, 1)
        self.setFocusProxy(self._table)

    def nothing(self, snapshot: Snapshot) -> Nothing | None:
        if snapshot.channels:
            return None
        if Fact.VISITS in snapshot.counting or Fact.ORDERS in snapshot.counting:
            return Nothing("No visits yet", "Channels appear with the first visit.")
        hint = "Entry channels need a source that reports visits, or orders with their channel."
        return Nothing("No source reports visits", hint)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        before, self._snapshot = self._snapshot, snapshot
        self._show_over_time()
        self._show_sources(snapshot)
        people = people_of(snapshot)
        if (
            before is not None
            and before.channels is snapshot.channels
            and people_of(before) == people
        ):
            return
        self._show_lines(snapshot, people)

    def _show_lines(self, snapshot: Snapshot, people: list[Line]) -> None:
        every = lines_of(snapshot.channels)
        # Below the channels stands at least the line of all of them.
        lines = fitting(every, self._table.viewport().height() // row_height(self.height()) - 1)
        self._hidden = len(every) - len(lines)
        self._lines = lines
        keys = [line.key for line in lines] + ["total"] + [line.key for line in people]
        if keys != self._keys:
            self._keys = keys
            self._table.resize_rows(0)
            self._table.resize_rows(len(keys))
            for row, line in enumerate(lines):
                self._paint_square(row, line)
        whole = [line for line in every if not line.beneath]
        everyone, currency = total_of(whole), snapshot.currency
        for row, line in enumerate(lines):
            self._show_cells(row, cells_of(line, everyone.visits, currency))
        self._show_cells(len(lines), cells_of_total(everyone, snapshot))
        self._table.set_background(len(lines), "header")
        for row, line in enumerate(people, len(lines) + 1):
            self._show_cells(row, cells_of(line, total_of(people).visits, currency))
        self._bar.show_shares([Share(x.title, x.visits, x.colour) for x in whole if x.visits])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._table.set_row_height(row_height(self.height()))
        # A bar that is hardly longer than its words says nothing: where it is narrow it gets a line.
        narrow = self.width() < _NARROW
        ways = QBoxLayout.Direction
        self._head.setDirection(ways.TopToBottom if narrow else ways.LeftToRight)

    def _fit(self) -> None:
        """Show as many labels as there is room for now."""
        if self._snapshot is not None and self._snapshot.channels:
            self._show_lines(self._snapshot, people_of(self._snapshot))
            self.say_heading()

    def heading(self) -> Heading:
        snapshot = self._snapshot
        words = "conversion: orders ÷ visits"
        if snapshot is None:
            return Heading(words)
        measure = self._measure()
        if measure:
            minutes = snapshot.channel_blocks.minutes
            unit = (
                f"{fmt.plural(minutes, 'minute')}" if minutes < _HOUR else f"{minutes // _HOUR} h"
            )
            words = f"{_OVER_TIME[measure]} · blocks of {unit}"
        facts = [Fact.VISITS, Fact.ORDERS]
        facts += [Fact.AD_SPEND] if Fact.AD_SPEND in snapshot.counting else []
        fresh = freshness(snapshot, facts)
        shown, possible = len(self._table.shown_columns()), len(_COLUMNS) - len(self._absent)
        few = [f"{shown} of {possible} columns"] if shown < possible else []
        few += [f"{fmt.plural(self._hidden, 'label')} hidden"] if self._hidden else []
        if few and not fresh.troubled and not measure:
            return Heading(words, " · ".join(few))
        return Heading(words, fresh.note, fresh.tone)

    def numbers(self) -> dict[str, str]:
        return {
            f"{key}.{column.key}": self._table.text_at(row, column.key)
            for row, key in enumerate(self._keys)
            for column in _COLUMNS[1:]
        } | {f"{channel}.over_time": text for channel, text in self.lanes.texts().items()}

    def _measure(self) -> str:
        """Return what is shown over time, blank for the table."""
        return _VIEWS[self.views.current or 0][1]

    def next_view(self) -> None:
        self.views.pick(((self.views.current or 0) + 1) % len(_VIEWS))

    def _turn(self) -> None:
        self._show_over_time()
        self._pages.setCurrentIndex(1 if self._measure() else 0)
        self.say_heading()

    def _show_over_time(self) -> None:
        if self._snapshot is not None:
            measure = self._measure() or SHARE
            self.lanes.show_blocks(self._snapshot.channel_blocks, measure, self._snapshot.timezone)

    def _show_sources(self, snapshot: Snapshot) -> None:
        absent = frozenset() if Fact.AD_SPEND in snapshot.counting else _OF_ADS
        if all(row.new_orders is None for row in snapshot.channels):
            absent |= _OF_NEW
        self._absent = absent
        self._table.leave_out(absent)
        silent = troubled_facts(snapshot)
        stale = [
            column.key
            for column in _COLUMNS[1:]
            if silent and silent.intersection(DEFINITIONS[f"channel.{column.key}"].facts)
        ]
        self._table.set_stale(frozenset(stale))

    def _show_cells(self, row: int, cells: dict[str, Cell]) -> None:
        for key, cell in cells.items():
            self._table.set_cell(row, key, cell)

    def _paint_square(self, row: int, line: Line) -> None:
        if not line.beneath:
            picture = glyphs.pixmap("square", 9, self.theme[line.colour], self.devicePixelRatioF())
            self._table.set_picture(row, "channel", picture)

    def _describe(self, key: str, row: int) -> str:
        if key == "channel":
            line = self._lines[row] if 0 <= row < len(self._lines) else None
            return _RULE if line is None else "\n".join(filter(None, (_RULE, who_came(line))))
        exact = self._table.text_at(row, key) if row >= 0 else ""
        return explain(f"channel.{key}", self._snapshot, exact)
