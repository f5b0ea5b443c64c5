"""Entry channels: where visits come from, and how well each converts."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout

from liveroom.models.definitions import DEFINITIONS
from liveroom.models.facts import EntryChannel, Fact
from liveroom.models.money import divide_minor
from liveroom.ui import format as fmt
from liveroom.ui import glyphs
from liveroom.ui.freshness import freshness, troubled_facts
from liveroom.ui.keyboard.commands import PanelCommand
from liveroom.ui.panel import Heading, Nothing, Panel, Submit
from liveroom.ui.parts.channel_lanes import (
    COLOURS,
    CONVERSION,
    ORDERS,
    SHARE,
    VISITS,
    ChannelLanes,
)
from liveroom.ui.parts.choice import Choice
from liveroom.ui.parts.share_bar import Share, ShareBar
from liveroom.ui.parts.table import Cell, Column, Table
from liveroom.ui.theme import Theme
from liveroom.ui.tooltips import explain

if TYPE_CHECKING:
    from liveroom.models.snapshot import ChannelRow, Snapshot

MOST_LABELS = 8
"""Labels shown beneath one channel; the smaller ones are summed up in a line."""
_VIEWS = (
    ("Table", ""),
    ("Share", SHARE),
    ("Visits", VISITS),
    ("Orders", ORDERS),
    ("Conv.", CONVERSION),
)
"""What the panel can show: the table, or a measure over time."""
_VIEWS_WIDTH, _NARROW = 272, 440
_COLUMNS = (
    Column("channel", "Channel", 0, left=True),
    Column("visits", "Visits", 46),
    Column("share", "Share", 46, 5),
    Column("orders", "Orders", 51, 2),
    Column("recent", "Conv. 10 min", 82, 3),
    Column("conversion", "Conv.", 46),
    Column("revenue", "Revenue", 60),
    Column("average_order_value", "AOV", 42, 8),
    Column("new_share", "New", 46, 7),
    Column("ad_spend", "Spend", 54, 9),
    Column("roas", "ROAS", 46, 1),
    Column("cac", "CAC", 42, 6),
)
_OF_ADS = frozenset({"ad_spend", "roas", "cac"})
_OF_NEW = frozenset({"new_share", "cac"})
_PEOPLE = ("new", "returning")
_SPLIT = ("new_orders", "returning_orders", "new_visits", "returning_visits")
_RULE = "Organic, paid and direct are named by rule; the platform's own label is beneath."
_OVER_TIME = {
    SHARE: "parts of all visits",
    VISITS: "visits",
    ORDERS: "orders",
    CONVERSION: "conversion: orders ÷ visits",
}
_HOUR = 60


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


class ChannelsPanel(Panel):
    """Organic, paid, direct and unknown, each with the platform's own labels beneath."""

    commands = (
        PanelCommand(
            "view",
            "Table, share, visits, orders or conversion over time",
            ("V",),
            lambda panel: panel.next_view(),
        ),
    )

    def __init__(self, submit: Submit, theme: Theme) -> None:
        """Build the bar and the table."""
        super().__init__(submit, theme)
        self._snapshot: Snapshot | None = None
        self._keys: list[str] = []
        self._lines: list[Line] = []
        self._absent: frozenset[str] = frozenset()
        self._bar = ShareBar(theme)
        self._table = Table(theme, _COLUMNS, 24, self._describe)
        self._table.set_least_name(112)
        self.views = Choice(theme, "View", [words for words, _ in _VIEWS], at_once=True)
        self.views.setFixedWidth(_VIEWS_WIDTH)
        self.views.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.views.chosen.connect(lambda _: self._turn())
        self.lanes = ChannelLanes(theme)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._table)
        self._pages.addWidget(self.lanes)
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._head.setContentsMargins(0, 0, 8, 0)
        self._head.setSpacing(4)
        self._head.addWidget(self._bar, 1)
        self._head.addWidget(self.views, 0, Qt.AlignmentFlag.AlignRight)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(2)
        column.addLayout(self._head)
        column.addWidget(self._pages, 1)
        self.setFocusProxy(self._table)

    def nothing(self, snapshot: Snapshot) -> Nothing | None:
        if snapshot.channels:
            return None
        if Fact.VISITS in snapshot.counting or Fact.ORDERS in snapshot.counting:
            return Nothing("No visits yet", "Channels appear with the first visit.")
        hint = "Entry channels need a source that reports visits, or orders with their channel."
        return Nothing("No source reports visits", hint)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        before, self._snapshot = self._snapshot, snapshot
        self._show_over_time()
        self._show_sources(snapshot)
        lines, people = lines_of(snapshot.channels), people_of(snapshot)
        if (
            before is not None
            and before.channels is snapshot.channels
            and people_of(before) == people
        ):
            return
        self._lines = lines
        keys = [line.key for line in lines] + ["total"] + [line.key for line in people]
        if keys != self._keys:
            self._keys = keys
            self._table.resize_rows(0)
            self._table.resize_rows(len(keys))
            for row, line in enumerate(lines):
                self._paint_square(row, line)
        visits = _sum(line.visits for line in lines if not line.beneath)
        for row, line in enumerate(lines):
            self._show_line(row, line, visits)
        self._show_total(len(lines), [line for line in lines if not line.beneath])
        for row, line in enumerate(people, len(lines) + 1):
            self._show_line(row, line, _sum(line.visits for line in people))
        whole = [line for line in lines if not line.beneath and line.visits]
        self._bar.show_shares([Share(x.title, x.visits or 0, x.colour) for x in whole])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # A bar that is hardly longer than its words says nothing: where it is narrow it gets a line.
        narrow = self.width() < _NARROW
        ways = QBoxLayout.Direction
        self._head.setDirection(ways.TopToBottom if narrow else ways.LeftToRight)

    def heading(self) -> Heading:
        snapshot = self._snapshot
        words = "conversion: orders ÷ visits"
        if snapshot is None:
            return Heading(words)
        measure = self._measure()
        if measure:
            minutes = snapshot.channel_blocks.minutes
            unit = (
                f"{fmt.plural(minutes, 'minute')}" if minutes < _HOUR else f"{minutes // _HOUR} h"
            )
            words = f"{_OVER_TIME[measure]} · blocks of {unit}"
        facts = [Fact.VISITS, Fact.ORDERS]
        facts += [Fact.AD_SPEND] if Fact.AD_SPEND in snapshot.counting else []
        fresh = freshness(snapshot, facts)
        shown, possible = len(self._table.shown_columns()), len(_COLUMNS) - len(self._absent)
        if not fresh.troubled and not measure and shown < possible:
            return Heading(words, f"{shown} of {possible} columns")
        return Heading(words, fresh.note, fresh.tone)

    def numbers(self) -> dict[str, str]:
        return {
            f"{key}.{column.key}": self._table.text_at(row, column.key)
            for row, key in enumerate(self._keys)
            for column in _COLUMNS[1:]
        } | {f"{channel}.over_time": text for channel, text in self.lanes.texts().items()}

    def _measure(self) -> str:
        """Return what is shown over time, blank for the table."""
        return _VIEWS[self.views.current or 0][1]

    def next_view(self) -> None:
        self.views.pick(((self.views.current or 0) + 1) % len(_VIEWS))

    def _turn(self) -> None:
        self._show_over_time()
        self._pages.setCurrentIndex(1 if self._measure() else 0)
        self.say_heading()

    def _show_over_time(self) -> None:
        if self._snapshot is not None:
            measure = self._measure() or SHARE
            self.lanes.show_blocks(self._snapshot.channel_blocks, measure, self._snapshot.timezone)

    def _show_sources(self, snapshot: Snapshot) -> None:
        absent = frozenset() if Fact.AD_SPEND in snapshot.counting else _OF_ADS
        if all(row.new_orders is None for row in snapshot.channels):
            absent |= _OF_NEW
        self._absent = absent
        self._table.leave_out(absent)
        silent = troubled_facts(snapshot)
        stale = [
            column.key
            for column in _COLUMNS[1:]
            if silent and silent.intersection(DEFINITIONS[f"channel.{column.key}"].facts)
        ]
        self._table.set_stale(frozenset(stale))

    def _show_line(self, row: int, line: Line, visits: int | None) -> None:
        quiet = "text_3" if line.beneath else "text"
        title = f"      {line.title}" if line.beneath else line.title
        currency = self._snapshot.currency if self._snapshot is not None else None
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
        for key, cell in cells.items():
            self._table.set_cell(row, key, cell)

    def _show_total(self, row: int, lines: list[Line]) -> None:
        visits = _sum(line.visits for line in lines)
        orders = _sum(line.orders for line in lines)
        revenue = _sum(line.revenue_minor for line in lines)
        snapshot = self._snapshot
        assert snapshot is not None
        spent = _sum(line.ad_spend_minor for line in lines)
        recent = (snapshot.earlier.conversion_rate, snapshot.recent.conversion_rate)
        new, returning = (_sum(getattr(line, name) for line in lines) for name in _SPLIT[:2])
        everyone = Line(
            "total", "", "", visits, orders, revenue,
            ad_spend_minor=spent, new_orders=new, returning_orders=returning,
        )  # fmt: skip
        cells = {
            "channel": Cell("All channels", "text_2"),
            "visits": Cell(fmt.count(visits), "text_2"),
            "share": Cell(fmt.percent(1.0 if visits else None), "text_3"),
            "orders": Cell(fmt.count(orders), "text_2"),
            "recent": Cell(_arrow(*recent), "text_2"),
            "conversion": Cell(fmt.percent(_ratio(orders, visits)), "text_2"),
            "revenue": Cell(fmt.amount(revenue, snapshot.currency), "text", 600),
            "average_order_value": Cell(_mean(revenue, orders, snapshot.currency), "text_2"),
            **_of_ads(spent, revenue, snapshot.currency),
            **_of_new(everyone, snapshot.currency),
        }
        for key, cell in cells.items():
            self._table.set_cell(row, key, cell)
        self._table.set_background(row, "header")

    def _paint_square(self, row: int, line: Line) -> None:
        if not line.beneath:
            picture = glyphs.pixmap("square", 9, self.theme[line.colour], self.devicePixelRatioF())
            self._table.set_picture(row, "channel", picture)

    def _describe(self, key: str, row: int) -> str:
        if key == "channel":
            line = self._lines[row] if 0 <= row < len(self._lines) else None
            return _RULE if line is None else "\n".join(filter(None, (_RULE, _people(line))))
        exact = self._table.text_at(row, key) if row >= 0 else ""
        return explain(f"channel.{key}", self._snapshot, exact)


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


def _people(line: Line) -> str:
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
