"""Troubles of a rehearsal in words: what happens, and what a producer should notice."""

from __future__ import annotations

from typing import NamedTuple

from liveroom.models.facts import Trouble


class Words(NamedTuple):
    """A trouble's short name, and what it does to the desk or to the show."""

    name: str
    effect: str


WORDS = {
    Trouble.SILENCE: Words("Goes silent", "Nothing arrives; what it owed comes late or never."),
    Trouble.DELAY: Words(
        "Answers late", "Its facts arrive behind time; the newest minutes look weak."
    ),
    Trouble.REPEATS: Words("Repeats itself", "It sends facts again; they must be counted once."),
    Trouble.RESTART: Words("Restarts", "It begins to count anew; totals must not jump."),
    Trouble.WRONG_CLOCK: Words(
        "Wrong clock", "Its times are off; its sales fall into other minutes."
    ),
    Trouble.CHECKOUT_FAILS: Words("Checkout fails", "Payments fail; carts fill and orders stop."),
    Trouble.OVERRUN: Words(
        "Presenter overruns", "The next segment cannot be taken until it is over."
    ),
    Trouble.SOLD_OUT: Words("Product sells out", "Another channel sells its last unit."),
    Trouble.COLLAPSE: Words("Audience collapses", "The picture freezes; many leave, few arrive."),
    Trouble.RAID: Words("Raid arrives", "Many people come at once; few of them buy."),
}

AT_SOURCE = (
    Trouble.SILENCE,
    Trouble.DELAY,
    Trouble.REPEATS,
    Trouble.RESTART,
    Trouble.WRONG_CLOCK,
)
ON_SET = (
    Trouble.CHECKOUT_FAILS,
    Trouble.OVERRUN,
    Trouble.SOLD_OUT,
    Trouble.COLLAPSE,
    Trouble.RAID,
)
