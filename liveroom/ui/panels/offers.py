"""Offers and levers: what the producer can move during a show, and what it stands at.

Nothing here moves by a press: a press asks, and the next snapshot that holds the confirming fact moves it.
Enter presses a button, the space bar none, and no button keeps the focus of a click.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from liveroom.models.commands import Command, EndOffer, LaunchOffer
from liveroom.models.facts import Fact, Mode
from liveroom.models.offers import Offer
from liveroom.ui import format as fmt
from liveroom.ui.freshness import freshness
from liveroom.ui.keyboard.commands import FixedKey, PanelCommand
from liveroom.ui.panel import Heading, Nothing, Panel, Submit
from liveroom.ui.parts import form_rows
from liveroom.ui.parts.asked import Asked, Done
from liveroom.ui.parts.lever_button import LeverButton, SureButton
from liveroom.ui.parts.levers_page import LeversPage
from liveroom.ui.parts.offer_form import OfferForm, is_past
from liveroom.ui.parts.offer_rows import OfferRows
from liveroom.ui.parts.runs import Run, RunLine
from liveroom.ui.parts.transport import Guard
from liveroom.ui.theme import Theme

if TYPE_CHECKING:
    from liveroom.models.snapshot import ProductRow, Snapshot

_LAUNCH = "launch"
_END = "end "
_NOTICES = {
    Mode.REHEARSAL: "Rehearsal: nothing is sent to platform, shop or customers",
    Mode.REPLAY: "Replay: what happened cannot be changed",
    Mode.DEBRIEF: "Debrief: what happened cannot be changed",
}
_PAST = {
    Mode.REPLAY: "what happened cannot be changed",
    Mode.DEBRIEF: "what happened cannot be changed",
}


def why_no_lever(snapshot: Snapshot | None) -> str:
    """Return why no lever can be moved now, blank when one can."""
    if snapshot is None:
        return "there is nothing to steer yet"
    return _PAST.get(snapshot.mode, "")


_LEVERS, _FORM = range(2)
"""The pages."""


class OffersPanel(Panel):
    """Two pages: offers that run with all other levers, and the form of a new offer."""

    commands = (
        PanelCommand(
            "new",
            "Prepare a new offer",
            ("O",),
            lambda panel: panel.open_form(),
            why_no_lever,
            acts=True,
            words="discount coupon flash sale kit",
        ),
        PanelCommand(
            "launch",
            "Launch the offer in the form",
            ("Ctrl+Return",),
            lambda panel: panel.launch_or_prepare(),
            why_no_lever,
            acts=True,
        ),
        PanelCommand(
            "pin",
            "Pin or unpin the product",
            ("P",),
            lambda panel: panel.pin(),
            why_no_lever,
            acts=True,
        ),
        PanelCommand(
            "link",
            "Send the payment link",
            ("L",),
            lambda panel: panel.send_link(),
            why_no_lever,
            acts=True,
            words="checkout",
        ),
    )
    fixed_keys = (
        FixedKey(("Return",), "Press the lever that has the focus"),
        FixedKey(("Left", "Right"), "Choose among segments of a lever"),
        FixedKey(("Esc",), "Leave the form, take a question back"),
    )

    def __init__(self, submit: Submit, theme: Theme) -> None:
        """Build both pages."""
        super().__init__(submit, theme)
        self.asked = Asked()
        self.guard = Guard()
        self._snapshot: Snapshot | None = None
        self._rows: dict[str, ProductRow] = {}
        self._products: tuple[ProductRow, ...] = ()
        self._second = -1
        self._launching = False
        self.heading_line = form_rows.Heading(theme, "Offers")
        self.new = LeverButton(theme, "New offer", "O", fill="offer")
        self.offers = OfferRows(theme, self._end)
        self.levers = LeversPage(theme)
        self.form = OfferForm(theme)
        self.notice = RunLine(theme, 24)
        self.pages = QStackedWidget()
        self._build()
        self.new.clicked.connect(self.open_form)
        self.form.left.connect(self.close_form)
        self.form.launched.connect(self._launch)
        self.levers.moved.connect(self._ask)
        self.levers.product.changed.connect(self._again)

    def nothing(self, snapshot: Snapshot) -> Nothing | None:
        if snapshot.products or snapshot.run_of_show.segments or snapshot.levers.offers:
            return None
        return Nothing(
            "Nothing to steer yet", "Levers come with the catalogue or the run of show of a source."
        )

    def show_snapshot(self, snapshot: Snapshot) -> None:
        before, self._snapshot = self._snapshot, snapshot
        second = snapshot.at // fmt.SECOND
        self.asked.settle(snapshot)
        if (
            before is not None
            and second == self._second
            and before.levers is snapshot.levers
            and before.run_of_show is snapshot.run_of_show
        ):
            # Prices and stock can wait for the next second: nothing here is read faster.
            return
        self._second = second
        if self._products is not snapshot.products:
            self._products = snapshot.products
            self._rows = {row.sku: row for row in snapshot.products}
        self._again()

    def heading(self) -> Heading:
        snapshot = self._snapshot
        if snapshot is None:
            return Heading()
        running = len(snapshot.levers.running(snapshot.at))
        fresh = freshness(snapshot, (Fact.STOCK, Fact.ORDERS))
        words = f"{fmt.plural(running, 'offer')} running" if running else "no offer running"
        return Heading(words, fresh.note, fresh.tone)

    def numbers(self) -> dict[str, str]:
        texts = self.offers.texts() | self.levers.texts() | {"notice": self.notice.text()}
        return texts | {f"form.{key}": text for key, text in self.form.texts().items()}

    def is_waiting(self) -> bool:
        return self.asked.is_waiting

    def is_being_edited(self) -> bool:
        return self.form_is_open() or self.levers.is_touched()

    def show_keys(self, keys: Mapping[str, str]) -> None:
        self.new.show_key(keys["new"])
        self.levers.pin.show_key(keys["pin"])
        self.levers.link.show_key(keys["link"])
        self.form.launch.show_key(keys["launch"])

    def leave(self) -> bool:
        asking = [one for one in self.findChildren(SureButton) if one.is_asking()]
        for button in asking:
            button.calm()
        opened = self.form_is_open()
        self.close_form()
        return opened or bool(asking)

    def launch_or_prepare(self) -> None:
        """Launch what stands in the form; where it is not open there is something to fill in first."""
        if self.form_is_open():
            self.form.try_launch()
        else:
            self.open_form()

    def pin(self) -> None:
        """Pin or unpin the product that the levers are for."""
        if not self.form_is_open():
            self.levers.pin_product()

    def send_link(self) -> None:
        """Send the payment link of the product that the levers are for."""
        if not self.form_is_open():
            self.levers.send_link()

    def form_is_open(self) -> bool:
        """Return whether the form of a new offer is on show."""
        return self.pages.currentIndex() == _FORM

    def open_form(self) -> None:
        """Prepare an offer."""
        if self._snapshot is None or is_past(self._snapshot):
            return
        self.form.clear()
        self.pages.setCurrentIndex(_FORM)
        self.form.show_snapshot(self._snapshot, self._rows, self.asked.word(_LAUNCH))
        self.form.percent.setFocus(Qt.FocusReason.OtherFocusReason)
        self.form.percent.selectAll()
        self._again()

    def asked_about(self, subject: str) -> None:
        """Prepare an offer for a product."""
        self.open_form()
        if self.form_is_open() and subject in self._rows:
            self.form.products.choose(subject)

    def close_form(self) -> None:
        """Go back to the offers that run; what was filled in is forgotten."""
        if self.form_is_open():
            self.pages.setCurrentIndex(_LEVERS)
            self.new.setFocus(Qt.FocusReason.OtherFocusReason)

    def _build(self) -> None:
        head = form_rows.beside((self.heading_line, self.new))
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(10, 6, 10, 6)
        column.setSpacing(4)
        for widget in (head, self.offers, self.levers):
            column.addWidget(widget)
        column.addStretch(1)
        self.pages.addWidget(form_rows.scrolling(inner))
        self.pages.addWidget(self.form)
        foot = QWidget()
        line = QVBoxLayout(foot)
        line.setContentsMargins(10, 0, 10, 2)
        line.addWidget(self.notice)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.pages, 1)
        outer.addWidget(foot)
        self.setFocusProxy(self.new)

    def _launch(self, offer: Offer) -> None:
        if self._snapshot is None or self.asked.word(_LAUNCH) or not self.guard.lets_through():
            return
        offer_id = offer.offer_id
        done: Done = lambda levers: levers.offer(offer_id) is not None  # noqa: E731
        self._ask(_LAUNCH, LaunchOffer(offer=offer), done)

    def _end(self, offer_id: str) -> None:
        done: Done = lambda levers: offer_id in levers.ends  # noqa: E731
        self._ask(f"{_END}{offer_id}", EndOffer(offer_id=offer_id), done)

    def _ask(self, name: str, command: Command, done: Done) -> None:
        snapshot = self._snapshot
        if snapshot is None or is_past(snapshot) or self.asked.word(name):
            return
        self.asked.ask(name, command, snapshot, done)
        self.submit(command)
        self._again()

    def _again(self) -> None:
        """Show the present snapshot: something beside it changed."""
        snapshot = self._snapshot
        if snapshot is None:
            return
        past = is_past(snapshot)
        self.new.setEnabled(not past)
        self.offers.show_offers(
            snapshot, self._rows, lambda offer_id: self.asked.word(f"{_END}{offer_id}"), past
        )
        self.levers.show_snapshot(snapshot, self._rows, self.asked)
        busy = self.asked.word(_LAUNCH)
        if self._launching and not busy and not self.asked.trouble:
            self.close_form()
        self._launching = bool(busy)
        if self.form_is_open():
            self.form.show_snapshot(snapshot, self._rows, busy)
        self.notice.set_runs(*self._notice(snapshot))

    def _notice(self, snapshot: Snapshot) -> tuple[Run, ...]:
        if self.asked.trouble:
            return (
                Run(glyph="attention", tone="warn", px=10),
                Run(self.asked.trouble, "warn", 11, gap=5),
            )
        return (Run(_NOTICES.get(snapshot.mode, ""), "text_3", 11),)
