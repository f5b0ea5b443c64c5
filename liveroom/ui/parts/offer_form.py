"""The form of a new offer: what it gives, on what, how long; its prices and margins before the one press."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from liveroom.models.facts import Mode
from liveroom.models.offers import ForWhom, Offer, OfferKind
from liveroom.ui import format as fmt
from liveroom.ui import offer_words as words
from liveroom.ui import typed
from liveroom.ui.parts.choice import Choice
from liveroom.ui.parts.field import Field
from liveroom.ui.parts.form_rows import FormRows, Heading, beside, rule, scrolling
from liveroom.ui.parts.lever_button import LeverButton
from liveroom.ui.parts.product_picker import ProductPicker
from liveroom.ui.parts.runs import Run, RunLine
from liveroom.ui.theme import Theme

if TYPE_CHECKING:
    from liveroom.models.snapshot import ProductRow, Snapshot

_KINDS, _WHOM = tuple(OfferKind), tuple(ForWhom)
_FIRST_PERCENT, _FIRST_SPAN = "10", "10:00"
_LAUNCH = {Mode.REHEARSAL: "Launch simulated"}
_LINES, _NOTES = 3, 3
_RIGHT = Qt.AlignmentFlag.AlignRight


class OfferForm(QWidget):
    """Holds an offer that is not launched; `launched` hands it over once, `left` goes back."""

    launched = Signal(object)
    left = Signal()

    def __init__(self, theme: Theme) -> None:
        """Build the rows with a ten-minute discount of 10 % on what is on air."""
        super().__init__()
        self._theme = theme
        self._snapshot: Snapshot | None = None
        self._rows: dict[str, ProductRow] = {}
        self.title = Heading(theme, "New offer")
        self.back = LeverButton(theme, "Back", "Esc")
        self.kind = Choice(
            theme, "Kind", [words.KIND_WORDS[kind] for kind in _KINDS], rows=2, at_once=True
        )
        self.percent = Field(theme, "Percent off", 64)
        self.amount = Field(theme, "Amount", 96)
        self.unit = RunLine(theme, 24)
        self.products = ProductPicker(theme, "Products", many=True)
        self.gift = ProductPicker(theme, "Gift", follows=False)
        self.span = Field(theme, "Runs for", 64)
        self.limit = Field(theme, "Limited to", 64)
        self.whom = Choice(theme, "For", [words.WHOM_WORDS[who] for who in _WHOM], at_once=True)
        self.name = Field(theme, "Title", number=False)
        self.prices = [
            (RunLine(theme, 18), RunLine(theme, 18, _RIGHT, fits=True)) for _ in range(_LINES)
        ]
        self.margins = [RunLine(theme, 15, _RIGHT) for _ in range(_LINES)]
        self.consequences = [RunLine(theme, 16) for _ in range(_NOTES)]
        self.problem = RunLine(theme, 18)
        self.launch = LeverButton(theme, "Launch now", fill="offer")
        self.launch.setFixedHeight(32)
        self._build()
        self.clear()
        self._connect()

    def clear(self) -> None:
        """Forget what was filled in."""
        self.kind.show_state(0)
        self.whom.show_state(0)
        self.percent.setText(_FIRST_PERCENT)
        self.span.setText(_FIRST_SPAN)
        for field in (self.amount, self.limit, self.name):
            field.clear()
        self.products.choose()
        self.gift.choose()
        self._update()

    def show_snapshot(self, snapshot: Snapshot, rows: dict[str, ProductRow], busy: str) -> None:
        """Take prices, margins and what is on air as they are now."""
        self._snapshot, self._rows = snapshot, rows
        on_air = on_air_skus(snapshot)
        self.products.show_products(rows, on_air)
        self.gift.show_products(rows, ())
        self.launch.say(_LAUNCH.get(snapshot.mode, "Launch now"), busy)
        self._update()

    def offer(self) -> Offer | None:
        """Return the offer as it stands, None where no product is chosen or a number is none."""
        kind, snapshot = self._kind(), self._snapshot
        currency = None if snapshot is None else snapshot.currency
        skus = () if kind is OfferKind.LEAD_MAGNET else self.products.skus()
        if skus is None or self._wrong():
            return None
        percent = typed.number(self.percent.text()) if kind is OfferKind.PERCENTAGE else None
        amount = typed.money(self.amount.text(), currency) if self._has_amount() else None
        offer = Offer(
            offer_id=f"offer:{uuid.uuid4().hex[:8]}",
            kind=kind,
            title="",
            skus=skus,
            percent=float(percent or 0),
            amount_minor=amount or 0,
            gift_sku=self.gift.sku() if kind is OfferKind.GIFT else "",
            duration_ms=typed.span(self.span.text()) if self.span.text().strip() else None,
            limit_units=typed.whole(self.limit.text()) if self._has_limit() else None,
            for_whom=_WHOM[self.whom.current or 0],
        )
        return _titled(offer, self.name.text().strip(), currency, self._rows)

    def try_launch(self) -> None:
        """Hand the offer over if it can be launched."""
        offer = self.offer()
        if offer is not None and self.launch.isEnabled() and not self._problem(offer):
            self.launched.emit(offer)

    def is_touched(self) -> bool:
        """Return whether something is typed right now."""
        fields = (self.percent, self.amount, self.span, self.limit, self.name)
        return any(field.hasFocus() for field in fields)

    def texts(self) -> dict[str, str]:
        """Return the numbers on show."""
        lines = {
            f"line{place}": f"{name.text()} {price.text()} {margin.text()}".strip()
            for place, ((name, price), margin) in enumerate(
                zip(self.prices, self.margins, strict=True)
            )
        }
        said = " · ".join(line.text() for line in self.consequences if line.text())
        return lines | {"consequence": said, "problem": self.problem.text()}

    def _build(self) -> None:
        head = beside((self.back, self.title))
        rows = FormRows(self._theme)
        rows.across(self.kind)
        self._gives = rows.add("Gives", self.percent, self.amount, self.unit)
        self._gift = rows.add("Gift", self.gift)
        self._products = rows.add("On", self.products)
        rows.add("Runs for", self.span, _note(self._theme, "m:ss · blank: until ended"))
        self._limits = rows.add(
            "Limited to", self.limit, _note(self._theme, "units · blank: no limit")
        )
        rows.add("For", self.whom)
        rows.add("Title", self.name)
        fields = QWidget()
        column = QVBoxLayout(fields)
        column.setContentsMargins(10, 6, 10, 4)
        column.setSpacing(4)
        column.addWidget(head)
        column.addLayout(rows)
        # Nobody launches what is not seen: the price, the margin and what is wrong stay in sight.
        foot = QVBoxLayout()
        foot.setContentsMargins(10, 4, 10, 8)
        foot.setSpacing(2)
        for place, ((name, price), margin) in enumerate(
            zip(self.prices, self.margins, strict=True)
        ):
            below = foot if place == 0 else column
            below.addWidget(beside((name, price)))
            below.addWidget(margin)
        for line in self.consequences:
            column.addWidget(line)
        column.addStretch(1)
        foot.addWidget(self.problem)
        foot.addWidget(self.launch)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(scrolling(fields), 1)
        whole.addWidget(rule(self._theme))
        whole.addLayout(foot)

    def _connect(self) -> None:
        for field in (self.percent, self.amount, self.span, self.limit, self.name):
            field.textChanged.connect(self._update)
        for choice in (self.kind, self.whom):
            choice.chosen.connect(self._update)
        for picker in (self.products, self.gift):
            picker.changed.connect(self._update)
        self.back.clicked.connect(self.left)
        self.launch.clicked.connect(self.try_launch)

    def _kind(self) -> OfferKind:
        return _KINDS[self.kind.current or 0]

    def _has_amount(self) -> bool:
        return self._kind() in (OfferKind.AMOUNT, OfferKind.KIT)

    def _has_limit(self) -> bool:
        return bool(self.limit.text().strip()) and self._kind() is not OfferKind.LEAD_MAGNET

    def _wrong(self) -> str:
        """Return what is wrong with what was typed, and mark it."""
        currency = None if self._snapshot is None else self._snapshot.currency
        span, limit = self.span.text().strip(), self.limit.text().strip()
        wrong = {
            self.percent: self._kind() is OfferKind.PERCENTAGE
            and typed.number(self.percent.text()) is None,
            self.amount: self._has_amount()
            and bool(self.amount.text().strip())
            and typed.money(self.amount.text(), currency) is None,
            self.span: bool(span) and typed.span(span) is None,
            self.limit: self._has_limit() and not typed.whole(limit),
        }
        for field, is_wrong in wrong.items():
            field.mark_wrong(is_wrong)
        named = [field.accessibleName() for field, is_wrong in wrong.items() if is_wrong]
        return f"{named[0]}: that is not a number the desk can read" if named else ""

    def _problem(self, offer: Offer | None) -> str:
        if self._snapshot is None:
            return "Waiting for the session"
        if offer is None:
            return self._wrong() or "Nothing to sell is on air; choose the products"
        return words.problem_of(offer, self._snapshot)

    def _update(self) -> None:
        kind = self._kind()
        self.percent.setVisible(kind is OfferKind.PERCENTAGE)
        self.amount.setVisible(self._has_amount())
        _show(self._gives, kind is OfferKind.PERCENTAGE or self._has_amount())
        _show(self._gift, kind is OfferKind.GIFT)
        _show(self._products, kind is not OfferKind.LEAD_MAGNET)
        _show(self._limits, kind is not OfferKind.LEAD_MAGNET)
        snapshot = self._snapshot
        currency = None if snapshot is None else snapshot.currency
        unit = {
            OfferKind.PERCENTAGE: "% off the price",
            OfferKind.AMOUNT: f"{fmt.symbol(currency)} off each unit",
            OfferKind.KIT: f"{fmt.symbol(currency)} for one of each",
        }
        self.unit.set_runs(Run(unit.get(kind, ""), "text_2"))
        offer = self.offer()
        problem = self._problem(offer)
        self._show_prices(offer)
        runs = (Run(glyph="attention", tone="warn", px=10), Run(problem, "warn", 11, gap=5))
        self.problem.set_runs(*(runs if problem else ()))
        self.launch.setEnabled(not problem and snapshot is not None and not is_past(snapshot))
        if offer is not None:
            self.name.setPlaceholderText(_titled(offer, "", currency, self._rows).title)

    def _show_prices(self, offer: Offer | None) -> None:
        snapshot = self._snapshot
        lines: list[words.PriceLine] = []
        notes: list[str] = []
        if offer is not None and snapshot is not None:
            every = words.price_lines(offer, self._rows)
            lines, more = words.shown_lines(every)
            known = words.limit_words(offer, every, snapshot, self._rows)
            overlap = words.overlap_of(offer, snapshot)
            notes = [note for note in (more, known, overlap, _cost(offer)) if note]
        currency = None if snapshot is None else snapshot.currency
        for place, (name, price) in enumerate(self.prices):
            line = lines[place] if place < len(lines) else None
            left, right = ((), ()) if line is None else words.price_runs(line, currency)
            name.set_runs(*left)
            price.set_runs(*right)
            self.margins[place].set_runs(*(() if line is None else words.margin_runs(line)))
            for widget in (name, price, self.margins[place]):
                widget.setVisible(line is not None)
        for place, said in enumerate(self.consequences):
            said.set_runs(Run(notes[place] if place < len(notes) else "", "text_2", 11))


def on_air_skus(snapshot: Snapshot) -> tuple[str, ...]:
    """Return the products of the segment on air."""
    cue = snapshot.run_of_show.on_air
    place = None if cue is None else snapshot.run_of_show.index(cue.segment_id)
    return () if place is None else snapshot.run_of_show.segments[place].skus


def is_past(snapshot: Snapshot) -> bool:
    """Return whether what is shown happened already and cannot be changed."""
    return snapshot.is_past or snapshot.mode in (Mode.REPLAY, Mode.DEBRIEF)


def _titled(offer: Offer, title: str, currency: str | None, rows: dict[str, ProductRow]) -> Offer:
    return replace(offer, title=title or words.title_of(offer, currency, rows))


def _cost(offer: Offer) -> str:
    if offer.kind is OfferKind.FREE_SHIPPING:
        return "you pay the shipping, which is not in the margin"
    if offer.kind is OfferKind.LEAD_MAGNET:
        return "collects contacts; sells nothing by itself"
    return ""


def _note(theme: Theme, text: str) -> RunLine:
    line = RunLine(theme, 24)
    line.set_runs(Run(text, "text_3", 11))
    return line


def _show(row: tuple[QWidget, QWidget], shown: bool) -> None:
    for widget in row:
        widget.setVisible(shown)
