"""What a chat message is about, and the verdict of the rules on one."""

from __future__ import annotations

from enum import IntEnum

from msgspec import Struct


class Intent(IntEnum):
    """What a message is about; the numbers are kept in session files."""

    OTHER = 0
    PRICE = 1
    SHIPPING = 2
    PAYMENT = 3
    """How to buy and to pay: instalments, PIX, the link, the basket."""
    SIZE = 4
    STOCK = 5
    PRODUCT = 6
    """What it is made of, what it can do, how it looks."""
    WISH = 7
    """Wants to buy, or has bought."""
    PRAISE = 8
    COMPLAINT = 9
    GREETING = 10
    REACTION = 11
    """An emoji, a laugh, a cheer."""

    @property
    def word(self) -> str:
        """Return what the desk calls it."""
        return self.name.lower()


OF_A_PRODUCT = frozenset((Intent.PRICE, Intent.SIZE, Intent.STOCK, Intent.PRODUCT, Intent.OTHER))
"""Questions that are about what is on air, unless they name something else."""


class Verdict(Struct, frozen=True, gc=False):
    """What the rules say of a message."""

    intent: Intent
    asks: bool
    """Whether it wants an answer."""
    rule: str
    """Why, in words: `question mark; price by "custa"`."""
    alike: str = ""
    """Of a question: what others write who ask the same; equal for those that count as alike."""
