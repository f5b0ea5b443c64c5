"""Offers that run, with what is left of them and a way to end them; below them those that are over."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from liveroom.ui import format as fmt
from liveroom.ui import offer_words as words
from liveroom.ui.parts.form_rows import beside
from liveroom.ui.parts.lever_button import SureButton
from liveroom.ui.parts.runs import Run, RunLine
from liveroom.ui.theme import Theme

if TYPE_CHECKING:
    from liveroom.models.levers import RunningOffer
    from liveroom.models.snapshot import ProductRow, Snapshot

MOST_OVER = 3
_RIGHT = Qt.AlignmentFlag.AlignRight


class OfferRow(QWidget):
    """One running offer in two lines."""

    def __init__(self, theme: Theme, end: Callable[[], None]) -> None:
        """Take what ends it."""
        super().__init__()
        self.first = RunLine(theme, 17)
        self.time = RunLine(theme, 17, _RIGHT, fits=True)
        self.second = RunLine(theme, 15)
        self.units = RunLine(theme, 15, _RIGHT, fits=True)
        self.button = SureButton(theme, "End", "Sure?", end)
        lines = QVBoxLayout()
        lines.setSpacing(1)
        lines.addWidget(beside((self.first, self.time)))
        lines.addWidget(beside((self.second, self.units)))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 3, 0, 3)
        row.setSpacing(8)
        row.addLayout(lines, 1)
        row.addWidget(self.button)

    def show_offer(
        self, running: RunningOffer, snapshot: Snapshot, rows: dict[str, ProductRow], busy: str
    ) -> None:
        """Show what is left at the instant of the snapshot."""
        time, units = words.left_of(running, snapshot)
        self.first.set_runs(
            Run(glyph="offer", tone="offer", px=10), Run(running.offer.title, weight=500, gap=7)
        )
        self.time.set_runs(Run(time, "text"))
        caption = words.caption_of(running, snapshot.currency, rows)
        self.second.set_runs(Run(caption, "text_3", 11, gap=17))
        self.units.set_runs(Run(units, "text_2", 11))
        self.button.name("End", busy)
        self.button.setAccessibleName(f"End {running.offer.title}")


class OfferRows(QWidget):
    """Rows by the id of their offer, made and dropped as offers start and end."""

    def __init__(self, theme: Theme, end: Callable[[str], None]) -> None:
        """Take what ends an offer by its id."""
        super().__init__()
        self._theme, self._end = theme, end
        self.rows: dict[str, OfferRow] = {}
        self.none = RunLine(theme, 24)
        self.none.set_runs(Run("No offer runs. Press New offer to prepare one.", "text_3"))
        self.over = [RunLine(theme, 16) for _ in range(MOST_OVER)]
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        for line in (self.none, *self.over):
            self._column.addWidget(line)

    def show_offers(
        self,
        snapshot: Snapshot,
        products: dict[str, ProductRow],
        word: Callable[[str], str],
        past: bool,
    ) -> None:
        """Show the offers; `word` tells which ends were asked for, `past` forbids them."""
        running = snapshot.levers.running(snapshot.at)
        wanted = {one.offer.offer_id for one in running}
        for offer_id in [known for known in self.rows if known not in wanted]:
            row = self.rows.pop(offer_id)
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        for place, one in enumerate(running):
            offer_id = one.offer.offer_id
            row = self.rows.get(offer_id) or self._add(offer_id, place)
            row.show_offer(one, snapshot, products, word(offer_id))
            row.button.setEnabled(not past and not word(offer_id))
        self.none.setVisible(not running and not past)
        over = [one for one in snapshot.levers.offers if not one.runs(snapshot.at)][-MOST_OVER:]
        for place, line in enumerate(self.over):
            line.setVisible(place < len(over))
            if place < len(over):
                line.set_runs(*_over(over[-1 - place], snapshot))

    def texts(self) -> dict[str, str]:
        """Return what is on show, by offer."""
        texts: dict[str, str] = {}
        for offer_id, row in self.rows.items():
            texts[f"{offer_id}.title"] = row.first.text()
            texts[f"{offer_id}.left"] = row.time.text()
            texts[f"{offer_id}.units"] = row.units.text()
            texts[f"{offer_id}.end"] = row.button.words()
        shown = [line.text() for line in self.over if not line.isHidden()]
        return texts | {f"over{place}": text for place, text in enumerate(shown)}

    def _add(self, offer_id: str, place: int) -> OfferRow:
        row = OfferRow(self._theme, lambda: self._end(offer_id))
        self.rows[offer_id] = row
        self._column.insertWidget(place, row)
        return row


def _over(one: RunningOffer, snapshot: Snapshot) -> tuple[Run, ...]:
    ends = [end for end in (one.ended_at, one.ends_at) if end is not None]
    clock = fmt.clock(min(ends), snapshot.timezone, seconds=False) if ends else fmt.NONE_YET
    sales = snapshot.by_offer.get(one.offer.offer_id)
    parts = [f"over since {clock}"]
    if one.reason and one.ended_at is not None and one.ended_at == min(ends):
        parts.append(one.reason)
    if sales is not None and sales.orders is not None:
        parts.append(fmt.plural(sales.orders, "order"))
    return (
        Run(glyph="armed", tone="text_3", px=10),
        Run(one.offer.title, "text_2", 11, gap=7),
        Run(" · ".join(parts), "text_3", 11, gap=8),
    )
