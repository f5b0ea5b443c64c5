"""Entry point of `liveroom`, of `python -m liveroom` and of the frozen program.

A plain start shows its window first: the command line and its parser are imported for who types more.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from liveroom.sources import Plan

_STARTS = ((), ("desk",))
"""What means the start screen."""


def main(words: Sequence[str] | None = None) -> None:
    """Open the desk, or do what the command line says; without `words` it is the process's own."""
    # Numbers here are added and compared, never multiplied as matrices: the threads that numpy would start
    # for that only keep a core busy, also the one that the session needs at its start.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    given = tuple(sys.argv[1:] if words is None else words)
    if given in _STARTS:
        _open_desk(None, "live")
    elif given == ("rehearse",):
        _open_desk(_rehearsal, "rehearsal")
    elif given[:1] == ("desk",) and len(given) == 2 and Path(given[1]).is_file():
        _open_desk(lambda: _recorded(Path(given[1])), "debrief")
    from liveroom.cli import main as command_line

    command_line(list(given))


def _open_desk(make_plan: Callable[[], Plan] | None, mode: str) -> None:
    """Open the desk, or without a plan the start screen, and leave; return where there is no screen."""
    from liveroom.display import missing_display

    if missing_display():
        return
    # Imports make many objects and no garbage; the desk collects in its own time.
    gc.disable()
    from liveroom.app import run_desk, run_start
    from liveroom.models.facts import Mode

    sys.exit(run_start() if make_plan is None else run_desk(make_plan, Mode(mode)))


# Both are called after the first paint of the desk, which does not wait for what they import.
def _rehearsal() -> Plan:
    from liveroom import sources
    from liveroom.logs import start_logging

    start_logging()
    return sources.rehearsal(seed=1, speed=1.0, minutes=None, session=None)


def _recorded(session: Path) -> Plan:
    from liveroom import sources
    from liveroom.logs import start_logging

    start_logging()
    return sources.recorded(session)


if __name__ == "__main__":
    main()
