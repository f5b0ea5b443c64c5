"""What the presenter is shown of a snapshot: five facts, a message and a question, as words."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from liveroom.models.facts import Fact
from liveroom.models.kits import price_now
from liveroom.models.offers import ForWhom, OfferKind
from liveroom.models.run_of_show import SegmentTiming, timings
from liveroom.ui import format as fmt
from liveroom.ui.freshness import freshness
from liveroom.ui.offer_words import gives, left_of
from liveroom.ui.states import is_on_air, lamp_of

if TYPE_CHECKING:
    from liveroom.models.levers import RunningOffer
    from liveroom.models.snapshot import ProductRow, Snapshot

WRAP_UP_MS = 90_000
"""From here on a segment is to be brought to its end."""
_MILLION = 1_000_000
LOW_MINUTES = 15
"""A stock that lasts no longer, at the pace of the last 10 minutes, is low; the product board's bound."""


class Sign(NamedTuple):
    """The lamp: filled while a segment is on air."""

    glyph: str
    word: str
    tone: str
    filled: bool


class Price(NamedTuple):
    """The product's price; `before` where an offer for everyone cut it, `offer` said longest first."""

    label: str
    value: str
    before: str = ""
    offer: tuple[str, ...] = ()


class Stock(NamedTuple):
    """Units that can be sold."""

    label: str
    value: str
    tone: str = "text"


class Remaining(NamedTuple):
    """The time that is left, or by how much it is over; `note` is what to do about it."""

    label: str
    value: str
    tone: str = "text"
    note: str = ""
    share: float | None = None

    @property
    def is_over(self) -> bool:
        """Return whether the planned end has passed."""
        return self.label == "OVER"


class Following(NamedTuple):
    """What comes next, and when it is expected."""

    title: str
    clock: str


class Facts(NamedTuple):
    """All that the display shows; equal facts look alike."""

    sign: Sign
    title: str
    clock: str
    remaining: Remaining
    price: Price | None = None
    stock: Stock | None = None
    following: Following | None = None
    question: str = ""
    message: str = ""


def question_of(snapshot: Snapshot) -> str:
    """Return the question that the producer wants answered: the one pinned in the chat."""
    pinned = snapshot.chat.pinned
    return "" if pinned is None else pinned.text


def facts_of(snapshot: Snapshot) -> Facts:
    """Return what the presenter is shown."""
    rows = timings(snapshot.run_of_show, snapshot.at)
    on_air = next((row for row in rows if row.state == "on air"), None)
    row = _hero(snapshot, on_air)
    title = _title(snapshot, on_air)
    return Facts(
        sign=_sign(snapshot),
        title=title,
        clock=fmt.clock(snapshot.at, snapshot.timezone),
        remaining=_remaining(snapshot, rows, on_air),
        price=None if row is None else _price(row, snapshot, title),
        stock=None if row is None else _stock(row, snapshot),
        following=_following(snapshot, rows, on_air),
        question=" ".join(question_of(snapshot).split()),
        message=snapshot.presenter.message,
    )


def _sign(snapshot: Snapshot) -> Sign:
    look = lamp_of(snapshot)
    cued = is_on_air(snapshot) or snapshot.run_of_show.on_air is not None
    return Sign(look.glyph, look.word, "go_text" if cued else look.tone, cued)


def _title(snapshot: Snapshot, on_air: SegmentTiming | None) -> str:
    if on_air is not None:
        return on_air.segment.title or "Untitled"
    show = snapshot.run_of_show
    if show.cues and show.on_air is None:
        return "The show has ended"
    return snapshot.title or show.title or "Untitled show"


def _remaining(
    snapshot: Snapshot, rows: tuple[SegmentTiming, ...], on_air: SegmentTiming | None
) -> Remaining:
    if on_air is None or on_air.start is None:
        first = rows[0].planned_start if rows and not snapshot.run_of_show.cues else None
        if first is None or first <= snapshot.at:
            return Remaining("Remaining", fmt.NONE_YET, "text_2")
        return Remaining("Starts in", fmt.duration(_whole_seconds(first - snapshot.at)))
    planned = on_air.segment.duration_ms
    left = on_air.start + planned - snapshot.at
    if left <= -fmt.SECOND:
        return Remaining("OVER", fmt.duration(-left), "warn", "WRAP UP", 1.0)
    # The bar moves with the number, on the second, and not at each snapshot between.
    whole = max(0, _whole_seconds(left))
    share = min(1.0, max(0.0, 1 - whole / planned)) if planned else 1.0
    value = fmt.duration(whole)
    if left <= WRAP_UP_MS:
        return Remaining("Remaining", value, "warn", "WRAP UP", share)
    return Remaining("Remaining", value, share=share)


