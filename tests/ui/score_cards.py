"""Scores to show: a rehearsal of case C9 with seven decisions, at the fifth attempt."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from liveroom.models import commands as c
from liveroom.models.case_figure import CaseFigure, Standing
from liveroom.models.facts import Presentation, Recipients
from liveroom.models.rehearsal.interval import Interval
from liveroom.models.score_card import Attempt, DecisionWorth, KnownThen, Result, ScoreCard
from tests.ui import lever_snapshots, snapshots
from tests.ui.snapshots import instant


def known(audience: int, rate: float, sales: int, segment: str, stock: int | None) -> KnownThen:
    """Return what the desk knew at a moment."""
    return KnownThen(
        segment=segment,
        audience=audience,
        conversion_rate=rate,
        revenue_per_minute_minor=sales,
        stock=stock,
    )


def over_seeds(mean: int, half: int) -> Interval:
    """Return a difference as it comes out on six seeds."""
    return Interval(number=6, mean=mean, low=mean - half, high=mean + half)


DECISIONS = tuple(
    DecisionWorth(
        at=instant(clock),
        command=command,
        also=also,
        known=then,
        money_minor=money,
        viewer_minutes=minutes,
        over_seeds=over_seeds(mean, half),
    )
    for clock, command, also, then, money, minutes, mean, half in [
        (
            "20:06:10",
            c.PinProduct(sku="fone"),
            (),
            known(1240, 0.031, 212_000, "s2", 86),
            84_200,
            12.0,
            31_000,
            142_000,
        ),
        (
            "20:14:02",
            c.ChangePresentation(style=Presentation.DEMONSTRATION),
            (),
            known(2480, 0.041, 498_000, "s3", None),
            412_000,
            2_310.0,
            388_000,
            164_000,
        ),
        (
            "20:24:30",
            c.SetAdSpend(per_minute_minor=6000),
            (),
            known(4410, 0.043, 611_000, "s4", None),
            -318_500,
            1_904.0,
            -301_200,
            55_400,
        ),
        (
            "20:31:20",
            c.ChangeSegmentDuration(segment_id="s5", duration_ms=900_000),
            (),
            known(4802, 0.039, 580_000, "s5", None),
            -122_000,
            -640.0,
            -40_000,
            188_000,
        ),
        (
            "20:36:00",
            c.LaunchOffer(offer=lever_snapshots.DISCOUNT.offer),
            (c.PinProduct(sku="boom"), c.SendReminder(to=Recipients.CARTS)),
            known(4310, 0.029, 430_000, "s5", 41),
            1_842_300,
            806.0,
            1_705_000,
            610_000,
        ),
        (
            "20:44:12",
            c.EndOffer(offer_id="boom10"),
            (),
            known(3890, 0.034, 552_000, "s6", 2),
            -2_100,
            0.0,
            400,
            9_000,
        ),
        (
            "20:47:40",
            c.SendPaymentLink(sku="notebook"),
            (),
            known(3720, 0.033, 510_000, "s6", 37),
            0,
            0.0,
            0,
            0,
        ),
    ]
)
ATTEMPTS = tuple(
    Attempt(
        ended_at=instant("21:00:00") + day * 86_400_000,
        gained_minor=gained,
        possible_minor=3_120_000,
    )
    for day, gained in enumerate([-420_000, 310_000, 1_250_000, 1_010_000, 2_309_000])
)


CASE = CaseFigure(
    case_id="C9",
    name="sales peak during the discount ÷ mean of the show",
    unit="× the mean",
    figure=4.0,
    value=4.31,
    over_seeds=over_seeds(4, 1),
    standing=Standing.REACHED,
)


def card(**changes: Any) -> ScoreCard:
    """Return the score of the fifth attempt."""
    score = ScoreCard(
        currency="BRL",
        timezone=snapshots.ZONE,
        measure="margin after cost of goods and ad spend",
        yours=Result(title="yours", money_minor=9_840_000, viewer_minutes=198_400),
        nothing=Result(
            title="doing nothing",
            money_minor=7_531_000,
            viewer_minutes=194_100,
            behind_yours=over_seeds(2_105_000, 730_000),
        ),
        policies=(
            Result(
                title="Surprise discount",
                money_minor=10_651_000,
                viewer_minutes=199_800,
                behind_yours=over_seeds(-402_000, 690_000),
            ),
            Result(
                title="Best sellers first",
                money_minor=8_410_000,
                viewer_minutes=195_200,
                behind_yours=over_seeds(1_288_000, 540_000),
            ),
        ),
        decisions=DECISIONS,
        attempts=ATTEMPTS,
        scenario="Festa da Eletrônica",
        seed=4217,
        seeds=6,
        case=CASE,
        producer="Ana",
        product_names=tuple((row.sku, row.name) for row in lever_snapshots.board()),
        segment_titles=tuple((one.segment_id, one.title) for one in snapshots.SEGMENTS),
    )
    return replace(score, **changes)
