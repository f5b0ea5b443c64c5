"""Facts for the presenter's display, of snapshots and made up by Hypothesis."""

from __future__ import annotations

from hypothesis import strategies as st
from msgspec.structs import replace
from PySide6.QtCore import QRectF

from liveroom.models.chat.board import ChatBoard, PinnedQuestion
from liveroom.models.levers import Levers, RunningOffer
from liveroom.models.offers import ForWhom, Offer, OfferKind
from liveroom.models.presenter import Presenter, Told
from liveroom.models.snapshot import ProductRow
from liveroom.ui import format as fmt
from liveroom.ui.presenter.compose import Text
from liveroom.ui.presenter.words import Facts, Following, Price, Remaining, Sign, Stock
from liveroom.ui.theme import Theme
from tests.ui import snapshots

SHAPES = [(1920, 1080), (1280, 720), (3840, 2160), (2560, 1080), (1440, 1080), (1280, 1024),
          (1080, 1920), (768, 1366)]  # fmt: skip


def told(text: str, seconds_ago: int = 30) -> Presenter:
    return Presenter(told=(Told(at=snapshots.NOW - seconds_ago * 1000, text=text),))


def asked(text: str) -> ChatBoard:
    """Return a chat in which a question is pinned."""
    at = snapshots.NOW - 60_000
    pin = PinnedQuestion(question_id="q", text=text, sku="", asked_at=at, pinned_at=at + 9_000)
    return ChatBoard(pinned=pin)


def stocked(sku: str = "notebook", **changes: object) -> tuple[ProductRow, ...]:
    """Return the board with something known of one product's stock."""
    rows = snapshots.full().products
    return tuple(replace(row, **changes) if row.sku == sku else row for row in rows)


def offered(**fields: object) -> Levers:
    """Return an offer on the product on air that has run for a minute."""
    known: dict[str, object] = {
        "offer_id": "o", "kind": OfferKind.PERCENTAGE, "title": "Ten off", "percent": 10.0,
        "skus": ("notebook",), "for_whom": ForWhom.EVERYONE,
    }  # fmt: skip
    offer = Offer(**(known | fields))  # type: ignore[arg-type]
    started = snapshots.NOW - 60_000
    ends = None if offer.duration_ms is None else started + offer.duration_ms
    return Levers(offers=(RunningOffer(offer=offer, started_at=started, ends_at=ends),))


def box_of(text: Text, theme: Theme) -> QRectF:
    """Return the area that the capitals of a text cover."""
    measure = theme.metrics(text.px, text.weight)
    wide = theme.advance(text.text, text.px, text.weight)
    return QRectF(text.x, text.baseline - measure.capHeight(), wide, measure.capHeight())


_LETTERS = st.characters(codec="utf-8", categories=("Lu", "Ll", "Nd", "Po"), max_codepoint=0x24F)
_WORDS = st.lists(st.text(_LETTERS, min_size=1, max_size=18), min_size=1, max_size=14)
WORDS = _WORDS.map(" ".join)
MONEY = st.builds(
    fmt.money,
    st.integers(0, 10**12),
    st.sampled_from(["BRL", "USD", "EUR", "JPY", "KRW", "INR", "CLP", "TND"]),
)
TIMES = st.integers(0, 30 * fmt.HOUR).map(fmt.duration)
SIGNS = st.sampled_from(
    [
        Sign("on air", "ON AIR", "go_text", True),
        Sign("off", "OFF AIR", "text_2", False),
        Sign("simulated", "REHEARSAL", "go_text", True),
        Sign("past", "REPLAY", "offer", False),
    ]
)
FACTS = st.builds(
    Facts,
    sign=SIGNS,
    title=WORDS,
    clock=st.just("20:41:36"),
    remaining=st.one_of(
        st.builds(
            Remaining, st.just("Remaining"), TIMES, st.just("text"), st.just(""), st.floats(0, 1)
        ),
        st.builds(
            Remaining, st.just("OVER"), TIMES, st.just("warn"), st.just("WRAP UP"), st.just(1.0)
        ),
        st.just(Remaining("Remaining", fmt.NONE_YET, "text_2")),
    ),
    price=st.none()
    | st.builds(
        Price,
        st.just("Price now") | WORDS,
        MONEY | st.just(fmt.UNKNOWN),
        st.just("") | MONEY,
        st.just(()) | st.just(("−10 % · 7:12 left · 27 of 40 left", "−10 %")) | st.tuples(WORDS),
    ),
    stock=st.none()
    | st.builds(
        Stock,
        st.sampled_from(["In stock", "Low stock", "Last seen"]),
        st.integers(0, 999_999).map(fmt.count) | st.sampled_from(["Sold out", "unknown", "12.3M"]),
        st.sampled_from(["text", "warn"]),
    ),
    following=st.none() | st.builds(Following, WORDS, st.just("20:42:54") | st.just("")),
    question=st.just("") | WORDS,
    message=st.just("") | WORDS | st.tuples(WORDS, WORDS).map("\n".join),
)
