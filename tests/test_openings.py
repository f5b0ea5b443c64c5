"""What the start screen lists, and the sessions that its choices lead to."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from liveroom import openings
from liveroom.errors import KnownError
from liveroom.models.facts import Mode
from liveroom.paths import sessions_dir
from liveroom.session import Session
from liveroom.ui.start_screen_choices import NewShow, OpenSession, Rehearse, Replay
from tests.factory import SHOW_START, order, record


@pytest.fixture
def show(liveroom_home: Path) -> Path:
    path = sessions_dir() / "show.liveroom"
    record(path, [order(0), order(90), order(3600)])
    return path


def test_every_shipped_scenario_is_offered_with_a_sentence_and_can_be_opened(
    liveroom_home: Path,
) -> None:
    rows = openings.scenarios()
    assert rows[0].name == "first_show"
    assert len({row.name for row in rows}) == len(rows)
    for row in rows:
        assert row.title
        assert row.situation.endswith(".")
        assert bool(row.case) == row.sees.endswith(".") == row.action.endswith(".")
        plan, mode = openings.plan_of(Rehearse(row.name, 3, 5.0, "some", "Renata"))
        assert mode is Mode.REHEARSAL
        assert plan.speed == 5.0
        assert plan.meta.producer == "Renata"
        assert {connector.mode for connector in plan.connectors} == {"simulated"}


def test_every_shipped_mapping_is_offered_by_its_title() -> None:
    assert {row.name: row.title for row in openings.mappings()}["irc_chat"] == "Chat log"


def test_recent_sessions_come_newest_first_with_their_length(show: Path) -> None:
    (row,) = openings.recent_sessions()
    assert (row.title, row.mode, row.duration_ms) == ("Test show", "replay", 3_600_000)
    assert row.size_bytes == show.stat().st_size
    for number in range(3):
        record(sessions_dir() / f"{number}.liveroom", [order(0)])
    rows = openings.recent_sessions()
    assert [row.created_at for row in rows] == sorted(
        (row.created_at for row in rows), reverse=True
    )
    assert rows[-1].path == show
    os.utime(show, (1, 1))
    assert show not in [row.path for row in openings.recent_sessions(most=3)]


@pytest.mark.parametrize(
    ("content", "why"),
    [(b"", "not a liveroom session"), (b"x" * 900, "not a liveroom session")],
)
def test_a_file_that_is_no_session_is_listed_with_the_reason(
    show: Path, content: bytes, why: str
) -> None:
    (sessions_dir() / "bad.liveroom").write_bytes(content)
    rows = {row.path.name: row for row in openings.recent_sessions()}
    assert why in rows["bad.liveroom"].trouble
    assert rows["show.liveroom"].trouble == ""


def test_listing_sessions_changes_none_of_them(show: Path) -> None:
    before = show.read_bytes()
    openings.recent_sessions()
    assert show.read_bytes() == before
    assert [path.name for path in sessions_dir().glob("show.liveroom?*")] == []


def test_a_recorded_session_opens_as_a_debrief(show: Path) -> None:
    plan, mode = openings.plan_of(OpenSession(f"  {show} "))
    assert (plan.path, plan.meta.mode, mode) == (show, "debrief", Mode.DEBRIEF)


def test_a_new_show_is_live_empty_and_records(liveroom_home: Path) -> None:
    plan, mode = openings.plan_of(NewShow(" Minha live ", "brl", "America/Sao_Paulo"))
    assert (mode, plan.connectors) == (Mode.LIVE, ())
    assert (plan.meta.title, plan.meta.currency) == ("Minha live", "BRL")
    session: Session = plan.session()
    session.start()
    session.wait_open()
    session.stop()
    assert openings.recent_sessions()[0].mode == "live"


def test_a_replay_takes_its_window_in_the_sources_own_time_zone(show: Path) -> None:
    plan, mode = openings.plan_of(Replay(str(show), "", "2023-11-14T22:14:00", "", 5.0))
    assert mode is Mode.REPLAY
    (source,) = plan.connectors
    assert source.window.start == SHOW_START + 40_000  # type: ignore[attr-defined]
    assert plan.speed == 5.0


@pytest.mark.parametrize(
    ("choice", "why"),
    [
        (NewShow(" ", "BRL", "UTC"), "no title yet"),
        (NewShow("a", "money", "UTC"), "currency is 'money'; allowed: an ISO 4217"),
        (NewShow("a", "BRL", "Mars/Base"), "time zone is 'Mars/Base'; allowed"),
        (NewShow("a", "BRL", "../etc"), "time zone is '../etc'; allowed"),
        (OpenSession(" "), "no file is named yet"),
        (OpenSession("/none.liveroom"), "none.liveroom"),
        (Replay("", "", "", "", 1.0), "nothing is named yet"),
        (Replay("/none", "", "", "", 1.0), "there is no /none"),
        (Rehearse("/none.toml", 1, 1.0, "none", ""), "none.toml"),
        (Rehearse("nonsense", 1, 1.0, "none", ""), "nonsense"),
    ],
)
def test_what_cannot_be_opened_says_what_to_mend(
    liveroom_home: Path, choice: openings.Choice, why: str
) -> None:
    with pytest.raises(KnownError, match=why):
        openings.plan_of(choice)


@pytest.mark.parametrize(
    ("start", "end", "why"),
    [
        ("yesterday", "", "From is 'yesterday'; allowed"),
        ("", "25:00", "To is '25:00'; allowed"),
        ("2023-11-15", "2023-11-14", "is not before"),
    ],
)
def test_a_part_that_is_none_is_named_by_its_field(
    show: Path, start: str, end: str, why: str
) -> None:
    with pytest.raises(KnownError, match=why):
        openings.plan_of(Replay(str(show), "", start, end, 1.0))


def test_this_machines_time_zone_is_a_name_or_utc(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Europe/Berlin")
    assert openings.own_timezone() == "Europe/Berlin"
    monkeypatch.setenv("TZ", "nonsense")
    monkeypatch.setattr(os.path, "realpath", lambda path: "/etc/localtime")
    assert openings.own_timezone() == "UTC"
