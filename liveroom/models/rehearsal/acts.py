"""Commands of a simulated show, and what is known before its first second."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from liveroom.models import commands as c
from liveroom.models import events as e
from liveroom.models.money import Ledger
from liveroom.models.rehearsal.figure_values import Value
from liveroom.models.show import Show
from liveroom.models.simulation.scenarios.scenario import Scenario

Commands = Sequence[tuple[int, c.Command]]
"""Commands, each with the second of show at whose start it is given."""


class Decision(Struct, frozen=True, kw_only=True):
    """A command that was given at a second of show, why, and what the desk showed at that moment."""

    second: int
    command: c.Command
    why: str = ""
    refusal: str = ""
    knew: Mapping[str, Value] = {}


def plan_of(scenario: Scenario) -> Show:
    """Return what is known before the show: its catalogue and its run of show."""
    show, at = Show(Ledger(currency=scenario.currency)), scenario.starts_at
    for product in scenario.products:
        show.apply(
            e.ProductListed(
                occurred_at=at,
                received_at=at,
                source="plan",
                source_id=f"product:{product.sku}",
                sku=product.sku,
                name=product.name,
                price_minor=product.price_minor,
                currency=scenario.currency,
            )
        )
    show.apply(
        e.RunOfShowChanged(
            occurred_at=at,
            received_at=at,
            source="plan",
            source_id="plan",
            segments=tuple(plan.segment for plan in scenario.segments),
            title=scenario.title,
        )
    )
    return show


def behind_the_plan(happened: list[e.Event], opening: list[e.Event]) -> list[e.Event]:
    """Return the first second with what was commanded before it right behind the plan it changes."""
    plans = [at for at, each in enumerate(happened) if isinstance(each, e.RunOfShowChanged)]
    behind = plans[-1] + 1 if plans else 0
    return [*happened[:behind], *opening, *happened[behind:]]


def product_of(command: c.Command) -> str:
    """Return the sku that a command is about, blank where it is about none."""
    match command:
        case c.PinProduct(sku=sku) | c.SendPaymentLink(sku=sku) | c.ReserveStock(sku=sku):
            return sku
        case c.LaunchOffer(offer=offer):
            return next(iter(offer.skus), "")
    return ""
