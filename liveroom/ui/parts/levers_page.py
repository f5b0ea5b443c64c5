"""The levers beside offers: one product's card, link and stock; the way of presenting, ads, reminders."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from liveroom.models import commands as c
from liveroom.models.facts import Fact, Presentation, Recipients
from liveroom.models.kits import price_now
from liveroom.ui import format as fmt
from liveroom.ui import offer_words as words
from liveroom.ui import typed
from liveroom.ui.parts.asked import Asked, Done, set_anew
from liveroom.ui.parts.choice import Choice
from liveroom.ui.parts.field import Field
from liveroom.ui.parts.form_rows import FormRows, rule
from liveroom.ui.parts.lever_button import LeverButton, SureButton
from liveroom.ui.parts.offer_form import is_past, on_air_skus
from liveroom.ui.parts.product_picker import ProductPicker
from liveroom.ui.parts.runs import Run, RunLine
from liveroom.ui.theme import Theme

if TYPE_CHECKING:
    from liveroom.models.levers import Levers
    from liveroom.models.snapshot import ProductRow, Snapshot

_STYLES, _TO = tuple(Presentation), tuple(Recipients)
_ON_OFF = (True, False)
_TO_WORDS = {
    Recipients.CARTS: "Carts",
    Recipients.PARTICIPANTS: "Participants",
    Recipients.CUSTOMERS: "Buyers",
}
_STYLE_WORDS = {
    Presentation.TALK: "Talk",
    Presentation.DEMONSTRATION: "Demo",
    Presentation.EDUCATION: "Education",
}
_LINK, _STYLE, _ADS, _STOCK, _AUTO = "link", "style", "ads", "stock_integrated", "auto"


class LeversPage(QWidget):
    """Every lever with its present state; `moved` hands over a command and how to tell that it was done."""

    moved = Signal(str, object, object)

    def __init__(self, theme: Theme) -> None:
        """Build the two parts."""
        super().__init__()
        self._theme = theme
        self._snapshot: Snapshot | None = None
        self.product = ProductPicker(theme, "Product")
        self.facts = RunLine(theme, 15)
        self.pin = LeverButton(theme, "Pin", "P")
        self.link = LeverButton(theme, "Send link", "L")
        self.units = Field(theme, "Units to reserve", 52)
        self.reserve = LeverButton(theme, "Reserve")
        self.reserved = RunLine(theme, 24)
        self.state = RunLine(theme, 15)
        self.presenting = Choice(theme, "Presenting", [_STYLE_WORDS[one] for one in _STYLES])
        self.auto = Choice(theme, "Automatic payment links", ("On", "Off"))
        self.integrated = Choice(theme, "One stock for all channels", ("On", "Off"))
        self.spend = Field(theme, "Ad spend per minute", 72)
        self.set_spend = LeverButton(theme, "Set")
        self.spends = RunLine(theme, 24)
        self.remind = [
            SureButton(theme, _TO_WORDS[one], "Sure?", partial(self._remind, one)) for one in _TO
        ]
        self.reminded = RunLine(theme, 15)
        self._build()
        self._connect()

    def show_snapshot(self, snapshot: Snapshot, rows: dict[str, ProductRow], asked: Asked) -> None:
        """Show what every lever is set to, and which ones were asked to move."""
        self._snapshot = snapshot
        self.product.show_products(rows, on_air_skus(snapshot))
        able = not is_past(snapshot)
        self._show_product(rows, asked, able)
        levers = snapshot.levers
        # What nobody told is unknown, and not what it is at first.
        style = levers.style if _STYLE in levers.set_at else None
        told = "payment_links_automatic" in levers.set_at
        automatic = levers.payment_links_automatic if told else None
        self._show_choice(self.presenting, _STYLE, _STYLES, style, asked, able)
        self._show_choice(self.auto, _AUTO, _ON_OFF, automatic, asked, able)
        self._show_choice(self.integrated, _STOCK, _ON_OFF, levers.stock_integrated, asked, able)
        self._show_spend(levers, asked, able)
        self._show_reminders(snapshot, asked, able)

    def texts(self) -> dict[str, str]:
        """Return what is on show."""
        return {
            "product": self.product.words(),
            "facts": self.facts.text(),
            "pin": self.pin.words(),
            "link": self.link.words(),
            "state": self.state.text(),
            "reserve": self.reserve.words(),
            "reserved": self.reserved.text(),
            "presenting": self.presenting.text(),
            "automatic_links": self.auto.text(),
            "one_stock": self.integrated.text(),
            "ad_spend": self.spends.text(),
            "set_ad_spend": self.set_spend.words(),
            "reminded": self.reminded.text(),
        } | {f"remind_{to}": one.words() for to, one in zip(_TO, self.remind, strict=True)}

    def is_touched(self) -> bool:
        """Return whether something is typed right now."""
        return self.units.hasFocus() or self.spend.hasFocus()

    def pin_product(self) -> None:
        """Ask for the product's card above the stream, or to take it away."""
        sku, levers = self._sku(), self._levers()
        if levers is not None and sku and self.pin.isEnabled():
            command = c.PinProduct(sku="" if levers.pinned == sku else sku)
            self._move("pin", command, set_anew("pinned", levers))

    def send_link(self) -> None:
        """Ask for a payment link for the product."""
        sku, levers = self._sku(), self._levers()
        if levers is not None and sku and self.link.isEnabled():
            done = set_anew(f"link {sku}", levers)
            self._move(f"{_LINK} {sku}", c.SendPaymentLink(sku=sku), done)

    def _build(self) -> None:
        product, show = FormRows(self._theme), FormRows(self._theme)
        product.add("Product", self.product)
        product.caption(self.facts)
        product.add("Card, link", self.pin, self.link, stretch=True)
        product.caption(self.state)
        product.add("Stock", self.units, self.reserve, self.reserved)
        show.add("Presenting", self.presenting)
        show.add("Payment links", self.auto)
        show.add("One stock", self.integrated)
        show.add("Ads per min", self.spend, self.set_spend, self.spends)
        show.add("Remind", *self.remind, stretch=True)
        show.caption(self.reminded)
        for rows in (product, show):
            rows.setVerticalSpacing(4)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(rule(self._theme))
        column.addLayout(product)
        column.addWidget(rule(self._theme))
        column.addLayout(show)
        column.addStretch(1)

    def _connect(self) -> None:
        self.pin.clicked.connect(self.pin_product)
        self.link.clicked.connect(self.send_link)
        self.reserve.clicked.connect(self._reserve)
        self.units.returnPressed.connect(self._reserve)
        self.units.textChanged.connect(lambda: self.units.mark_wrong(False))
        self.set_spend.clicked.connect(self._set_spend)
        self.spend.returnPressed.connect(self._set_spend)
        self.spend.textChanged.connect(lambda: self.spend.mark_wrong(False))
        self.presenting.chosen.connect(self._present)
        self.auto.chosen.connect(self._automate)
        self.integrated.chosen.connect(self._integrate)

    def _show_product(self, rows: dict[str, ProductRow], asked: Asked, able: bool) -> None:
        snapshot, sku = self._snapshot, self._sku()
        assert snapshot is not None
        levers, row = snapshot.levers, rows.get(sku)
        for control in (self.pin, self.link, self.reserve, self.units):
            control.setEnabled(able and bool(sku))
        self.product.setEnabled(bool(rows))
        parts = []
        if row is not None:
            price = price_now(sku, row.price_minor, levers.running(snapshot.at))
            share = words.margin(price.now, row.cost_minor)
            told = fmt.money(price.now, snapshot.currency)
            if price.before is not None:
                told += f" instead of {fmt.amount(price.before, snapshot.currency)}"
            parts = [told if price.now is not None else "price unknown"]
            if share is None and row.stock is None:
                parts.append(f"margin and stock {fmt.UNKNOWN}")
            else:
                parts.append(f"margin {fmt.percent(share, missing=fmt.UNKNOWN)}")
                parts.append(f"stock {fmt.count(row.stock)}")
        self.facts.set_runs(Run(" · ".join(parts), "text_3", 11))
        pinned = levers.pinned == sku and bool(sku)
        self.pin.say("Unpin" if pinned else "Pin", asked.word("pin"))
        self.link.say("Send link", asked.word(f"{_LINK} {sku}"))
        self.state.set_runs(*self._state(levers, rows, sku))
        kept = levers.reserved.get(sku)
        self.reserve.say("Reserve", asked.word(f"reserve {sku}"))
        said = "none reserved" if kept is None else f"{fmt.count(kept)} reserved"
        self.reserved.set_runs(Run(said if sku else "", "text_2", 11))

    def _state(self, levers: Levers, rows: dict[str, ProductRow], sku: str) -> tuple[Run, ...]:
        snapshot = self._snapshot
        assert snapshot is not None
        pinned = "nothing pinned"
        if levers.pinned:
            here = levers.pinned == sku
            pinned = "pinned now" if here else f"pinned: {words.name_of(levers.pinned, rows)}"
        runs = [Run(pinned, "text_2" if levers.pinned else "text_3", 11)]
        sent = levers.set_at.get(f"link {sku}")
        if sent is not None:
            age = fmt.age(max(0, snapshot.at - sent), snapshot.at, snapshot.timezone)
            runs.append(Run(f"· link sent {_ago(age)}", "text_3", 11, gap=4))
        return tuple(runs)

    def _show_choice(
        self,
        choice: Choice,
        name: str,
        values: tuple[object, ...],
        value: object,
        asked: Asked,
        able: bool,
    ) -> None:
        waiting = asked.names(f"{name}:")
        choice.setEnabled(able)
        choice.show_state(
            values.index(value) if value in values else None, int(waiting[0]) if waiting else None
        )

    def _show_spend(self, levers: Levers, asked: Asked, able: bool) -> None:
        snapshot = self._snapshot
        assert snapshot is not None
        minor = levers.ad_spend_per_minute_minor
        known = "not set here" if minor is None else f"now {fmt.money(minor, snapshot.currency)}"
        self.spends.set_runs(Run(known, "text_2" if minor is not None else "text_3", 11))
        self.spend.setPlaceholderText(fmt.symbol(snapshot.currency))
        self.spend.setEnabled(able)
        self.set_spend.setEnabled(able)
        self.set_spend.say("Set", asked.word(_ADS))

    def _show_reminders(self, snapshot: Snapshot, asked: Asked, able: bool) -> None:
        sent = []
        for to, button in zip(_TO, self.remind, strict=True):
            button.setEnabled(able)
            button.name(_TO_WORDS[to], asked.word(f"reminder {to}"))
            at = snapshot.levers.set_at.get(f"reminder {to}")
            if at is not None:
                age = fmt.age(max(0, snapshot.at - at), snapshot.at, snapshot.timezone)
                sent.append(f"{_TO_WORDS[to].lower()} {_ago(age)}")
        words = "sent: " + ", ".join(sent) if sent else self._recipients(snapshot)
        self.reminded.set_runs(Run(words, "text_3", 11))

    def _recipients(self, snapshot: Snapshot) -> str:
        left = snapshot.carts
        if Fact.CARTS not in snapshot.counting or left is None:
            return "who left a cart, who took part, who bought"
        return f"{fmt.plural(left, 'cart')} so far"

    def _sku(self) -> str:
        return self.product.sku()

    def _levers(self) -> Levers | None:
        return None if self._snapshot is None else self._snapshot.levers

    def _move(self, name: str, command: c.Command, done: Done) -> None:
        self.moved.emit(name, command, done)

    def _reserve(self) -> None:
        sku, levers, units = self._sku(), self._levers(), typed.whole(self.units.text())
        self.units.mark_wrong(units is None)
        if levers is None or not sku or units is None or not self.reserve.isEnabled():
            return
        self.units.clear()
        done = set_anew(f"reserved {sku}", levers)
        self._move(f"reserve {sku}", c.ReserveStock(sku=sku, units=units), done)

    def _set_spend(self) -> None:
        snapshot = self._snapshot
        if snapshot is None or not self.set_spend.isEnabled():
            return
        minor = typed.money(self.spend.text(), snapshot.currency)
        self.spend.mark_wrong(minor is None)
        if minor is not None:
            self.spend.clear()
            done = set_anew("ad_spend_per_minute_minor", snapshot.levers)
            self._move(_ADS, c.SetAdSpend(per_minute_minor=minor), done)

    def _remind(self, to: Recipients) -> None:
        levers = self._levers()
        if levers is not None:
            name = f"reminder {to}"
            self._move(name, c.SendReminder(to=to), set_anew(name, levers))

    def _present(self, place: int) -> None:
        levers = self._levers()
        if levers is not None and levers.style is not _STYLES[place]:
            command = c.ChangePresentation(style=_STYLES[place])
            self._move(f"{_STYLE}:{place}", command, set_anew("style", levers))

    def _automate(self, place: int) -> None:
        levers = self._levers()
        if levers is not None and levers.payment_links_automatic is not _ON_OFF[place]:
            command = c.AutomatePaymentLinks(on=_ON_OFF[place])
            self._move(f"{_AUTO}:{place}", command, set_anew("payment_links_automatic", levers))

    def _integrate(self, place: int) -> None:
        levers = self._levers()
        if levers is not None and levers.stock_integrated is not _ON_OFF[place]:
            command = c.IntegrateStock(on=_ON_OFF[place])
            self._move(f"{_STOCK}:{place}", command, set_anew("stock_integrated", levers))


def _ago(age: str) -> str:
    return age if age == "now" or age.startswith("since") else f"{age} ago"
