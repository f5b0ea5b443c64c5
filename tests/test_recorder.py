"""The recorder saves the counted state as a session grows, and knows what a killed one had saved."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from liveroom import recorder
from liveroom.models import rollup
from liveroom.models.events import Event
from liveroom.models.show import Show
from liveroom.recorder import Recorder
from liveroom.session_file import new_meta
from tests.factory import order

META = new_meta("replay", "Test", currency="BRL")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "show.liveroom"


def take_in(to: Recorder, events: list[Event]) -> None:
    to.take_in(events, threading.Event(), 0.0, lambda: None)


def saved_up_to(of: Recorder) -> int:
    saved = of.store.load_rollup(rollup.VERSION)
    return 0 if saved is None else saved[0]


def behind_while_it_grows(path: Path, monkeypatch: pytest.MonkeyPatch, *, safe: bool) -> list[int]:
    """Record 400 events; return how many the saved state lacked after each."""
    monkeypatch.setattr(recorder, "ROLLUP_EVERY", 10)
    room = Recorder(path, META, safe=safe)
    saves = []
    for second in range(400):
        take_in(room, [order(second)])
        saves.append(saved_up_to(room))
    room.close()
    return [recorded - saved for recorded, saved in enumerate(saves, 1)]


def test_the_counted_state_is_saved_while_a_session_grows(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    behind = behind_while_it_grows(path, monkeypatch, safe=True)
    assert max(behind[:160]) == 9
    assert 9 < max(behind[160:]) <= 400 // recorder.ROLLUP_SHARE


def test_an_import_saves_it_when_it_has_doubled(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    behind = behind_while_it_grows(path, monkeypatch, safe=False)
    saved = [events for events, missing in enumerate(behind, 1) if missing == 0]
    assert saved == [10, 20, 40, 80, 160, 320]


def test_what_nobody_reads_is_put_in_its_place_between_the_saves(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settled: list[int] = []
    settle = Show.settle
    monkeypatch.setattr(Show, "settle", lambda show: (settled.append(1), settle(show))[1])
    behind_while_it_grows(path, monkeypatch, safe=False)
    assert len(settled) == 400 // 10 + 1, "every ten events, and when the file is closed"


def test_a_session_that_was_killed_saves_what_it_counted_again(path: Path) -> None:
    room = Recorder(path, META, safe=False)
    take_in(room, [order(second) for second in range(5)])
    room.store.close()
    again = Recorder(path, META, safe=False)
    assert saved_up_to(again) == 0
    again.close()
    once_more = Recorder(path, META, safe=False)
    assert saved_up_to(once_more) == 5
    assert once_more.show.timeline.totals() == again.show.timeline.totals()
    once_more.close()
