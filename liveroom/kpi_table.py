"""The key figures as a table for the terminal."""

from __future__ import annotations

from liveroom.models.kpis import Kpis
from liveroom.models.money import minor_digits

_UNKNOWN = "—"


def kpi_table(kpis: Kpis) -> str:
    """Return the key figures as lines of text; unknown is a dash."""
    currency = kpis["currency"]
    audience, chat = kpis["audience"], kpis["chat"]
    rows = [
        ("visits", _count(kpis["visits"]), "viewers who entered"),
        ("visitors", _count(kpis["visitors"]), "different people among them"),
        ("audience, mean", _count(audience["mean"]), "over its samples"),
        ("audience, peak", _count(audience["peak"]), _at(audience["peak_at"])),
        ("product views", _count(kpis["product_views"]), ""),
        ("product clicks", _count(kpis["product_clicks"]), ""),
        ("cart additions", _count(kpis["cart_adds"]), _of(kpis["carts"], "carts")),
        ("checkouts", _count(kpis["checkouts"]), ""),
        ("orders", _count(kpis["orders"]), _of(kpis["units"], "units")),
        ("revenue", money(kpis["revenue_minor"], currency), "placed, gross"),
        ("cancelled", money(kpis["cancelled_minor"], currency), "cancelled or refunded"),
        ("net revenue", money(kpis["net_revenue_minor"], currency), "revenue − cancelled"),
        ("average order value", money(kpis["average_order_value_minor"], currency), ""),
        ("conversion rate", _rate(kpis["conversion_rate"]), "orders ÷ visits"),
        ("chat messages", _count(chat["messages"]), _of(chat["people"], "people")),
    ]
    rows += [row for row in _if_known(kpis, currency) if row[1] != _UNKNOWN]
    rows += [
        (f"  {channel}", _count(row["visits"]), f"{_count(row['orders'])} orders")
        for channel, row in kpis["by_channel"].items()
    ]
    rows += [
        ("set aside", money(amount, other), f"no rate from {other} to {currency} is stated")
        for other, amount in kpis["money_set_aside_minor"].items()
    ]
    if kpis["set_aside"]:
        rows.append(("set aside", _count(kpis["set_aside"]), "payloads not understood"))
    return "\n".join(f"{name:<22}{value:>18}  {note}".rstrip() for name, value, note in rows)


def _if_known(kpis: Kpis, currency: str | None) -> list[tuple[str, str, str]]:
    """Return what few sources say: left out where it is unknown."""
    carts, new, returning = kpis["abandonment"], kpis["new"], kpis["returning"]
    back = f"{_count(carts['recovered'])} of {_count(carts['abandoned'])} recovered"
    return [
        ("mean watch time", _minutes(kpis["mean_watch_minutes"]), "per visit"),
        ("reactions", _count(kpis["reactions"]), ""),
        ("leads", _count(kpis["leads"]), ""),
        ("failed payments", _count(kpis["failed_payments"]), ""),
        (
            "cart abandonment",
            _rate(carts["rate"]),
            f"{_count(carts['abandoned'])} of all {_count(carts['carts'])} carts, the young ones too,"
            f" after {carts['after_minutes']} min; {back}",
        ),
        ("margin", money(kpis["margin_minor"], currency), "of products whose cost is known"),
        ("ad spend", money(kpis["ad_spend_minor"], currency), ""),
        ("ROAS", _factor(kpis["roas"]), "revenue ÷ ad spend"),
        ("CAC", money(kpis["cac_minor"], currency), "ad spend ÷ orders of new customers"),
        ("CPL", money(kpis["cpl_minor"], currency), "ad spend ÷ leads"),
        ("orders, new people", _count(new["orders"]), money(new["revenue_minor"], currency)),
        (
            "orders, returning",
            _count(returning["orders"]),
            money(returning["revenue_minor"], currency),
        ),
    ]


def money(amount_minor: int | None, currency: str | None) -> str:
    """Return an amount with its currency, or a dash where it is unknown."""
    if amount_minor is None:
        return _UNKNOWN
    digits = minor_digits(currency or "")
    return f"{amount_minor / 10**digits:,.{digits}f} {currency or ''}".rstrip()


def _count(value: float | None) -> str:
    return _UNKNOWN if value is None else f"{value:,.0f}"


def _rate(value: float | None) -> str:
    return _UNKNOWN if value is None else f"{value:.2%}"


def _minutes(value: float | None) -> str:
    return _UNKNOWN if value is None else f"{value:.1f} min"


def _factor(value: float | None) -> str:
    return _UNKNOWN if value is None else f"{value:.2f}"


def _at(instant: str | None) -> str:
    return f"at {instant}" if instant else ""


def _of(value: int | None, what: str) -> str:
    return "" if value is None else f"{value:,} {what}"
