"""A plain start opens the desk without the command line; all else goes through it."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from liveroom import __main__, app, cli
from liveroom.models.facts import Mode
from liveroom.sources import Plan
from tests.factory import order, record

Opened = list[tuple[Callable[[], Plan], Mode]]


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Iterator[Opened]:
    """Return what desks were opened on; none is shown."""
    found: Opened = []

    def run_desk(make_plan: Callable[[], Plan], mode: Mode) -> int:
        found.append((make_plan, mode))
        return 0

    monkeypatch.setattr(app, "run_desk", run_desk)
    yield found
    gc.enable()  # what the desk does when it ends


def start(*words: str) -> int:
    with pytest.raises(SystemExit) as left:
        __main__.main(words)
    return int(left.value.code or 0)


@pytest.mark.parametrize("words", [(), ("desk",)])
def test_without_a_word_of_what_to_do_the_start_screen_opens(
    monkeypatch: pytest.MonkeyPatch, opened: Opened, words: tuple[str, ...]
) -> None:
    starts: list[str] = []
    monkeypatch.setattr(app, "run_start", lambda: starts.append("start") or 0)
    assert start(*words) == 0
    with pytest.raises(SystemExit) as left:
        cli.main(list(words))
    assert left.value.code == 0
    assert (starts, opened) == (["start", "start"], [])


def test_a_plain_rehearsal_plans_what_the_command_line_would(opened: Opened) -> None:
    assert start("rehearse") == 0
    with pytest.raises(SystemExit):
        cli.main(["rehearse"])
    (ours, our_mode), (theirs, their_mode) = opened
    assert our_mode == their_mode == Mode.REHEARSAL
    our_plan, their_plan = ours(), theirs()
    assert (our_plan.speed, our_plan.starts_at) == (their_plan.speed, their_plan.starts_at)
    assert our_plan.meta.origin == their_plan.meta.origin
    assert our_plan.meta.mode == their_plan.meta.mode


def test_a_recorded_session_opens_to_look_back_at(opened: Opened, tmp_path: Path) -> None:
    path = tmp_path / "show.liveroom"
    record(path, [order(0, 1250)])
    assert start("desk", str(path)) == 0
    make_plan, mode = opened[0]
    assert mode is Mode.DEBRIEF
    assert (make_plan().path, make_plan().connectors) == (path, ())


def test_a_session_that_is_not_there_is_refused_without_a_window(
    opened: Opened, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert start("desk", str(tmp_path / "none.liveroom")) == 1
    assert opened == []
    assert "none.liveroom" in capsys.readouterr().err


def test_options_and_other_commands_go_to_the_command_line(
    opened: Opened, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["liveroom", "--version"])
    with pytest.raises(SystemExit) as left:
        __main__.main()
    assert left.value.code == 0
    assert "version" in capsys.readouterr().out
    assert start("rehearse", "--speed", "0") == 2
    assert start("nonsense") == 2
    assert opened == []


def test_without_a_display_the_command_line_says_what_to_do(
    opened: Opened, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("liveroom.display.missing_display", lambda: "DISPLAY is not set")
    assert start("desk") == 1
    assert "Without a screen use" in capsys.readouterr().err
    assert opened == []
