"""A show's counted state as bytes and back: what lets a long session open without a recount.

The bytes are MessagePack of plain numbers (never pickle: a session file may come from anybody). A state
of another version is ignored and the events are counted again.
"""

from __future__ import annotations

import msgspec
import numpy as np
from msgspec import Struct

from liveroom.models.cancellations import Order, WholeCancellation
from liveroom.models.chat.chat_state import ChatState, dump_chat, load_chat
from liveroom.models.connections import Quota, SourceStatus
from liveroom.models.counting import ClockShift, SourceFigures
from liveroom.models.facts import ConnectionState, EntryChannel, Fact
from liveroom.models.journal import Entry
from liveroom.models.key_sums import KeySums
from liveroom.models.keys import KeyMap
from liveroom.models.lags import Lags
from liveroom.models.levers import Levers
from liveroom.models.margins import Margins
from liveroom.models.past.first_seen import FirstSeen
from liveroom.models.past.past import PlanVersion
from liveroom.models.presenter import Presenter
from liveroom.models.price_log import Listed, Price
from liveroom.models.run_of_show import RunOfShow
from liveroom.models.show import Show
from liveroom.models.splits import SalesTally, Splits
from liveroom.models.tallies import ChannelTally, Listing, ProductTally, RecentMinutes, WaitingOrder
from liveroom.models.targets import Setting, Targets
from liveroom.models.timeline import WIDTH, Samples, Timeline
from liveroom.models.told import History, Told

VERSION = 12

Recent = dict[int, int]


class _Product(Struct, array_like=True):
    sku: str
    name: str
    category: str
    currency: str | None
    price_minor: int | None
    listed_at: dict[str, int]
    cost_currency: str | None
    cost_minor: int | None
    stock: int | None
    stock_at: int
    counts: list[int]
    recent_units: Recent
    listings: list[Listing]


class _Channel(Struct, array_like=True):
    channel: EntryChannel
    label: str
    counts: list[int]
    recent_visits: Recent
    recent_orders: Recent


class _Source(Struct, array_like=True):
    source: str
    title: str
    mode: str
    provides: tuple[Fact, ...]
    state: ConnectionState
    since: int
    reason: str
    due_ms: int | None
    errors: int
    last_error: str
    last_error_at: int | None
    next_try_at: int | None
    quota: list[tuple[int, Quota]]


class _Splits(Struct, array_like=True):
    visits: dict[bool, int]
    people: dict[bool, list[int]]
    methods: dict[str, list[int]]
    offers: dict[str, list[int]]


class _Margins(Struct, array_like=True):
    sold: bytes
    skus: list[str]
    costs: dict[str, list[tuple[int, int | None]]]


class _State(Struct):
    seconds: bytes
    sums: bytes
    audience_times: bytes
    audience: bytes
    products: list[_Product]
    channels: list[_Channel]
    visits: bytes
    visit_channels: bytes
    waiting_orders: list[WaitingOrder]
    attached: dict[str, tuple[Fact, ...]]
    chosen: dict[Fact, str]
    figures: list[SourceFigures]
    sources: list[_Source]
    people: list[tuple[bytes, bytes]]
    seen: list[str]
    money_set_aside: dict[str, int]
    run_of_show: RunOfShow
    planned_at: int
    span: tuple[int | None, int | None]
    placed_keys: bytes
    placed_sums: bytes
    placed_large: list[tuple[int, int]]
    refunded: list[tuple[Order, int]]
    cancelled_whole: list[tuple[Order, WholeCancellation]]
    levers: Levers
    journal: list[Entry]
    cart_log: list[bytes]
    splits: _Splits
    presenter: Presenter
    past: list[list[bytes]]
    stock: bytes
    plans: list[PlanVersion]
    chat: ChatState
    targets: list[Setting]
    margins: _Margins
    lags: dict[str, tuple[bytes, bytes]]
    shifts: dict[str, ClockShift]
    prices: list[tuple[Listed, History[Price]]]
    offer_sales: dict[str, bytes]


