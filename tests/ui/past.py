"""A desk that looks back, and the session that answers it."""

import dataclasses

from msgspec.structs import replace

from liveroom.models.journal import Entry, EntryKind
from liveroom.models.snapshot import Snapshot
from liveroom.ui.main_window import MainWindow
from tests.ui import snapshots
from tests.ui.conftest import MakeDesk

NOW = snapshots.NOW
NOTE_AT = NOW - 600_000

JOURNAL = (
    Entry(at=NOW - 900_000, kind=EntryKind.OFFER, subject="o", text="Boom −10 %"),
    Entry(at=NOTE_AT, kind=EntryKind.NOTE, text="the host coughed"),
)


@dataclasses.dataclass
class Past:
    """A desk, and a session that answers when it is told to."""

    desk: MainWindow
    present: Snapshot
    asked: list[int | None]

    def answer(self) -> None:
        """Show what was asked for last, as a session does."""
        self.desk.show_snapshot(replace(self.present, back=then(self.asked[-1])))


def then(at: int | None) -> Snapshot | None:
    if at is None:
        return None
    full = snapshots.full()
    fewer = replace(full.totals, orders=111)
    return snapshots.full(at=at, is_past=True, totals=fewer)


def travelling(make_desk: MakeDesk, **changes: object) -> Past:
    desk, asked = make_desk(), list[int | None]()
    desk.travel.offer(asked.append)
    # The peak audience would be one more mark.
    audience = replace(snapshots.full().audience, peak_at=None)
    present = snapshots.full(journal=JOURNAL, audience=audience, **changes)
    desk.show_snapshot(present)
    return Past(desk, present, asked)