def _whole_seconds(span_ms: int) -> int:
    """Return a span rounded up: a second that has begun still counts."""
    return -(-span_ms // fmt.SECOND) * fmt.SECOND


def _following(
    snapshot: Snapshot, rows: tuple[SegmentTiming, ...], on_air: SegmentTiming | None
) -> Following | None:
    zone = snapshot.timezone
    row = next((row for row in rows if row.state == "next"), None)
    if row is not None:
        clock = "" if row.start is None else fmt.clock(row.start, zone)
        return Following(row.segment.title or "Untitled", clock)
    if on_air is None or on_air.end is None:
        return None
    return Following("Off air", fmt.clock(on_air.end, zone))


def _hero(snapshot: Snapshot, on_air: SegmentTiming | None) -> ProductRow | None:
    """Return the product to talk about: of those on air the pinned one, else the first."""
    pinned = snapshot.levers.pinned
    skus = () if on_air is None else on_air.segment.skus
    sku = pinned if pinned in skus or not skus else skus[0]
    if not sku:
        return None
    return next((row for row in snapshot.products if row.sku == sku), None)


def _price(row: ProductRow, snapshot: Snapshot, title: str) -> Price:
    name = row.name or row.sku
    label = "Price now" if name.casefold() in title.casefold() else name
    currency, before = snapshot.currency, row.price_minor
    running = _offer_for(row, snapshot)
    # The product board's rule: on the desk and before the camera it is the same price.
    now = price_now(row.sku, before, snapshot.levers.running(snapshot.at)).now
    said = () if running is None else _offer_words(running, snapshot)
    was = fmt.money(before, currency) if now != before else ""
    return Price(label, fmt.money(now, currency), was, said)


def _offer_for(row: ProductRow, snapshot: Snapshot) -> RunningOffer | None:
    """Return the running offer that makes the product cheapest for everyone, else any that holds for it."""
    holding = [
        one
        for one in snapshot.levers.running(snapshot.at)
        if one.offer.kind is not OfferKind.LEAD_MAGNET
        and (not one.offer.skus or row.sku in one.offer.skus)
    ]
    price = row.price_minor or 0
    return min(
        holding,
        key=lambda one: (
            one.offer.price_minor(row.sku, price) if _is_for_all(one) else price,
            -one.started_at,
        ),
        default=None,
    )


def _is_for_all(running: RunningOffer) -> bool:
    return running.offer.for_whom is ForWhom.EVERYONE


def _offer_words(running: RunningOffer, snapshot: Snapshot) -> tuple[str, ...]:
    wanted = {running.offer.gift_sku}
    names = {row.sku: row for row in snapshot.products if row.sku in wanted}
    what = gives(running.offer, snapshot.currency, names)
    if not _is_for_all(running):
        what += f", {running.offer.for_whom.value} customers only"
    time_left, units = left_of(running, snapshot)
    timed = time_left if running.ends_at is not None else ""
    full = " · ".join(part for part in (what, timed, units) if part)
    short = " · ".join(part for part in (what, timed or units) if part)
    return tuple(dict.fromkeys((full, short, what)))


def _stock(row: ProductRow, snapshot: Snapshot) -> Stock:
    if row.stock is None:
        return Stock("In stock", fmt.UNKNOWN, "text_2")
    if freshness(snapshot, (Fact.STOCK,)).troubled:
        # Nobody measures it now: what is said on air must not sound like the present.
        return Stock("Last seen", _units(row.stock), "text_2")
    if row.stock <= 0:
        return Stock("In stock", "Sold out", "warn")
    lasts = row.minutes_of_stock
    low = lasts is not None and lasts <= LOW_MINUTES
    value = _units(row.stock)
    return Stock("Low stock" if low else "In stock", value, "warn" if low else "text")


def _units(stock: int) -> str:
    stock = max(0, stock)
    return f"{fmt.number(stock / _MILLION)}M" if stock >= _MILLION else fmt.count(stock)


def numbers_of(facts: Facts) -> dict[str, str]:
    """Return what is said, by what it is."""
    price, stock, following = facts.price, facts.stock, facts.following
    over = "OVER " if facts.remaining.is_over else ""
    return {
        "sign": facts.sign.word,
        "title": facts.title,
        "clock": facts.clock,
        "remaining": over + facts.remaining.value,
        "note": facts.remaining.note,
        "price": "" if price is None else price.value,
        "before": "" if price is None else price.before,
        "offer": "" if price is None or not price.offer else price.offer[0],
        "stock": "" if stock is None else stock.value,
        "next": "" if following is None else following.title,
        "next.clock": "" if following is None else following.clock,
        "question": facts.question,
        "message": facts.message,
    }
