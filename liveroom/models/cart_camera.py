"""Takes the board of carts for each snapshot, and never lets a long show wait for it.

What became of every cart is worked out from all that is kept of them. A few thousand facts cost a snapshot
some milliseconds; of more, every so many snapshots look anew, and somebody else works it out meanwhile.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from liveroom.models.abandonment import Carts
from liveroom.models.cart_board import CartBoard, cart_board
from liveroom.models.cart_log import CartLog
from liveroom.models.show import Show

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

FACTS_PER_SNAPSHOT = 2_000
FACTS_AT_ONCE = 20_000
"""Of more, what became of the carts is worked out beside."""


class CartCamera:
    """Looks at the carts of one show."""

    def __init__(self, show: Show, beside: Executor | None = None) -> None:
        """Take who works out the carts of a long show; None: whoever asks waits for it."""
        self._show, self._beside = show, beside
        self._looked_ago, self._seen = 1 << 62, -1
        self._board = CartBoard()
        self._work: tuple[CartLog, Future[Carts]] | None = None

    def take(self, at: int, *, quiet: bool = False, ends: bool = False) -> CartBoard:
        """Return the carts as of `at` (ms UTC) or, of many, of up to a few seconds before.

        `quiet` tells that no more facts came: what is known is looked at now. `ends` waits for that.
        """
        log = self._show.cart_log
        self._looked_ago += 1
        is_due = self._looked_ago > len(log) // FACTS_PER_SNAPSHOT
        if ends:
            self._work = None
            self._look(at, log.carts())
        elif self._work is not None:
            seen, found = self._work
            if found.done():
                self._work = None
                log.keep(seen, found.result())
                self._look(at, found.result())
        elif is_due or (quiet and len(log) != self._seen):
            self._looked_ago, self._seen = 0, len(log)
            if self._beside is None or len(log) <= FACTS_AT_ONCE or not log.was_worked_out:
                self._look(at, log.carts())
            else:
                seen = log.copy()
                self._work = seen, self._beside.submit(seen.carts)
        return self._board

    def _look(self, at: int, carts: Carts) -> None:
        board = cart_board(self._show, at, carts)
        if board != self._board:
            self._board = board
