"""The parameters of the way from a look to a paid order, and of the shop behind it."""

from __future__ import annotations

from typing import Annotated

from msgspec import Struct

from liveroom.models.simulation.scenarios.ranges import (
    Exponent,
    Factor,
    Minutes,
    Money,
    PerMinute,
    PerViewerMinute,
    Price,
    Range,
    Seconds,
    Share,
    SomeShare,
    Switch,
)


class FunnelModel(Struct, frozen=True, kw_only=True):
    """From a product on screen to a checkout, and the time each step takes."""

    looks: PerViewerMinute
    """How often a product card comes before a viewer's eyes."""
    on_air: Share
    """Looks that go to the product on air; the others wander over the shelf."""
    pinned: Share
    """Looks that go to the pinned card first, while one is pinned."""
    seen: Share
    """Looks that become a view of the product."""
    click: Share
    """Views that become a click, for a product of appeal 1."""
    cart: Share
    """Clicks that become a cart, for a product at the reference price."""
    reference_price: Price
    cart_price: Exponent
    """A click becomes a cart with (price ÷ reference) to the power of minus this."""
    checkout: Share
    """Carts taken to the checkout, at the reference price, without shipping."""
    checkout_price: Exponent
    high_price: Price
    high_price_checkout: Share
    """Above `high_price` the checkout share is multiplied by this."""
    second_unit: Share
    """Carts with two units instead of one."""
    removed: Share
    """Abandoned carts from which something is visibly taken out."""
    cancelled: Share
    """Orders that are cancelled while the show still runs or soon after."""
    refunded: Share
    """Orders of which one unit is paid back later."""
    novelty: Minutes
    """Interest in the product on air falls by 63 % of its way to `novelty_floor` in this time."""
    novelty_floor: Share
    rested: Minutes
    """Off air, a segment gains 63 % of its lost interest back in this time."""
    first_look_delay: Seconds
    click_delay: Seconds
    cart_delay: Seconds
    checkout_delay: Seconds
    removal_delay: Seconds
    cancellation_delay: Minutes
    refund_delay: Minutes


class OffersModel(Struct, frozen=True, kw_only=True):
    """What offers do to people."""

    attention: Share
    """Looks that an offer draws to its products, from wherever they would have gone."""
    discount: Exponent
    """Carts rise with (list ÷ price) to the power of this, beyond what the lower price does."""
    checkout_discount: Exponent
    """Checkouts likewise."""
    urgency: Factor
    """Added to buying under an offer that is short or limited: 1 doubles it."""
    urgency_time: Minutes
    urgency_left: Share
    """What is left of the urgency after that time."""
    short: Minutes
    """An offer up to this long, or with a limit, is urgent."""
    nearly_gone: Share
    """With less than this of its limit left, the urgency is whole again."""
    stirring_saving: SomeShare
    """What an offer saves of the price to stir people wholly; one that saves less stirs them less."""
    weary: Share
    """What every offer for a product in the `weary_time` before leaves of how much a new one stirs."""
    weary_time: Minutes
    hangover: Share
    """Lost from buying the offer's products after an urgent offer ended."""
    hangover_time: Minutes
    gift: Factor
    """Factor on carts and checkouts of a gift worth the reference price; smaller gifts less."""
    kit: Share
    """Of those who put a product of a kit into the cart, who take the kit when it saves 10 %."""
    reconsider: Share
    """Owners of an abandoned cart in the room who think again when an offer holds for it."""
    reconsider_delay: Seconds


class ShippingModel(Struct, frozen=True, kw_only=True):
    """What delivery costs, and how much that hurts."""

    fee: Money
    """Paid by the buyer on top of the order's amount."""
    free_from: Money
    """Carts of at least this are delivered free; 0: none are."""
    friction: Exponent
    """Checkouts fall with (1 + fee ÷ cart) to the power of minus this."""


class CheckoutModel(Struct, frozen=True, kw_only=True):
    """Payment beyond the single methods."""

    retry: Share
    """Failed payments that are tried again, by the same or another method."""
    retry_delay: Seconds
    patience: Seconds
    """Mean time people wait in a checkout that is too busy."""
    capacity: PerMinute
    """Payments that the shop can take."""


class LinksModel(Struct, frozen=True, kw_only=True):
    """Payment links, asked for in messages and sent by hand or by a flow."""

    asked: Share
    """Buyers of direct channels who ask for a link instead of opening the checkout."""
    response: Minutes
    """Mean time until an operator has seen the wish."""
    handling: Seconds
    """An operator's time for one link; more wishes than that wait in a queue."""
    operators: Annotated[float, Range("people", 0, 1000)]
    automatic: Minutes
    """Time until the shop's flow sends it."""
    patience: Minutes
    """Those who wait lose the wish with this mean time."""
    recovery: Share
    """Owners of an abandoned cart in a direct channel who go to the checkout when sent a link."""


class ShopModel(Struct, frozen=True, kw_only=True):
    """Stock and fulfilment."""

    integrated: Switch
    """1: all sales channels count down one stock from the start."""
    synchronised: Minutes
    """Without that, how often the show's own list of stock is brought up to date."""
    other_sales: Factor
    """Multiplies what other channels sell (`other_sales` of each product, units per minute)."""
    oversold_delay: Minutes
    """Until an oversold order is found out and cancelled."""
    fulfilment: PerMinute
    """Orders that can be packed; a backlog delays the others."""
    late: Factor
    """Cancellations grow by this per hour of backlog: 1 doubles them."""
    measured_every: Annotated[float, Range("seconds", 1, 600)]
    """The shop reports a product's stock at most this often, when it changed."""
