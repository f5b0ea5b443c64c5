"""Targets as text, and what the producer types as a target."""

from __future__ import annotations

from decimal import Decimal

from liveroom.models.targets import RULES, TargetKpi, why_not
from liveroom.ui import format as fmt
from liveroom.ui import typed

_TENTH = 0.1
AT_MOST = "\u2264"
NAMES = {
    TargetKpi.REVENUE: "revenue",
    TargetKpi.ORDERS: "orders",
    TargetKpi.SALES_PER_MINUTE: "sales per minute",
    TargetKpi.AUDIENCE: "peak audience",
    TargetKpi.CONVERSION: "conversion",
    TargetKpi.AVERAGE_ORDER_VALUE: "average order value",
    TargetKpi.ABANDONMENT: "cart abandonment",
    TargetKpi.ROAS: "ROAS",
    TargetKpi.CAC: "CAC",
    TargetKpi.CPL: "CPL",
    TargetKpi.MARGIN_RATE: "margin of the revenue",
    TargetKpi.LEADS: "leads",
    TargetKpi.WATCH_TIME: "watch time",
}
"""What each is called in a sentence."""


def bare_text(kpi: TargetKpi, value: float, currency: str | None) -> str:
    """Return a target as it is typed: without a sign of its unit."""
    unit = RULES[kpi].unit
    if unit == "money":
        return fmt.amount(round(value), currency)
    if unit == "count":
        return fmt.count(round(value))
    if unit == "rate":
        return fmt.number(value * 100, _digits(value))
    return fmt.number(value, 2 if unit == "factor" else 1)


def target_text(kpi: TargetKpi, value: float, currency: str | None) -> str:
    """Return a target with its unit, and with `≤` where less is better."""
    text, unit = bare_text(kpi, value, currency), RULES[kpi].unit
    if unit == "money":
        text = fmt.money(round(value), currency)
    elif unit == "rate":
        text = f"{text}{fmt.THIN}%"
    elif unit == "minutes":
        text = f"{text}{fmt.NO_BREAK}min"
    return f"{AT_MOST}{fmt.NO_BREAK}{text}" if RULES[kpi].at_most else text


def unit_word(kpi: TargetKpi, currency: str | None) -> str:
    """Return what stands beside the field of a target."""
    words = {"money": fmt.symbol(currency), "rate": "%", "minutes": "min"}
    return words.get(RULES[kpi].unit, "")


def parse_target(kpi: TargetKpi, text: str, currency: str | None) -> float | None:
    """Return what was typed as a target, None for a blank; raise ValueError that says what is wrong."""
    bare = text.strip().removeprefix(AT_MOST).strip()
    if not bare:
        return None
    unit = RULES[kpi].unit
    bare = bare.removesuffix(fmt.THIN + "%").removesuffix("min").strip()
    read = typed.money(bare, currency) if unit == "money" else typed.number(bare)
    if read is None:
        raise ValueError(f"{text.strip()!r} is not a number the desk can read")
    value = float(Decimal(read) / 100) if unit == "rate" else float(read)
    if wrong := why_not(kpi, value):
        raise ValueError(wrong[0].upper() + wrong[1:])
    return value


def _digits(rate: float) -> int:
    """Return the decimals of a rate: none where it is a whole number of ten per cent or more."""
    return 0 if rate >= _TENTH and abs(rate * 100 - round(rate * 100)) < 1e-9 else 1