def dump(show: Show) -> bytes:
    """Return the state of a show that counts everything (no window)."""
    show.settle()
    seconds, sums = show.timeline.to_arrays()
    times, audience = show.audience.to_arrays()
    waiting = show.attribution.waiting()
    visits, places = show.attribution.visit_channels.to_arrays()
    placed_keys, placed_sums = show.cancellations.placed.to_arrays()
    state = _State(
        seconds=seconds.tobytes(),
        sums=sums.tobytes(),
        audience_times=times.tobytes(),
        audience=audience.tobytes(),
        products=[_dump_product(tally) for tally in show.products.values()],
        channels=[_dump_channel(tally) for tally in show.attribution.channels],
        visits=visits.tobytes(),
        visit_channels=places.tobytes(),
        waiting_orders=waiting,
        attached=show.counting.attached,
        chosen=show.counting.chosen,
        figures=[tally.figures() for tally in show.counting.tallies],
        sources=[_dump_source(status) for status in show.connections.sources.values()],
        people=[_dump_keys(keys) for keys in _key_sets(show)],
        seen=sorted(show.seen),
        money_set_aside=show.money_set_aside,
        run_of_show=show.run_of_show,
        planned_at=show.planned_at,
        span=(show.first_at, show.last_at),
        placed_keys=placed_keys.tobytes(),
        placed_sums=placed_sums.tobytes(),
        placed_large=list(show.cancellations.placed.large.items()),
        refunded=list(show.cancellations.refunded.items()),
        cancelled_whole=list(show.cancellations.whole.items()),
        levers=show.levers,
        journal=list(show.journal.entries()),
        cart_log=show.cart_log.to_bytes(),
        splits=_dump_splits(show.splits),
        presenter=show.presenter,
        past=[log.to_bytes() for log in show.past.logs()],
        stock=show.past.stock.to_array().tobytes(),
        plans=show.past.plans,
        chat=dump_chat(show.chat),
        targets=show.targets.settings,
        margins=_dump_margins(show.margins),
        lags={source: _dump_lags(lags) for source, lags in show.counting.lags.items()},
        shifts=show.counting.shifts,
        prices=[(key, told.history) for key, told in show.prices.told.items()],
        offer_sales={
            offer_id: rows.to_array().tobytes() for offer_id, rows in show.offer_sales.sold.items()
        },
    )
    return msgspec.msgpack.encode(state)


def load(body: bytes, show: Show) -> None:
    """Put a state back into a fresh show; raises msgspec.ValidationError for foreign bytes."""
    state = msgspec.msgpack.decode(body, type=_State)
    show.timeline = Timeline(
        np.frombuffer(state.seconds, dtype=np.int64),
        np.frombuffer(state.sums, dtype=np.int64).reshape(-1, WIDTH),
    )
    show.audience = Samples(
        np.frombuffer(state.audience_times, dtype=np.int64),
        np.frombuffer(state.audience, dtype=np.int64),
    )
    for product in state.products:
        _load_product(product, show.product(product.sku))
    attribution = show.attribution
    # Before the tallies of the labels: they take the blocks of their channel with them.
    for channel in state.channels:
        _load_channel(channel, attribution.channel(channel.channel, channel.label))
    attribution.visit_channels = KeyMap(
        np.frombuffer(state.visits, dtype=np.uint64),
        np.frombuffer(state.visit_channels, dtype=np.int32),
    )
    attribution.wait(state.waiting_orders)
    show.counting.attached.update(state.attached)
    show.counting.chosen.update(state.chosen)
    show.counting.shifts.update(state.shifts)
    for name, (keys, sums) in state.lags.items():
        show.counting.lags[name] = _load_lags(keys, sums)
    for figures in state.figures:
        show.counting.restore(figures)
    for source in state.sources:
        show.connections.restore(_load_source(source))
    show.visitors, show.carts, show.chat_people, show.buyers = (
        FirstSeen(np.frombuffer(keys, dtype=np.uint64), np.frombuffer(at, dtype=np.uint32))
        for keys, at in state.people
    )
    show.seen = set(state.seen)
    show.money_set_aside = state.money_set_aside
    show.run_of_show, show.planned_at = state.run_of_show, state.planned_at
    show.set_span(*state.span)
    show.cancellations.placed = KeySums(
        np.frombuffer(state.placed_keys, dtype=np.uint64),
        np.frombuffer(state.placed_sums, dtype=np.int64),
        dict(state.placed_large),
    )
    show.cancellations.refunded = dict(state.refunded)
    show.cancellations.whole = dict(state.cancelled_whole)
    show.levers = state.levers
    show.journal.restore(state.journal)
    show.cart_log.restore(state.cart_log)
    _load_splits(state.splits, show.splits)
    show.presenter = state.presenter
    for log, stored in zip(show.past.logs(), state.past, strict=True):
        log.restore(stored)
    show.past.stock.restore(state.stock)
    show.past.plans = state.plans
    load_chat(state.chat, show.chat)
    show.targets = Targets(state.targets)
    show.prices.restore(state.prices)
    show.offer_sales.restore(state.offer_sales)
    show.margins.restore(*msgspec.structs.astuple(state.margins))


