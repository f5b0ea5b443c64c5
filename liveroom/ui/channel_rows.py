"""What the table of channels says: a line per channel, label and kind of people, and its cells."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from liveroom.models.facts import EntryChannel
from liveroom.models.money import divide_minor
from liveroom.ui import format as fmt
from liveroom.ui.parts.cells import Cell
from liveroom.ui.parts.channel_lanes import COLOURS

if TYPE_CHECKING:
    from liveroom.models.snapshot import ChannelRow, Snapshot

MOST_LABELS = 8
"""Labels shown beneath one channel; the smaller ones are summed up in a line."""
_PEOPLE = ("new", "returning")
_SPLIT = ("new_orders", "returning_orders", "new_visits", "returning_visits")
_SUMMED = ("visits", "orders", "revenue_minor", "ad_spend_minor", *_SPLIT[:2])


class Line(NamedTuple):
    """One line of the table: a channel, a label beneath it, or the rest of its labels."""

    key: str
    title: str
    colour: str
    visits: int | None
    orders: int | None
    revenue_minor: int | None
    recent: float | None = None
    earlier: float | None = None
    beneath: bool = False
    ad_spend_minor: int | None = None
    new_orders: int | None = None
    returning_orders: int | None = None
    new_visits: int | None = None
    returning_visits: int | None = None


def lines_of(rows: tuple[ChannelRow, ...]) -> list[Line]:
    """Return a line per channel with the platform's labels beneath, the largest first."""
    lines: list[Line] = []
    for channel in EntryChannel:
        found = sorted(
            (row for row in rows if row.channel is channel),
            key=lambda row: -(row.visits or row.orders or 0),
        )
        if not found:
            continue
        colour, name = COLOURS[channel], channel.value.capitalize()
        lines.append(_line(channel.value, name, colour, found))
        if len(found) == 1 and found[0].label.casefold() in ("", channel.value):
            continue
        for row in found[:MOST_LABELS]:
            key = f"{channel.value}/{row.label}"
            lines.append(_line(key, row.label or "no label", colour, [row], beneath=True))
        if rest := found[MOST_LABELS:]:
            title = fmt.plural(len(rest), "more label")
            lines.append(_line(f"{channel.value}/…", title, colour, rest, beneath=True))
    return lines


def fitting(lines: list[Line], most: int) -> list[Line]:
    """Return at most so many lines, as far as labels can give way: the channels are all there.

    First go labels that are the only one of their channel; it is named beside the channel then.
    """
    if len(lines) <= most:
        return lines
    alone = {
        head.key: label.title
        for head, label, after in zip(lines, lines[1:], [*lines[2:], None], strict=False)
        if not head.beneath and label.beneath and (after is None or not after.beneath)
    }
    fewer = [
        line._replace(title=f"{line.title} · {alone[line.key]}") if line.key in alone else line
        for line in lines
        if not (line.beneath and line.key.partition("/")[0] in alone)
    ]
    return fewer if len(fewer) <= most else [line for line in lines if not line.beneath]


def _line(key: str, title: str, colour: str, rows: list[ChannelRow], beneath: bool = False) -> Line:
    return Line(
        key,
        title,
        colour,
        _sum(row.visits for row in rows),
        _sum(row.orders for row in rows),
        _sum(row.revenue_minor for row in rows),
        _ratio(_sum(row.recent_orders for row in rows), _sum(row.recent_visits for row in rows)),
        _ratio(_sum(row.earlier_orders for row in rows), _sum(row.earlier_visits for row in rows)),
        beneath,
        _sum(row.ad_spend_minor for row in rows),
        *(_sum(getattr(row, name) for row in rows) for name in _SPLIT),
    )


def people_of(snapshot: Snapshot) -> list[Line]:
    """Return a line of new and one of returning people, none where no source tells them apart."""
    found = []
    for key, people in zip(_PEOPLE, (snapshot.new, snapshot.returning), strict=True):
        if people.visits is not None or people.orders is not None:
            title = f"{key.capitalize()} people"
            figures = people.visits, people.orders, people.revenue_minor
            found.append(Line(key, title, "", *figures))
    return found


def cells_of(line: Line, visits: int | None, currency: str | None) -> dict[str, Cell]:
    """Return the cells of a line by column; its share is of so many `visits`."""
    quiet = "text_3" if line.beneath else "text"
    title = f"      {line.title}" if line.beneath else line.title
    recent, tone = _recent(line)
    cells = {
        "channel": Cell(title, "text_2" if line.beneath else "text"),
        "visits": Cell(fmt.count(line.visits), "text_3" if line.beneath else "text_2"),
        "share": Cell(fmt.percent(_ratio(line.visits, visits)), "text_3"),
        "orders": Cell(fmt.count(line.orders), quiet),
        "recent": Cell(recent, tone, 600 if tone in ("bad", "good") else 400),
        "conversion": Cell(fmt.percent(_ratio(line.orders, line.visits)), quiet),
        "revenue": Cell(fmt.amount(line.revenue_minor, currency), quiet),
        "average_order_value": Cell(_mean(line.revenue_minor, line.orders, currency), "text_2"),
        **_of_ads(line.ad_spend_minor, line.revenue_minor, currency),
        **_of_new(line, currency),
    }
    if line.key in _PEOPLE:
        cells |= dict.fromkeys(("recent", "new_share", "cac"), Cell("", "text_3"))
    return cells


