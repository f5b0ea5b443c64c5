"""What the money chart draws: revenue, margin and ad spend per minute, means of the 10 minutes before."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from liveroom.models.facts import Fact
from liveroom.models.timeline import Column
from liveroom.ui.freshness import told_until
from liveroom.ui.parts.curves import WINDOW_SECONDS, Floats, Ints, counted

if TYPE_CHECKING:
    from liveroom.models.snapshot import Snapshot

SETTLING_SECONDS = 300
"""A window that has hardly begun jumps; the curves start when half of it is there."""
_COLUMNS = (Column.REVENUE, Column.AD_SPEND, Column.COSTED_REVENUE, Column.COST)


class MoneyCurves(NamedTuple):
    """Minor units per minute at each instant; NaN where unknown, None where nobody tells it at all."""

    revenue: Floats
    margin: Floats | None
    ad_spend: Floats | None


def money_curves(snapshot: Snapshot, instants: Floats) -> MoneyCurves:
    """Return the curves at `instants` (s UTC).

    In a younger show than the window it is the mean of the minutes so far. Margin is unknown where
    something was sold and none of it has a known cost; ad spend is drawn up to the newest report, the
    others up to where a silent source of the orders was heard last.
    """
    series, known = snapshot.series, snapshot.totals
    started = (snapshot.at if snapshot.started_at is None else snapshot.started_at) / 1000
    minutes = np.clip((instants - started) / 60, 1, WINDOW_SECONDS / 60)
    told = told_until(snapshot, (Fact.ORDERS,))
    young = instants < started + SETTLING_SECONDS
    silent = np.zeros(len(instants), bool) if told is None else instants > told
    revenue, spend, costed, cost = counted(series.totals, instants, *_COLUMNS)

    def per_minute(amounts: Ints) -> Floats:
        rates = amounts / minutes
        rates[young] = np.nan
        return np.asarray(rates, dtype=np.float64)

    margin = ads = None
    if known.cost_minor is not None:
        margin = per_minute(costed - cost)
        margin[silent | ((revenue > 0) & (costed == 0) & (cost == 0))] = np.nan
    if known.ad_spend_minor is not None and series.ad_spend_at is not None:
        ads = per_minute(spend)
        ads[instants > series.ad_spend_at + 1] = np.nan
    sold = per_minute(revenue)
    sold[silent] = np.nan
    return MoneyCurves(sold, margin, ads)


def newest(curve: Floats | None) -> tuple[int, float] | None:
    """Return the place and the value of a curve's last point that is known."""
    if curve is None:
        return None
    known = np.flatnonzero(~np.isnan(curve))
    return (int(known[-1]), float(curve[known[-1]])) if len(known) else None
