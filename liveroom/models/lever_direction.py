"""What a command that moves a lever leads to: the event that confirms it, or a refusal that says why."""

from __future__ import annotations

from typing import Any

from liveroom.errors import CommandRefused
from liveroom.models import commands as c
from liveroom.models import events as e
from liveroom.models.facts import Mode
from liveroom.models.money import amount_text
from liveroom.models.offers import Offer, OfferKind, loss_of
from liveroom.models.show import Show

_LONGEST_MINUTES = 240
_LONGEST_OFFER_MS = 24 * 3_600_000


def move(
    command: c.Command, show: Show, mode: str, at: int
) -> tuple[type[e.Event], dict[str, Any]]:
    """Return the kind of event that confirms a lever's command and its own fields."""
    match command:
        case c.LaunchOffer(offer=offer):
            _check_offer(offer, show)
            ends_at = None if offer.duration_ms is None else at + offer.duration_ms
            return e.OfferStarted, {"offer": offer, "ends_at": ends_at}
        case c.EndOffer(offer_id=offer_id):
            running = show.levers.offer(offer_id)
            if running is None or not running.runs(at):
                raise CommandRefused(f"no offer {offer_id!r} is running")
            return e.OfferEnded, {"offer_id": offer_id, "reason": "ended by the producer"}
        case c.PinProduct(sku=sku):
            if sku:
                _product(show, sku)
            return e.ProductPinned, {"sku": sku}
        case c.ChangePresentation(style=style):
            return e.PresentationChanged, {"style": style}
        case c.SendPaymentLink(sku=sku):
            _product(show, sku)
            return e.PaymentLinkSent, {"sku": sku, "label": "by hand"}
        case c.AutomatePaymentLinks(on=on):
            return e.PaymentLinksAutomated, {"on": on}
        case c.SendReminder(to=to):
            return e.ReminderSent, {"to": to}
        case c.SetAdSpend(per_minute_minor=amount):
            if amount < 0:
                raise CommandRefused("ad spend is 0 or more a minute")
            return e.AdBudgetSet, {"per_minute_minor": amount, "currency": show.ledger.currency}
        case c.ReserveStock(sku=sku, units=units):
            _product(show, sku)
            if units < 0:
                raise CommandRefused("0 or more units can be reserved")
            return e.StockReserved, {"sku": sku, "units": units}
        case c.IntegrateStock(on=on):
            return e.StockIntegrated, {"on": on}
        case c.CauseTrouble():
            return e.TroubleStarted, _trouble(command, show, mode, at)
    raise CommandRefused(f"nothing here carries out {type(command).__name__}")


def _trouble(command: c.CauseTrouble, show: Show, mode: str, at: int) -> dict[str, Any]:
    if mode != Mode.REHEARSAL:
        raise CommandRefused(f"this is a {mode}: trouble is caused in rehearsals only")
    if not 0 < command.minutes <= _LONGEST_MINUTES:
        raise CommandRefused(f"trouble lasts above 0 and up to {_LONGEST_MINUTES} minutes")
    known = {*show.products, *show.counting.attached}
    if command.subject and command.subject not in known:
        raise CommandRefused(f"there is no source or product {command.subject!r} to trouble")
    return {
        "trouble": command.trouble,
        "ends_at": at + round(command.minutes * 60_000),
        "subject": command.subject,
        "text": command.trouble.value + (f": {command.subject}" if command.subject else ""),
    }


def _check_offer(offer: Offer, show: Show) -> None:
    if not offer.offer_id or not offer.title.strip():
        raise CommandRefused("an offer needs an id and a title")
    if show.levers.offer(offer.offer_id) is not None:
        raise CommandRefused(f"there was an offer {offer.offer_id!r} in this show already")
    for sku in (*offer.skus, *([offer.gift_sku] if offer.gift_sku else [])):
        _product(show, sku)
    if offer.kind is OfferKind.PERCENTAGE and not 0 < offer.percent < 100:
        raise CommandRefused("a discount is above 0 and below 100 percent")
    if offer.kind in (OfferKind.AMOUNT, OfferKind.KIT) and offer.amount_minor <= 0:
        raise CommandRefused(f"an offer of the kind {offer.kind} needs an amount above 0")
    if offer.kind is OfferKind.KIT and len(set(offer.skus)) < 2:
        raise CommandRefused("a kit is made of two different products or more")
    if offer.kind is OfferKind.GIFT and not offer.gift_sku:
        raise CommandRefused("an offer with a gift names the gift")
    if offer.duration_ms is not None and not 0 < offer.duration_ms <= _LONGEST_OFFER_MS:
        raise CommandRefused("an offer runs for up to 24 hours")
    if offer.limit_units is not None and offer.limit_units < 1:
        raise CommandRefused("an offer is limited to one unit or more")
    _check_prices(offer, show)


def _check_prices(offer: Offer, show: Show) -> None:
    ledger, currency = show.ledger, show.ledger.currency
    prices = {
        sku: ledger.value(tally.price_minor, tally.currency) for sku, tally in show.products.items()
    }
    loss = loss_of(offer, prices)
    if loss is None:
        return
    price = amount_text(loss.price_minor, currency)
    if not loss.sku:
        kit = amount_text(offer.amount_minor, currency)
        raise CommandRefused(f"the kit for {kit} saves nothing: its products cost {price} together")
    name = show.products[loss.sku].name or loss.sku
    off = f"{offer.percent:g} %"
    if offer.kind is OfferKind.AMOUNT:
        off = amount_text(offer.amount_minor, currency)
    raise CommandRefused(f"{off} off would give {name} away: it costs {price}")


def _product(show: Show, sku: str) -> None:
    if sku not in show.products:
        raise CommandRefused(f"there is no product {sku!r} in this show")
