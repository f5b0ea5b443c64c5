"""When prices changed: what a catalogue told of a product, and then told otherwise.

Every source is compared with itself alone: two catalogues that disagree are no changes back and forth.
"""

from __future__ import annotations

from liveroom.models.events import ProductListed
from liveroom.models.journal import Entry, EntryKind, in_order
from liveroom.models.told import History, Told

Price = tuple[int, str]
"""Minor units and currency; a blank one is none."""

Listed = tuple[str, str]
"""A source and the sku under which it lists a product."""


class PriceLog:
    """The changes of prices as entries of the journal, whatever the order of arrival."""

    def __init__(self) -> None:
        """Start with no price."""
        self.told: dict[Listed, Told[Price]] = {}
        self._changes: dict[Listed, tuple[Entry, ...]] = {}
        self._entries: tuple[Entry, ...] = ()
        self._fresh = False

    def listed(self, event: ProductListed) -> None:
        """Take what a catalogue says; of two prices at one instant the higher holds."""
        if event.price_minor is None:
            return
        key, at = (event.source, event.sku), event.occurred_at
        price = (event.price_minor, event.currency or "")
        told = self.told.get(key)
        if told is None:
            told = self.told[key] = Told()
        newest = told.history[-1] if told.history else None
        if newest is not None and newest[0] == at:
            price = max(price, newest[1])
        elif newest is not None and newest[0] > at:
            price = max([price, *(each for when, each in told.history if when == at)])
        told.tell(at, price)
        # A catalogue that is read again and again says the same at the end: nothing to look for.
        if newest is not None and (newest[0] >= at or newest[1] != price):
            self._find(key, told)

    def entries(self) -> tuple[Entry, ...]:
        """Return all changes in order of time; the same object while nothing is new."""
        if self._fresh:
            self._fresh = False
            found = [entry for changes in self._changes.values() for entry in changes]
            self._entries = tuple(sorted(found, key=in_order))
        return self._entries

    def restore(self, told: list[tuple[Listed, History[Price]]]) -> None:
        """Put back what was told."""
        for key, history in told:
            self.told[key] = Told(history)
            self._find(key, self.told[key])

    def _find(self, key: Listed, told: Told[Price]) -> None:
        changes = tuple(
            Entry(
                at=at,
                kind=EntryKind.PRICE,
                subject=key[1],
                text=after[1],
                number=after[0],
                before=before[0] if before[1] == after[1] else None,
            )
            for at, before, after in told.changes()
        )
        if changes != self._changes.get(key, ()):
            self._changes[key] = changes
            self._fresh = True
