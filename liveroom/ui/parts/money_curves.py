"""What the money chart draws: revenue, margin and ad spend per minute, means of the 10 minutes before."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from liveroom.ui.parts.curves import WINDOW_SECONDS, Floats, Ints, rolling

if TYPE_CHECKING:
    from liveroom.models.snapshot import Series

SETTLING_SECONDS = 300
"""A window that has hardly begun jumps; the curves start when half of it is there."""


class MoneyCurves(NamedTuple):
    """Minor units per minute at each instant; NaN where unknown, None where nobody tells it at all."""

    revenue: Floats
    margin: Floats | None
    ad_spend: Floats | None


def money_curves(series: Series, instants: Floats, started: float) -> MoneyCurves:
    """Return the curves at `instants` (s UTC) of a show that started at an instant (s UTC).

    In a younger show than the window it is the mean of the minutes so far. Margin is unknown where
    something was sold and none of it has a known cost; ad spend is drawn up to the newest report.
    """
    minutes = np.clip((instants - started) / 60, 1, WINDOW_SECONDS / 60)
    young = instants < started + SETTLING_SECONDS

    def per_minute(totals: Ints) -> Floats:
        rates = rolling(series.seconds, totals, instants) / minutes
        rates[young] = np.nan
        return rates

    revenue = per_minute(series.revenue_minor)
    margin = spend = None
    if series.costed_revenue_minor is not None and series.cost_minor is not None:
        margin = per_minute(series.costed_revenue_minor - series.cost_minor)
        costed = rolling(series.seconds, series.costed_revenue_minor, instants)
        costs = rolling(series.seconds, series.cost_minor, instants)
        margin[(revenue > 0) & (costed == 0) & (costs == 0)] = np.nan
    if series.ad_spend_minor is not None and series.ad_spend_at is not None:
        spend = per_minute(series.ad_spend_minor)
        spend[instants > series.ad_spend_at + 1] = np.nan
    return MoneyCurves(revenue, margin, spend)


def newest(curve: Floats | None) -> tuple[int, float] | None:
    """Return the place and the value of a curve's last point that is known."""
    if curve is None:
        return None
    known = np.flatnonzero(~np.isnan(curve))
    return (int(known[-1]), float(curve[known[-1]])) if len(known) else None