def _key_sets(show: Show) -> tuple[FirstSeen, ...]:
    return show.visitors, show.carts, show.chat_people, show.buyers


def _dump_keys(seen: FirstSeen) -> tuple[bytes, bytes]:
    keys, seconds = seen.to_arrays()
    return keys.tobytes(), seconds.tobytes()


def _dump_product(tally: ProductTally) -> _Product:
    return _Product(
        tally.sku,
        tally.name,
        tally.category,
        tally.currency,
        tally.price_minor,
        tally.listed_at,
        tally.cost_currency,
        tally.cost_minor,
        tally.stock,
        tally.stock_at,
        [getattr(tally, name) for name in ProductTally.COUNTS],
        tally.recent_units.counts,
        tally.listings,
    )


def _load_product(product: _Product, tally: ProductTally) -> None:
    tally.name, tally.category = product.name, product.category
    tally.currency, tally.price_minor = product.currency, product.price_minor
    tally.listed_at = product.listed_at
    tally.cost_currency, tally.cost_minor = product.cost_currency, product.cost_minor
    tally.stock, tally.stock_at = product.stock, product.stock_at
    for name, count in zip(ProductTally.COUNTS, product.counts, strict=True):
        setattr(tally, name, count)
    tally.recent_units = RecentMinutes(product.recent_units)
    tally.listings = product.listings


def _dump_channel(tally: ChannelTally) -> _Channel:
    return _Channel(
        tally.channel,
        tally.label,
        [getattr(tally, name) for name in ChannelTally.COUNTS],
        tally.recent_visits.counts,
        tally.recent_orders.counts,
    )


def _load_channel(channel: _Channel, tally: ChannelTally) -> None:
    for name, count in zip(ChannelTally.COUNTS, channel.counts, strict=True):
        setattr(tally, name, count)
    tally.recent_visits = RecentMinutes(channel.recent_visits)
    tally.recent_orders = RecentMinutes(channel.recent_orders)


def _dump_splits(splits: Splits) -> _Splits:
    def counts(tally: SalesTally) -> list[int]:
        return [getattr(tally, name) for name in SalesTally.COUNTS]

    return _Splits(
        splits.visits,
        {name: counts(tally) for name, tally in splits.people.items()},
        {name: counts(tally) for name, tally in splits.methods.items()},
        {name: counts(tally) for name, tally in splits.offers.items()},
    )


def _dump_source(status: SourceStatus) -> _Source:
    fields = {name: getattr(status, name) for name in _Source.__struct_fields__}
    return _Source(**(fields | {"quota": status.quota.history}))


def _load_source(source: _Source) -> SourceStatus:
    status = SourceStatus(source.source)
    for name, value in msgspec.structs.asdict(source).items():
        setattr(status, name, value)
    status.quota = Told(source.quota)
    return status


def _dump_lags(lags: Lags) -> tuple[bytes, bytes]:
    keys, sums = lags.bins().to_arrays()
    return keys.tobytes(), sums.tobytes()


def _load_lags(keys: bytes, sums: bytes) -> Lags:
    return Lags(KeySums(np.frombuffer(keys, dtype=np.uint64), np.frombuffer(sums, dtype=np.int64)))


def _dump_margins(margins: Margins) -> _Margins:
    costs = {sku: told.history for sku, told in margins.costs.items()}
    return _Margins(margins.sold.to_array().tobytes(), margins.skus, costs)


def _load_splits(state: _Splits, splits: Splits) -> None:
    def tally(counts: list[int], number: int) -> SalesTally:
        loaded = SalesTally(number)
        for name, count in zip(SalesTally.COUNTS, counts, strict=True):
            setattr(loaded, name, count)
        return loaded

    splits.visits = state.visits
    splits.people = {name: tally(counts, int(name)) for name, counts in state.people.items()}
    for tallies, stored in ((splits.methods, state.methods), (splits.offers, state.offers)):
        for name, counts in stored.items():
            tallies[name] = tally(counts, len(tallies))
