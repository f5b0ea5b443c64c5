"""Snapshots to show: case C9 at 20:41:36, and what is left of it when sources are missing."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
from msgspec.structs import replace

from liveroom.models.counting import SourceFigures
from liveroom.models.facts import ConnectionState, EntryChannel, Fact, Mode
from liveroom.models.figures import Figures, ratio
from liveroom.models.run_of_show import Cue, RunOfShow, Segment
from liveroom.models.running_totals import RunningTotals
from liveroom.models.snapshot import (
    Audience,
    ChannelRow,
    Connection,
    ProductRow,
    Recording,
    SegmentSales,
    Series,
    Snapshot,
)
from liveroom.models.timeline import WIDTH, Column

ZONE = "America/Sao_Paulo"
NO_INTS = np.zeros(0, dtype=np.int64)


def instant(clock: str) -> int:
    """Return a time of the evening of the show in ms UTC."""
    hour, minute, second = map(int, clock.split(":"))
    return (
        int(datetime(2026, 11, 20, hour, minute, second, tzinfo=ZoneInfo(ZONE)).timestamp()) * 1000
    )


NOW = instant("20:41:36")
START = instant("20:00:32")

SEGMENTS = tuple(
    Segment(segment_id=f"s{n}", title=title, duration_ms=seconds * 1000, skus=skus, starts_at=hard)
    for n, (title, seconds, skus, hard) in enumerate(
        [
            ("Opening and welcome", 240, (), None),
            ("Fone ANC Pulse 3", 480, ("fone",), None),
            ("Smartwatch Fit Pro 2", 540, ("watch",), None),
            ("Caixa Boom 360", 540, ("boom",), None),
            ("Notebook Air 14 · demo", 720, ("notebook",), None),
            ("Tablet 11″ + caneta", 360, ("tablet",), None),
            ("Monitor 27″ QHD", 390, ("monitor", "kit"), None),
            ("Giveaway + coupon", 180, (), instant("20:55:00")),
            ("Recap and last call", 120, (), None),
        ],
        start=1,
    )
)
CUES = tuple(
    Cue(segment_id=f"s{n}", started_at=instant(clock))
    for n, clock in enumerate(["20:00:32", "20:04:42", "20:13:18", "20:22:30", "20:30:54"], start=1)
)
PLAN = RunOfShow(
    segments=SEGMENTS, title="Festa da Eletrônica", starts_at=instant("20:00:00"), cues=CUES
)

_PRODUCTS = [
    ("watch", "Smartwatch Fit Pro 2", 599, 1.2, 9120, 1880, 218, 96, 5750400),
    ("fone", "Fone ANC Pulse 3", 349, 1.9, 9840, 2140, 262, 128, 4467200),
    ("boom", "Caixa Boom 360", 449, 2.2, 8410, 1702, 201, 88, 3951200),
    ("notebook", "Notebook Air 14", 3499, 0.6, 10260, 1964, 148, 11, 3848900),
    ("tablet", "Tablet 11″ + caneta", 1799, 0.2, 3020, 512, 46, 9, 1619100),
    ("monitor", "Monitor 27″ QHD", 1399, 0.1, 2480, 408, 31, 6, 839400),
    ("gan", "Carregador GaN 65 W", 189, 1.0, 2950, 618, 72, 41, 774900),
    ("kit", "Kit Home Office", 1649, 0.1, 1510, 236, 22, 4, 659600),
    ("mouse", "Mouse sem fio M2", 149, 0.5, 1720, 344, 49, 27, 402300),
    ("power", "Power bank 20 Ah", 159, 0.2, 1490, 290, 37, 18, 286200),
]


def product(sku: str, name: str, **fields: Any) -> ProductRow:
    """Return a board row; what is not given is unknown."""
    known: dict[str, Any] = dict.fromkeys(
        "price_minor impressions views clicks cart_adds orders units revenue_minor"
        " click_through_rate click_to_order_rate units_per_minute".split()
    )
    known |= {"category": "Eletrônica", "trend": (0,) * 40}
    return ProductRow(sku=sku, name=name, **(known | fields))


def _board() -> tuple[ProductRow, ...]:
    random = np.random.default_rng(7)
    rows = []
    for place, (sku, name, price, per_minute, views, clicks, carts, orders, minor) in enumerate(
        _PRODUCTS
    ):
        swell = np.exp(-(((np.arange(40) - 6 - 4 * place) / 7.0) ** 2)) * per_minute * 3
        rows.append(
            product(
                sku,
                name,
                price_minor=price * 100,
                impressions=views * 3,
                views=views,
                clicks=clicks,
                cart_adds=carts,
                orders=orders,
                units=orders + orders // 12,
                revenue_minor=minor,
                click_through_rate=ratio(clicks, views * 3),
                click_to_order_rate=ratio(orders, clicks),
                units_per_minute=per_minute,
                trend=tuple(int(n) for n in random.poisson(swell + per_minute * 0.4)),
            )
        )
    return tuple(rows)


CHANNELS = tuple(
    ChannelRow(
        channel=channel,
        label=label,
        visits=visits,
        orders=orders,
        revenue_minor=minor,
        conversion_rate=orders / visits,
        earlier_visits=1000,
        earlier_orders=round(earlier * 1000),
        recent_visits=1000,
        recent_orders=round(recent * 1000),
    )
    for channel, label, visits, orders, minor, earlier, recent in [
        (EntryChannel.ORGANIC, "feed", 5840, 232, 11840600, 0.043, 0.029),
        (EntryChannel.PAID, "Meta", 2410, 82, 4918000, 0.039, 0.020),
        (EntryChannel.PAID, "TikTok", 1520, 44, 2533200, 0.036, 0.018),
        (EntryChannel.DIRECT, "", 1460, 70, 3307400, 0.046, 0.035),
    ]
)


def series(seconds: int = 2464, start: int = START) -> Series:
    """Return per-second running totals that end at the show's totals, and an audience curve."""
    random = np.random.default_rng(9)
    before = seconds - 1200
    rise = np.minimum(1.0, 0.35 + np.arange(before) / 700)
    fall = np.linspace(1.25, 0.75, 600)
    orders = np.concatenate(
        [_spread(random, rise, 217), _spread(random, np.ones(600), 131), _spread(random, fall, 80)]
    )
    visits = np.concatenate(
        [
            _spread(random, rise, 5033),
            _spread(random, np.ones(600), 3120),
            _spread(random, np.ones(600), 3077),
        ]
    )
    revenue = np.concatenate(
        [
            _spread(random, rise, 10930200),
            _spread(random, np.ones(600), 6240000),
            _spread(random, fall, 5429000),
        ]
    )
    times = np.arange(0, seconds, 5)
    part = times / seconds
    level = 4812 * np.clip(np.minimum(0.12 + 1.25 * part**0.7, 1.9 - 1.08 * part), 0, 1)
    noisy = (level + random.normal(0, 24, len(times))).astype(np.int64)
    noisy[-1] = 3964
    noisy = np.minimum(noisy, 4811)
    noisy[int(len(noisy) * 0.79)] = 4812
    return Series(
        totals=totals(
            start // 1000 + 1 + np.arange(seconds),
            visits=np.cumsum(visits),
            orders=np.cumsum(orders),
            revenue=np.cumsum(revenue),
        ),
        audience_times=start + times * 1000,
        audience=noisy,
    )


