"""A show counted again from its session file: in full from the saved state, or a window of it."""

from __future__ import annotations

import logging
from collections.abc import Callable

import msgspec

from liveroom.models import rollup
from liveroom.models.show import Show
from liveroom.models.window import Window
from liveroom.store import SessionStore

log = logging.getLogger(__name__)

Progress = Callable[[int], None]


def show_of(
    store: SessionStore, window: Window | None = None, progress: Progress | None = None
) -> Show:
    """Return the show recorded in a store, or what of it occurred in a window.

    `progress` is called with the number of events read so far.
    """
    show, reached = Show(store.ledger, window), 0
    if window is None or window.is_everything:
        show, reached = _from_rollup(store)
    for batch in store.events(after=reached):
        show.apply_all(batch)
        reached += len(batch)
        if progress is not None:
            progress(reached)
    if show.counting.recount:
        show = _recounted(store, show, window)
    return show


def _from_rollup(store: SessionStore) -> tuple[Show, int]:
    show = Show(store.ledger)
    saved = store.load_rollup(rollup.VERSION)
    if saved is None:
        return show, 0
    reached, body = saved
    try:
        rollup.load(body, show)
    except (msgspec.MsgspecError, ValueError) as error:
        log.warning("%s: saved state not readable (%s); counting again", store.path, error)
        return Show(store.ledger), 0
    return show, reached


def _recounted(store: SessionStore, found: Show, window: Window | None) -> Show:
    """Count again where it turned out late which source counts."""
    show = Show(store.ledger, window)
    for source, provides in found.counting.attached.items():
        show.counting.attach(source, provides)
    for fact, source in found.counting.chosen.items():
        show.counting.choose(fact, source)
    for source, shift in found.counting.shifts.items():
        show.counting.shift(source, shift)
    for batch in store.events():
        show.apply_all(batch)
    show.counting.recount = False
    return show