def total_of(lines: Iterable[Line]) -> Line:
    """Return the line of all channels, or of all kinds of people, together."""
    lines = tuple(lines)
    visits, orders, revenue, spent, new, returning = (
        _sum(getattr(line, name) for line in lines) for name in _SUMMED
    )
    return Line(
        "total", "", "", visits, orders, revenue,
        ad_spend_minor=spent, new_orders=new, returning_orders=returning,
    )  # fmt: skip


def cells_of_total(everyone: Line, snapshot: Snapshot) -> dict[str, Cell]:
    """Return the cells of all channels together by column."""
    visits, orders, currency = everyone.visits, everyone.orders, snapshot.currency
    recent = _arrow(snapshot.earlier.conversion_rate, snapshot.recent.conversion_rate)
    return cells_of(everyone, visits, currency) | {
        "channel": Cell("All channels", "text_2"),
        "orders": Cell(fmt.count(orders), "text_2"),
        "recent": Cell(recent, "text_2"),
        "conversion": Cell(fmt.percent(_ratio(orders, visits)), "text_2"),
        "revenue": Cell(fmt.amount(everyone.revenue_minor, currency), "text", 600),
    }


def _of_ads(spent: int | None, revenue: int | None, currency: str | None) -> dict[str, Cell]:
    """Return what advertising cost and brought; an em dash where nothing was spent."""
    if spent is None:
        none = Cell(fmt.NONE_YET, "text_3")
        return {"ad_spend": none, "roas": none}
    roas = _ratio(revenue, spent)
    words = fmt.NONE_YET if roas is None else fmt.number(roas, 2)
    return {"ad_spend": Cell(fmt.amount(spent, currency), "text_2"), "roas": Cell(words)}


def _of_new(line: Line, currency: str | None) -> dict[str, Cell]:
    """Return who is new among the channel's customers, and what each new one cost."""
    new, returning, spent = line.new_orders, line.returning_orders, line.ad_spend_minor
    told = _sum((new, returning))
    share = fmt.percent(_ratio(new, told), 0, fmt.NONE_YET if told is not None else fmt.UNKNOWN)
    words = fmt.NONE_YET
    if spent is not None:
        words = fmt.UNKNOWN if new is None else words
        words = fmt.amount(divide_minor(spent, new), currency) if new else words
    return {
        "new_share": Cell(share, "text_3" if share in (fmt.NONE_YET, fmt.UNKNOWN) else "text_2"),
        "cac": Cell(words, "text" if new and spent is not None else "text_3"),
    }


def who_came(line: Line) -> str:
    """Return who came and who bought through a channel, where the source says so."""
    parts = []
    for new, returning, word in (
        (line.new_visits, line.returning_visits, "Visits"),
        (line.new_orders, line.returning_orders, "Orders"),
    ):
        if new is not None and returning is not None:
            parts.append(
                f"{word}: {fmt.count(new)} of new people, {fmt.count(returning)} of returning"
            )
    return "\n".join(parts)


def _ratio(part: int | None, whole: int | None) -> float | None:
    # models.figures has the same, but brings numpy along, which has no place before the first paint.
    return part / whole if part is not None and whole else None


def _sum(values: object) -> int | None:
    known = [value for value in values if value is not None]  # type: ignore[attr-defined]
    return sum(known) if known else None


def _mean(revenue: int | None, orders: int | None, currency: str | None) -> str:
    if revenue is None or orders is None:
        return fmt.UNKNOWN
    return fmt.amount(divide_minor(revenue, orders), currency) if orders else fmt.NONE_YET


def _arrow(earlier: float | None, recent: float | None) -> str:
    if earlier is None and recent is None:
        return fmt.NONE_YET
    before = fmt.NONE_YET if earlier is None else fmt.number(earlier * 100)
    return f"{before} → {fmt.percent(recent)}"


def _recent(line: Line) -> tuple[str, str]:
    """Return the change of the conversion and its tone: coral where it lost a quarter."""
    text = _arrow(line.earlier, line.recent)
    quiet = "text_3" if line.beneath or text == fmt.NONE_YET else "text"
    if line.earlier and line.recent is not None and (line.orders or 0) >= 20:
        share = line.recent / line.earlier - 1
        if share <= -0.25:
            return text, "bad"
    return text, quiet