def totals(seconds: Any, **columns: Any) -> RunningTotals:
    """Return running totals by the names of their columns; the others are 0."""
    sums = np.zeros((len(seconds), WIDTH), dtype=np.int64)
    for name, values in columns.items():
        sums[:, Column[name.upper()]] = values
    return RunningTotals.of(np.asarray(seconds, dtype=np.int64), sums)


def _spread(random: np.random.Generator, weight: Any, total: int) -> Any:
    return random.multinomial(total, weight / weight.sum())


def connection(source: str, title: str, **fields: Any) -> Connection:
    """Return a source that runs, unless told otherwise."""
    known: dict[str, Any] = {
        "mode": "live",
        "state": ConnectionState.RUNNING,
        "since": START,
        "reason": "",
        "provides": (),
        "counts_for": (),
        "facts": 1204,
        "last_received_at": NOW - 1000,
        "set_aside": 0,
    }
    return Connection(source=source, title=title, **(known | fields))


STREAM_FACTS = (Fact.AUDIENCE, Fact.VISITS, Fact.CHAT)
SHOP_FACTS = (
    Fact.IMPRESSIONS,
    Fact.PRODUCT_VIEWS,
    Fact.PRODUCT_CLICKS,
    Fact.CARTS,
    Fact.ORDERS,
    Fact.CANCELLATIONS,
)
CONNECTIONS = (
    connection(
        "stream",
        "Stream · YouTube",
        provides=(*STREAM_FACTS, Fact.ORDERS),
        counts_for=STREAM_FACTS,
        facts=17_904,
        last_received_at=NOW - 400,
    ),
    connection("shop", "Shop", provides=SHOP_FACTS, counts_for=SHOP_FACTS, facts=2_414),
)
SOURCES = (
    *(
        SourceFigures(
            fact=fact,
            source="stream",
            counts=True,
            total=100,
            amount_minor=0,
            received_at=NOW - 400,
        )
        for fact in STREAM_FACTS
    ),
    *(
        SourceFigures(
            fact=fact, source="shop", counts=True, total=428, amount_minor=0, received_at=NOW - 1200
        )
        for fact in SHOP_FACTS
    ),
    SourceFigures(
        fact=Fact.ORDERS, source="stream", counts=False, total=421, amount_minor=0, received_at=NOW
    ),
)
TOTALS = Figures(
    visits=11230, impressions=152400, product_views=50800, product_clicks=10094, cart_adds=1086,
    cart_units=1190, cart_removals=120, checkouts=611, orders=428, orders_without_amount=0,
    units=455, revenue_minor=22599200, cancellations=6, cancelled_minor=412300, chat_messages=1893,
)  # fmt: skip
RECENT = Figures(
    visits=3077, orders=80, orders_without_amount=0, units=86, revenue_minor=5429000,
    product_clicks=2600, cart_adds=240, chat_messages=460,
)  # fmt: skip
EARLIER = Figures(
    visits=3120, orders=131, orders_without_amount=0, units=140, revenue_minor=6240000,
    product_clicks=2700, cart_adds=300, chat_messages=440,
)  # fmt: skip


