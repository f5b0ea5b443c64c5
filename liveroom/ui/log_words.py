"""Entries of the journal in words, as the log shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from liveroom.models.facts import TROUBLED, ConnectionState, Mode
from liveroom.models.journal import Entry, EntryKind
from liveroom.models.targets import TargetKpi
from liveroom.ui import format as fmt
from liveroom.ui.offer_words import name_of
from liveroom.ui.source_words import span
from liveroom.ui.target_words import AT_MOST, NAMES, target_text
from liveroom.ui.tooltips import source_title

if TYPE_CHECKING:
    from liveroom.models.snapshot import Snapshot


class LogLine(NamedTuple):
    """One line of the log: a mark, its tone, what happened, and a quieter detail."""

    glyph: str
    tone: str
    words: str
    detail: str = ""


_QUIET = frozenset({ConnectionState.STARTING, ConnectionState.STOPPED})
"""States of a source that are no news."""
_STATE_WORDS = {
    ConnectionState.RUNNING: "runs",
    ConnectionState.FAILING: "is failing",
    ConnectionState.NEEDS_ATTENTION: "needs attention",
    ConnectionState.FAILED: "has failed",
    ConnectionState.FINISHED: "has no more to say",
}


def is_news(entry: Entry) -> bool:
    """Return whether the log shows an entry."""
    return entry.state not in _QUIET


def line_of(entry: Entry, snapshot: Snapshot) -> LogLine:
    """Return an entry as a line; names are those that the show has by now."""
    rows = {row.sku: row for row in snapshot.products}
    text, subject = entry.text, entry.subject
    switch = "on" if text == "on" else "off"
    match entry.kind:
        case EntryKind.SEGMENT:
            return _segment(entry, snapshot)
        case EntryKind.PLAN:
            return LogLine("menu", "text_2", "Run of show", fmt.plural(entry.number, "segment"))
        case EntryKind.OFFER:
            return LogLine("offer", "offer", text or subject, "offer launched")
        case EntryKind.OFFER_ENDED:
            offers = {each.offer.offer_id: each.offer.title for each in snapshot.levers.offers}
            return LogLine("armed", "text_2", offers.get(subject, subject), text or "offer over")
        case EntryKind.PRICE:
            return _price(entry, snapshot, name_of(subject, rows))
        case EntryKind.PINNED:
            name = f"Card: {name_of(subject, rows)}" if subject else "Card taken away"
            return LogLine("square", "text_2", name)
        case EntryKind.PRESENTING:
            return LogLine("square", "text_2", f"Presenting: {text}")
        case EntryKind.LINKS:
            return LogLine("square", "text_2", f"Automatic payment links {switch}")
        case EntryKind.REMINDER:
            return LogLine("square", "text_2", f"Reminder sent to {text}")
        case EntryKind.AD_SPEND:
            amount = fmt.money(entry.number, snapshot.currency)
            return LogLine("square", "text_2", f"Ad spend {amount} a minute")
        case EntryKind.RESERVED:
            units = fmt.plural(entry.number, "unit")
            return LogLine("square", "text_2", f"{units} of {name_of(subject, rows)} reserved")
        case EntryKind.ONE_STOCK:
            return LogLine("square", "text_2", f"One stock for all channels {switch}")
        case EntryKind.TROUBLE:
            return LogLine("attention", "warn", text[:1].upper() + text[1:], "trouble")
        case EntryKind.SOURCE:
            return _source(entry, snapshot)
        case EntryKind.COUNTING:
            title = source_title(snapshot, subject)
            return LogLine("square", "text_2", f"{title} counts for {text.replace('_', ' ')}")
        case EntryKind.QUESTION:
            words = f"To the presenter: {text}" if text else "Question taken away"
            return LogLine("question", "text_2", words)
        case EntryKind.CLOCK_SHIFT:
            title, ms = source_title(snapshot, subject), entry.number
            when = "as it says" if not ms else f"{span(abs(ms))} {'earlier' if ms > 0 else 'later'}"
            return LogLine("square", "text_2", f"{title} counted {when}", "clock shift")
        case EntryKind.REFUSED:
            return LogLine("failed", "warn", text, "refused")
        case EntryKind.TARGET:
            return _target(entry, snapshot)
        case EntryKind.ALARM:
            return _alarm(entry, snapshot)
        case EntryKind.NOTE:
            return LogLine("flag" if text else "down", "text", text or "Mark", "note")
        case EntryKind.TOLD:
            words = " / ".join(text.splitlines()) or "Message to the presenter cleared"
            return LogLine(
                "message" if text else "square", "text_2", words, "to the presenter" if text else ""
            )
    raise ValueError(f"no words for {entry.kind}")


def _segment(entry: Entry, snapshot: Snapshot) -> LogLine:
    place = snapshot.run_of_show.index(entry.subject) if entry.subject else None
    if place is None:
        return LogLine("off", "text_2", entry.subject or "Off air")
    words = "on air" if snapshot.mode is Mode.LIVE else "taken"
    title = snapshot.run_of_show.segments[place].title
    return LogLine("next", "next", f"{place + 1} · {title}", words)


def _target(entry: Entry, snapshot: Snapshot) -> LogLine:
    kpi = TargetKpi(entry.subject)
    name = NAMES[kpi]
    if not entry.text:
        return LogLine("square", "text_2", f"No target for {name} any more", "target")
    words = target_text(kpi, float(entry.text), snapshot.currency)
    return LogLine("square", "text_2", f"Target for {name}: {words}", "target")


def _alarm(entry: Entry, snapshot: Snapshot) -> LogLine:
    kpi = TargetKpi(entry.subject)
    line = target_text(kpi, float(entry.text), snapshot.currency)
    name = NAMES[kpi].capitalize()
    limit = line.removeprefix(AT_MOST).strip()
    if entry.number:
        return LogLine("attention", "bad", f"{name} above your line of {limit}", "alarm")
    return LogLine("ok", "text_2", f"{name} no longer above your line of {limit}", "alarm over")


def _price(entry: Entry, snapshot: Snapshot, name: str) -> LogLine:
    currency = entry.text or snapshot.currency
    after = fmt.money(entry.number, currency)
    words = f"{name}: {after}"
    if entry.before is not None:
        words = f"{name}: {fmt.money(entry.before, currency)} → {after}"
    return LogLine("square", "text_2", words, "price")


def _source(entry: Entry, snapshot: Snapshot) -> LogLine:
    state = entry.state or ConnectionState.RUNNING
    words = f"{source_title(snapshot, entry.subject)} {_STATE_WORDS.get(state, state.value)}"
    if state in TROUBLED:
        return LogLine("attention", "warn", words, entry.text)
    return LogLine("ok" if state is ConnectionState.RUNNING else "done", "text_2", words)
