"""The counted figures of a span of show; None is unknown, never zero."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from liveroom.models.money import divide_minor
from liveroom.models.timeline import Column


class Figures(Struct, frozen=True, kw_only=True, gc=False):
    """Counts and money (minor units of the session's currency) of a span; None where unknown."""

    visits: int | None = None
    impressions: int | None = None
    product_views: int | None = None
    product_clicks: int | None = None
    cart_adds: int | None = None
    cart_units: int | None = None
    cart_removals: int | None = None
    checkouts: int | None = None
    orders: int | None = None
    orders_without_amount: int | None = None
    units: int | None = None
    revenue_minor: int | None = None
    cancellations: int | None = None
    cancellations_without_amount: int | None = None
    cancelled_minor: int | None = None
    chat_messages: int | None = None
    reactions: int | None = None
    leads: int | None = None
    failed_payments: int | None = None
    ad_spend_minor: int | None = None
    costed_revenue_minor: int | None = None
    """What the lines brought whose cost is known; a margin is of them alone."""
    cost_minor: int | None = None
    """What the units of those lines cost the shop."""

    @property
    def net_revenue_minor(self) -> int | None:
        """Revenue placed minus what was cancelled or refunded in the same span; None if one is."""
        if self.revenue_minor is None or self.cancelled_minor is None:
            return None
        return self.revenue_minor - self.cancelled_minor

    @property
    def average_order_value_minor(self) -> int | None:
        """Revenue ÷ orders that have an amount, in whole minor units."""
        if self.revenue_minor is None or not self.orders:
            return None
        return mean_minor(self.revenue_minor, self.orders - (self.orders_without_amount or 0))

    @property
    def conversion_rate(self) -> float | None:
        """Orders ÷ visits of the room."""
        return ratio(self.orders, self.visits)

    @property
    def margin_minor(self) -> int | None:
        """Revenue of what has a known cost minus that cost, before cancellations."""
        if self.costed_revenue_minor is None or self.cost_minor is None:
            return None
        return self.costed_revenue_minor - self.cost_minor

    @property
    def margin_rate(self) -> float | None:
        """Margin ÷ the revenue whose cost is known."""
        return ratio(self.margin_minor, self.costed_revenue_minor)

    @property
    def costed_share(self) -> float | None:
        """Revenue whose cost is known ÷ revenue; a discount on whole orders can make it 1 at most."""
        share = ratio(self.costed_revenue_minor, self.revenue_minor)
        return None if share is None else min(1.0, share)

    @property
    def roas(self) -> float | None:
        """Revenue placed ÷ ad spend of the same span, whatever led to the orders."""
        return ratio(self.revenue_minor, self.ad_spend_minor)

    @property
    def cpl_minor(self) -> int | None:
        """Ad spend ÷ leads (CPL), in whole minor units."""
        return mean_minor(self.ad_spend_minor, self.leads)


def ratio(part: int | None, whole: int | None) -> float | None:
    """Return part ÷ whole, None where one is unknown or the whole is zero."""
    if part is None or not whole:
        return None
    return part / whole


def mean_minor(amount_minor: int | None, count: int | None) -> int | None:
    """Return an amount ÷ a count in whole minor units, None where one is unknown or there is none."""
    if amount_minor is None or not count:
        return None
    return divide_minor(amount_minor, count)


class Known(Struct, frozen=True, kw_only=True, gc=False):
    """Which columns of a timeline are known at all, in this session."""

    columns: frozenset[int] = frozenset()

    def figures(self, counts: Sequence[int]) -> Figures:
        """Return the figures of a row of counts (by Column)."""

        def known(column: Column) -> int | None:
            return int(counts[column]) if column in self.columns else None

        def without(all_of_them: Column, part: Column) -> int | None:
            return int(counts[all_of_them] - counts[part]) if all_of_them in self.columns else None

        def unless_none(column: Column, all_of_them: Column, part: Column) -> int | None:
            # Sums over facts none of which has the detail are unknown; over no facts they are 0.
            return None if counts[all_of_them] and not counts[part] else known(column)

        def costed(column: Column) -> int | None:
            # Known together, once the cost of any product is.
            nothing = counts[Column.ORDERS] and not counts[Column.COSTED_LINES]
            known = Column.COST in self.columns and not nothing
            return int(counts[column]) if known else None

        orders, cancellations = Column.ORDERS, Column.CANCELLATIONS
        priced, refunded = Column.PRICED_ORDERS, Column.PRICED_CANCELLATIONS
        spends, priced_spends = Column.AD_SPENDS, Column.PRICED_AD_SPENDS
        return Figures(
            visits=known(Column.VISITS),
            impressions=known(Column.IMPRESSIONS),
            product_views=known(Column.PRODUCT_VIEWS),
            product_clicks=known(Column.PRODUCT_CLICKS),
            cart_adds=known(Column.CART_ADDS),
            cart_units=known(Column.CART_UNITS),
            cart_removals=known(Column.CART_REMOVALS),
            checkouts=known(Column.CHECKOUTS),
            orders=known(orders),
            orders_without_amount=without(orders, priced),
            units=unless_none(Column.UNITS, orders, Column.ORDERS_WITH_UNITS),
            revenue_minor=unless_none(Column.REVENUE, orders, priced),
            cancellations=known(cancellations),
            cancellations_without_amount=without(cancellations, refunded),
            cancelled_minor=unless_none(Column.CANCELLED, cancellations, refunded),
            chat_messages=known(Column.CHAT_MESSAGES),
            reactions=known(Column.REACTIONS),
            leads=known(Column.LEADS),
            failed_payments=known(Column.FAILED_PAYMENTS),
            ad_spend_minor=unless_none(Column.AD_SPEND, spends, priced_spends),
            costed_revenue_minor=costed(Column.COSTED_REVENUE),
            cost_minor=costed(Column.COST),
        )