def full(**changes: Any) -> Snapshot:
    """Return the show on air with every source connected."""
    curves = series()
    snapshot = Snapshot(
        at=NOW,
        mode=Mode.LIVE,
        title="Festa da Eletrônica",
        currency="BRL",
        timezone=ZONE,
        started_at=START,
        totals=TOTALS,
        recent=RECENT,
        earlier=EARLIER,
        visitors=9870,
        carts=991,
        chat_people=640,
        audience=Audience(
            first=650, last=3964, last_at=NOW - 400, mean=3400.0, weighted_mean=3391.4,
            peak=4812, peak_at=int(curves.audience_times[int(np.argmax(curves.audience))]),
            samples=len(curves.audience),
        ),
        products=_board(),
        channels=CHANNELS,
        series=curves,
        run_of_show=PLAN,
        segment_sales=tuple(
            SegmentSales(segment_id=f"s{n}", orders=orders, revenue_minor=minor)
            for n, orders, minor in [
                (1, 9, 487000), (2, 130, 5124000), (3, 104, 5893000),
                (4, 105, 5464000), (5, 80, 5631200),
            ]
        ),
        connections=CONNECTIONS,
        sources=SOURCES,
        counting=dict.fromkeys(STREAM_FACTS, "stream") | dict.fromkeys(SHOP_FACTS, "shop"),
        money_set_aside={},
        recording=Recording(path="show.liveroom", events=20318),
    )  # fmt: skip
    return replace(snapshot, **changes)


def rehearsal(**changes: Any) -> Snapshot:
    """Return the same show, simulated."""
    simulated = tuple(replace(one, mode="simulated") for one in CONNECTIONS)
    return full(**({"mode": Mode.REHEARSAL, "connections": simulated} | changes))


def replay(**changes: Any) -> Snapshot:
    """Return the same show, played again."""
    recorded = tuple(replace(one, mode="recorded") for one in CONNECTIONS)
    return full(**({"mode": Mode.REPLAY, "connections": recorded} | changes))


def empty(**changes: Any) -> Snapshot:
    """Return a session in which nothing happened yet."""
    nothing = Series(
        totals=totals(NO_INTS), audience_times=NO_INTS, audience=NO_INTS,
    )  # fmt: skip
    blank = {
        "started_at": None,
        "totals": Figures(),
        "recent": Figures(),
        "earlier": Figures(),
        "visitors": None,
        "carts": None,
        "chat_people": None,
        "audience": Audience(),
        "products": (),
        "channels": (),
        "series": nothing,
        "run_of_show": RunOfShow(),
        "segment_sales": (),
        "connections": (),
        "sources": (),
        "counting": {},
        "recording": Recording(),
    }
    return full(**(blank | changes))


def only_orders(**changes: Any) -> Snapshot:
    """Return a session fed by an order book alone: no audience, visits, clicks or plan."""
    shown = full()
    rows = tuple(
        product(
            row.sku, row.name, orders=row.orders, units=row.units, revenue_minor=row.revenue_minor,
            units_per_minute=row.units_per_minute, trend=row.trend,
        )
        for row in shown.products
    )  # fmt: skip
    figures = Figures(orders=428, orders_without_amount=0, units=455, revenue_minor=22599200)
    recent = Figures(orders=80, orders_without_amount=0, revenue_minor=5429000)
    earlier = Figures(orders=131, orders_without_amount=0, revenue_minor=6240000)
    fields = {
        "mode": Mode.REPLAY,
        "title": "Order book",
        "totals": figures,
        "recent": recent,
        "earlier": earlier,
        "visitors": None,
        "carts": None,
        "chat_people": None,
        "audience": Audience(),
        "products": rows,
        "channels": (),
        "series": replace(shown.series, audience_times=NO_INTS, audience=NO_INTS),
        "run_of_show": RunOfShow(),
        "segment_sales": (),
        "connections": (connection("orders", "orders.csv", mode="recorded", provides=(Fact.ORDERS,),
                                   counts_for=(Fact.ORDERS,)),),
        "sources": (SourceFigures(fact=Fact.ORDERS, source="orders", counts=True, total=428,
                                  amount_minor=22599200, received_at=NOW - 7000),),
        "counting": {Fact.ORDERS: "orders"},
    }  # fmt: skip
    return full(**(fields | changes))
