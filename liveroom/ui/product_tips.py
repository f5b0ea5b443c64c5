"""What a product says about itself when the pointer rests on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from liveroom.ui import format as fmt
from liveroom.ui.product_board import Board, attention_details
from liveroom.ui.tooltips import explain

if TYPE_CHECKING:
    from liveroom.models.snapshot import ProductRow, Snapshot


def product_tip(product: ProductRow, board: Board, snapshot: Snapshot | None) -> str:
    """Return what a row is: name, key, category, and whether its card is pinned."""
    lines = [product.name or product.sku]
    if board.is_kit(product):
        lines.append("Kit: its orders and revenue, of whole orders, are counted at its parts too")
    else:
        lines.append(f"SKU {product.sku}")
    if product.category:
        lines.append(product.category)
    if snapshot is not None and snapshot.levers.pinned == product.sku:
        lines.append("Its card is pinned above the stream")
    return "\n".join(lines)


def number_tip(
    key: str, product: ProductRow | None, text: str, board: Board, snapshot: Snapshot | None
) -> str:
    """Return a number's definition, with its exact value and what is behind an alarm."""
    if key == "revenue" and product is not None:
        text = fmt.money_exact(product.revenue_minor, board.currency)
    details = ""
    if product is not None and key in ("attention", "click_to_order_rate"):
        details = attention_details(board.attention.get(product.sku))
    return explain(f"product.{key}", snapshot, text, [details] if details else [])


def total_revenue_tip(snapshot: Snapshot) -> str:
    """Return what the products brought together, and what of the show's revenue is of no product."""
    known = [row.revenue_minor for row in snapshot.products if row.revenue_minor is not None]
    sold, whole = sum(known), snapshot.totals.revenue_minor
    details = []
    if whole is not None and whole != sold:
        of_show, rest = (fmt.money_exact(one, snapshot.currency) for one in (whole, whole - sold))
        details.append(f"The show has {of_show}: {rest} of it is of no product, such as postage.")
    exact = fmt.money_exact(sold, snapshot.currency) if known else fmt.UNKNOWN
    return explain("product.revenue", snapshot, exact, details)
