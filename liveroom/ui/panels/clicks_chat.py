"""The map of clicks and chat: what the audience did, per block of time and product."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from liveroom.ui import heat_rows
from liveroom.ui.freshness import freshness
from liveroom.ui.keyboard.commands import FixedKey, PanelCommand
from liveroom.ui.panel import Heading, Nothing, Panel, Submit
from liveroom.ui.parts.cell_page import CellPage
from liveroom.ui.parts.choice import Choice
from liveroom.ui.parts.heat_grid import HeatGrid
from liveroom.ui.spans import span_words
from liveroom.ui.theme import Theme
from liveroom.ui.tooltips import explain

if TYPE_CHECKING:
    from liveroom.models.snapshot import Snapshot

_GROUPS, _LEAST_PRODUCTS = 2, 2


class ClicksAndChatPanel(Panel):
    """A choice of what is counted, the map, and the page of a cell."""

    commands = (
        PanelCommand(
            "count", "Count clicks, carts or orders", ("M",), lambda panel: panel.count_next()
        ),
    )
    fixed_keys = (
        FixedKey(("Left", "Right", "Up", "Down"), "Choose a cell"),
        FixedKey(("Return",), "Open the cell: what was said and done"),
        FixedKey(("T",), "In an open cell: travel there"),
        FixedKey(("Esc",), "Back to the map"),
    )

    def __init__(self, submit: Submit, theme: Theme) -> None:
        """Build the choice, the map and the page."""
        super().__init__(submit, theme)
        self._snapshot: Snapshot | None = None
        self._metric, self._is_picked = heat_rows.METRICS[0], False
        self._left_out = ""
        self._told_before: tuple[int | None, ...] = ()
        self._cell: tuple[str, int] | None = None
        words = tuple(name.capitalize() for name in heat_rows.METRICS)
        self.choice = Choice(theme, "What the cells count", words, at_once=True)
        self.choice.chosen.connect(self.count)
        self.grid = HeatGrid(theme)
        self.grid.tip = self._tip
        self.grid.opened.connect(self.open_cell)
        self.grid.resized.connect(lambda: self.fence(self._fit))
        self.page = CellPage(theme)
        self.page.closed.connect(self.close_cell)
        self.page.travelled.connect(lambda at: self.travel(at))
        self._pages = QStackedWidget()
        self._pages.addWidget(self.grid)
        self._pages.addWidget(self.page)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 6, 8, 6)
        column.setSpacing(4)
        column.addWidget(self.choice)
        column.addWidget(self._pages, 1)
        self.setFocusProxy(self.grid)

    def nothing(self, snapshot: Snapshot) -> Nothing | None:
        metric = self._metric if self._is_picked else heat_rows.first_known(snapshot)
        if snapshot.blocks is not None and (
            heat_rows.room_of(snapshot) or heat_rows.heat_rows(snapshot, metric, 1)
        ):
            return None
        return Nothing(
            "Nothing clicked or said yet", "Cells fill with clicks, carts, orders and chat."
        )

    def show_snapshot(self, snapshot: Snapshot) -> None:
        before, self._snapshot = self._snapshot, snapshot
        if not self._is_picked:
            self._metric = heat_rows.first_known(snapshot)
            self.choice.show_state(heat_rows.METRICS.index(self._metric))
        told = self._told(snapshot)
        if before is None or before.blocks is not snapshot.blocks or told != self._told_before:
            self._told_before = told
            self._show()

    def heading(self) -> Heading:
        snapshot = self._snapshot
        if snapshot is None or snapshot.blocks is None:
            return Heading()
        unit, minutes = heat_rows.unit_of(snapshot.blocks), snapshot.blocks.minutes
        # Of what no product has any, only the room is on the map.
        what = self._metric if heat_rows.products_in(snapshot, self._metric) else "messages"
        words = f"{what} {unit.words}, in blocks of {span_words(minutes)}"
        if minutes < heat_rows.HOUR_MINUTES:
            words = f"{what} {unit.words}, in {minutes}-min blocks"
        fresh = freshness(snapshot, heat_rows.facts_of(snapshot, self._metric))
        note = fresh.note if fresh.troubled else self._left_out or fresh.note
        return Heading(f"{words} · outlined = on air", note, fresh.tone)

    def _told(self, snapshot: Snapshot) -> tuple[int | None, ...]:
        """Return until when the sources of the map were heard."""
        return tuple(
            heat_rows.heard_until(snapshot, name) for name in (self._metric, *heat_rows.ROOM)
        )

    def numbers(self) -> dict[str, str]:
        if self._pages.currentWidget() is self.page:
            return self.page.numbers()
        return self.grid.texts()

    def count(self, place: int) -> None:
        """Let the cells count clicks, carts or orders."""
        self._metric, self._is_picked = heat_rows.METRICS[place], True
        self.choice.show_state(place)
        self._show()

    def count_next(self) -> None:
        """Let the cells count the next of clicks, carts and orders."""
        self.count((heat_rows.METRICS.index(self._metric) + 1) % len(heat_rows.METRICS))

    def open_cell(self, row: str, block: int) -> None:
        """Show what was said and done in a cell."""
        self._cell = (row, block)
        self._show()
        self._pages.setCurrentWidget(self.page)
        self.page.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_cell(self) -> None:
        """Back to the map."""
        self._cell = None
        self._pages.setCurrentWidget(self.grid)
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show()

    def _fit(self) -> None:
        """Show as many rows as there is room for now."""
        self._show()
        self.say_heading()

    def _show(self) -> None:
        snapshot = self._snapshot
        if snapshot is None or snapshot.blocks is None:
            return
        if self._cell is not None:
            self.page.show_cell(snapshot, *self._cell)
            return
        rooms = len(heat_rows.room_of(snapshot)) + len(heat_rows.intents_of(snapshot.blocks))
        room = self.grid.room_for(_GROUPS - 1 if rooms else 0)
        # Half of the room is the products', as far as there are so many.
        products = heat_rows.products_in(snapshot, self._metric)
        below = min(rooms, max(room - products, room // 2), max(0, room - _LEAST_PRODUCTS))
        most = max(_LEAST_PRODUCTS, room - below)
        found = heat_rows.heat_rows(snapshot, self._metric, most, below)
        rows = self.grid.fitting(found)
        whole = len(found) + rooms - below
        self._left_out = f"{len(rows)} of {whole} rows" if len(rows) < whole else ""
        wide = self.grid.width() - 106
        self.grid.show_rows(rows, heat_rows.heads_of(snapshot, snapshot.blocks, wide))

    def _tip(self, row: str, block: int) -> str:
        if self._snapshot is None or self._snapshot.blocks is None:
            return ""
        from liveroom.ui.cell_words import title_of

        return explain("block.rate", self._snapshot, title_of(self._snapshot, row, block))
