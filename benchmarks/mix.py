"""The events of a show as they come: entries, views, clicks, carts, orders with lines, chat, audience.

Made a chunk at a time, so that a benchmark need not hold them. The same arguments give the same events.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count, islice
from random import Random
from typing import Any

import numpy as np

from liveroom.models import events as e
from liveroom.models.facts import EntryChannel

START_MS = 1_763_679_600_000
CURRENCY = "BRL"
_CHUNK = 4096
_VISITS_AT_ONCE = 500
# Per hundred events: shaped like the rehearsal's first show, with more chat.
_SHARES = {"visit": 14, "view": 44, "click": 15, "cart": 5, "order": 4, "chat": 18}
_CHANNELS = (
    (EntryChannel.ORGANIC, "feed"),
    (EntryChannel.ORGANIC, "profile"),
    (EntryChannel.PAID, "ads / video"),
    (EntryChannel.PAID, "influencer"),
    (EntryChannel.DIRECT, "(direct)"),
    (EntryChannel.UNKNOWN, "qr"),
)
_WORDS = (
    "quanto custa?",
    "amei",
    "tem na cor preta?",
    "frete grátis hoje?",
    "comprei 2!",
    "❤️",
    "link",
    "boa noite",
    "Entrega em Manaus até sexta?",
    "parcela em quantas vezes sem juros",
    "tá caro esse hein",
    "qual a diferença pro modelo antigo?",
    "o som está baixo",
    "kkkkk",
    "meu pedido da semana passada ainda não chegou",
)
_OWN_WORDS = 4
"""One message in so many is written by nobody else: its words are not known yet."""

Ids = Callable[[], str]
_Draw = tuple[int, int, int, int]
"""Product, place in the room, 64-bit key, price."""


def counted_ids() -> Ids:
    """Return ids as most platforms give them out: growing."""
    numbers = count(1)
    return lambda: f"evt-{next(numbers):09d}"


def random_ids(seed: int = 1) -> Ids:
    """Return 128-bit ids in hexadecimal, in no order."""
    bits = Random(seed).getrandbits
    return lambda: f"{bits(128):032x}"


def show_events(
    number: int,
    *,
    per_second: float = 1000.0,
    start_ms: int = START_MS,
    seed: int = 1,
    products: int = 60,
    sources: tuple[str, str, str] = ("show", "show", "show"),
    ids: Ids | None = None,
    chat_per_second: float = 0.0,
) -> Iterator[e.Event]:
    """Yield `number` events; the `sources` are those of the room, the shop and the chat.

    `chat_per_second` adds chat to the share that the mix has anyway.
    """
    crowd = _Crowd(np.random.default_rng(seed), products)
    next_id = ids or counted_ids()
    source_of = dict(zip(("room", "shop", "chat"), sources, strict=True))
    total = per_second + chat_per_second
    second = -1
    for made, (kind, draw) in enumerate(islice(crowd.draws(per_second, chat_per_second), number)):
        at = start_ms + int(made * 1000 / total)
        if at // 1000 != second:
            second = at // 1000
            kind = "audience"
        place, make = crowd.makers[kind]
        source = source_of[place]
        yield make(
            draw,
            {"occurred_at": at, "received_at": at, "source": source, "source_id": next_id()},
        )


class _Crowd:
    """The people in the room, and the events they make."""

    def __init__(self, chance: np.random.Generator, products: int) -> None:
        self._chance, self._products = chance, products
        self._visits = self._keys(_VISITS_AT_ONCE)
        self._people = self._keys(_VISITS_AT_ONCE)
        self.makers: dict[str, tuple[str, Callable[[_Draw, dict[str, Any]], e.Event]]] = {
            "audience": ("room", self._audience),
            "visit": ("room", self._visit),
            "view": ("room", lambda d, of: e.ProductViewed(**of, **self._on(d))),
            "click": ("room", lambda d, of: e.ProductClicked(**of, **self._on(d))),
            "cart": ("shop", lambda d, of: e.CartItemAdded(**of, **self._on(d))),
            "order": ("shop", self._order),
            "chat": ("chat", self._chat),
        }

    def draws(self, per_second: float, chat_per_second: float) -> Iterator[tuple[str, _Draw]]:
        """Yield kinds and random numbers without end, drawn a chunk at a time."""
        chance, kinds = self._chance, list(_SHARES)
        shares = np.array(list(_SHARES.values())) * per_second / 100
        shares[-1] += chat_per_second
        while True:
            drawn = chance.choice(len(kinds), _CHUNK, p=shares / shares.sum()).tolist()
            skus = np.minimum(chance.zipf(1.3, _CHUNK), self._products).tolist()
            places = chance.integers(0, _VISITS_AT_ONCE, _CHUNK).tolist()
            prices = chance.integers(1_990, 199_990, _CHUNK).tolist()
            for kind, *draw in zip(drawn, skus, places, self._keys(_CHUNK), prices, strict=True):
                yield kinds[kind], tuple(draw)

    def _keys(self, number: int) -> list[int]:
        return self._chance.integers(-(2**63), 2**63, number).tolist()

    def _on(self, draw: _Draw) -> dict[str, Any]:
        return {"sku": f"SKU-{draw[0]:04d}", "visit": self._visits[draw[1]]}

    def _audience(self, draw: _Draw, of: dict[str, Any]) -> e.Event:
        return e.AudienceMeasured(**of, viewers=1500 + of["occurred_at"] // 1000 * 7919 % 500)

    def _visit(self, draw: _Draw, of: dict[str, Any]) -> e.Event:
        _, place, key, price = draw
        self._visits[place] = key
        if place % 5:
            self._people[place] = key ^ 0x5DEECE66D
        channel, label = _CHANNELS[price % len(_CHANNELS)]
        person = self._people[place]
        return e.VisitStarted(**of, visit=key, person=person, channel=channel, label=label)

    def _order(self, draw: _Draw, of: dict[str, Any]) -> e.Event:
        number, place, key, price = draw
        second = e.OrderLine(
            sku=f"SKU-{1 + place % self._products:04d}", units=2, amount_minor=price
        )
        first = e.OrderLine(sku=f"SKU-{number:04d}", units=1, amount_minor=price)
        lines = (first, second)[: 1 + place % 2]
        return e.OrderPlaced(
            **of,
            order_id=f"#{key & 0xFFFFFFFF}",
            amount_minor=price * len(lines),
            currency=CURRENCY,
            units=sum(line.units for line in lines),
            lines=lines,
            visit=self._visits[place],
            person=self._people[place],
        )

    def _chat(self, draw: _Draw, of: dict[str, Any]) -> e.Event:
        text = _WORDS[draw[3] % len(_WORDS)]
        if draw[3] % _OWN_WORDS == 0:
            text = f"{text} {draw[2] & 0xFFFFFF}"
        return e.ChatPosted(**of, person=self._people[draw[1]], text=text)
