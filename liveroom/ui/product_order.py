"""Which rows the product board shows and in what order, as the producer wishes it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, NamedTuple

from liveroom.models.attention import ALARMS
from liveroom.models.chat.tokens import folded
from liveroom.ui.product_board import Board
from liveroom.ui.product_columns import NAME, sort_value

if TYPE_CHECKING:
    from liveroom.models.snapshot import ProductRow

GROUP = "\0"
"""Begins the key of a row that heads a category."""
NO_CATEGORY = "No category"
EVERY, ATTENTION, ON_AIR = "every", "attention", "on air"
SHOWS = (EVERY, ATTENTION, ON_AIR)


class Wish(NamedTuple):
    """What is to be seen, and how it is ordered."""

    text: str = ""
    show: str = EVERY
    category: str = ""
    """Blank: every one."""
    grouped: bool = False
    sort: str = "revenue"
    falling: bool = True
    kept: tuple[str, ...] = ()
    """SKUs that stand on top whatever is filtered or sorted."""

    @property
    def narrows(self) -> bool:
        """Return whether some products are left out."""
        return bool(self.text.strip() or self.category) or self.show != EVERY


def arranged(rows: Iterable[ProductRow], wish: Wish, board: Board) -> list[str]:
    """Return SKUs from top to bottom; a group begins with `GROUP` and the name of its category.

    No filter leaves out what is on air or kept on top.
    """
    value = sort_value(wish.sort, board)
    every = sorted(rows, key=value, reverse=wish.falling)
    by_sku = {row.sku: row for row in every}
    kept = [sku for sku in wish.kept if sku in by_sku]
    wanted, on_air = matching(wish, board), board.on_air.now
    shown = [
        row for row in every if row.sku not in wish.kept and (row.sku in on_air or wanted(row))
    ]
    if not wish.grouped:
        return [*kept, *(row.sku for row in shown)]
    groups: dict[str, list[str]] = {}
    for row in shown:
        # In the order in which they come: the group that holds the first row is first.
        groups.setdefault(category_of(row), []).append(row.sku)
    order = list(kept)
    names = sorted(groups, reverse=not wish.falling) if wish.sort == NAME.key else groups
    for name in names:
        order += [f"{GROUP}{name}", *groups[name]]
    return order


def category_of(row: ProductRow) -> str:
    """Return the category of a product, in words where it has none."""
    return row.category.strip() or NO_CATEGORY


def matching(wish: Wish, board: Board) -> Callable[[ProductRow], bool]:
    """Return what tells whether a product is among those that were filtered for."""
    words = folded(wish.text).split()

    def wanted(row: ProductRow) -> bool:
        if wish.show == ATTENTION:
            found = board.attention.get(row.sku)
            if found is None or found.reason not in ALARMS:
                return False
        if wish.show == ON_AIR and not (
            row.sku in board.on_air.now or row.sku in board.on_air.following
        ):
            return False
        if wish.category and category_of(row) != wish.category:
            return False
        if not words:
            return True
        text = folded(f"{row.name}\n{row.sku}\n{row.category}")
        return all(word in text for word in words)

    return wanted
