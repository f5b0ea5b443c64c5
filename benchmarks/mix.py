"""The events of a show as they come: entries, views, clicks, carts, orders with lines, chat, audience.

Made a chunk at a time, so that a benchmark need not hold them. The same arguments give the same events.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count
from random import Random

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
)

Ids = Callable[[], str]


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
    chance = np.random.default_rng(seed)
    next_id = ids or counted_ids()
    room, shop, chat = sources
    total = per_second + chat_per_second
    shares = np.array(list(_SHARES.values())) * per_second / 100
    shares[-1] += chat_per_second
    kinds = list(_SHARES)
    visits = chance.integers(-(2**63), 2**63, _VISITS_AT_ONCE).tolist()
    people = chance.integers(-(2**63), 2**63, _VISITS_AT_ONCE).tolist()
    second, made = -1, 0
    while made < number:
        drawn = chance.choice(len(kinds), _CHUNK, p=shares / total).tolist()
        skus = np.minimum(chance.zipf(1.3, _CHUNK), products).tolist()
        places = chance.integers(0, _VISITS_AT_ONCE, _CHUNK).tolist()
        keys = chance.integers(-(2**63), 2**63, _CHUNK).tolist()
        prices = chance.integers(1_990, 199_990, _CHUNK).tolist()
        for kind, number_of_product, place, key, price in zip(
            drawn, skus, places, keys, prices, strict=True
        ):
            if made >= number:
                return
            at = start_ms + int(made * 1000 / total)
            made += 1
            if at // 1000 != second:
                second = at // 1000
                viewers = 1500 + (second * 7919) % 500
                yield e.AudienceMeasured(
                    occurred_at=at,
                    received_at=at,
                    source=room,
                    source_id=next_id(),
                    viewers=viewers,
                )
                continue
            sku, name = f"SKU-{number_of_product:04d}", kinds[kind]
            visit = visits[place]
            if name == "view":
                yield e.ProductViewed(
                    occurred_at=at,
                    received_at=at,
                    source=room,
                    source_id=next_id(),
                    sku=sku,
                    visit=visit,
                )
            elif name == "chat":
                yield e.ChatPosted(
                    occurred_at=at,
                    received_at=at,
                    source=chat,
                    source_id=next_id(),
                    person=people[place],
                    text=_WORDS[price % len(_WORDS)],
                )
            elif name == "click":
                yield e.ProductClicked(
                    occurred_at=at,
                    received_at=at,
                    source=room,
                    source_id=next_id(),
                    sku=sku,
                    visit=visit,
                )
            elif name == "visit":
                visits[place] = key
                if place % 5:
                    people[place] = key ^ 0x5DEECE66D
                channel, label = _CHANNELS[price % len(_CHANNELS)]
                yield e.VisitStarted(
                    occurred_at=at,
                    received_at=at,
                    source=room,
                    source_id=next_id(),
                    visit=key,
                    person=people[place],
                    channel=channel,
                    label=label,
                )
            elif name == "cart":
                yield e.CartItemAdded(
                    occurred_at=at,
                    received_at=at,
                    source=shop,
                    source_id=next_id(),
                    sku=sku,
                    visit=visit,
                )
            else:
                lines = (
                    e.OrderLine(sku=sku, units=1, amount_minor=price),
                    e.OrderLine(sku=f"SKU-{1 + place % products:04d}", units=2, amount_minor=price),
                )[: 1 + place % 2]
                yield e.OrderPlaced(
                    occurred_at=at,
                    received_at=at,
                    source=shop,
                    source_id=next_id(),
                    order_id=f"#{made}",
                    amount_minor=price * len(lines),
                    currency=CURRENCY,
                    units=sum(line.units for line in lines),
                    lines=lines,
                    visit=visit,
                    person=people[place],
                )
