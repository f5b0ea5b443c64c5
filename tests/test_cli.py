"""The commands do what their help says, with exit codes and errors that name the thing and the fix."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from liveroom import sources
from liveroom.cli import main
from liveroom.connectors import CONNECTORS
from liveroom.connectors.base import Link
from liveroom.connectors.recording import Recording
from liveroom.models.events import Event
from liveroom.models.facts import Fact
from liveroom.session_file import SessionMeta
from liveroom.store import SessionStore
from tests.factory import meta, order, record

MAPPING = """
title = "Shop"
currency = "BRL"
[tables.orders]
file = "orders.csv"
at = { column = "at", unit = "s" }
[[events]]
event = "order"
id = "order"
"""


@contextmanager
def screen() -> Iterator[tuple[int, Callable[[], str]]]:
    """Give a terminal to write to, and what was read from it, as a person would."""
    master, terminal = pty.openpty()
    parts: list[bytes] = []

    def read() -> None:
        with suppress(OSError):  # the end of a terminal
            while part := os.read(master, 65536):
                parts.append(part)

    reader = threading.Thread(target=read)
    reader.start()
    try:
        yield terminal, lambda: b"".join(parts).decode()
    finally:
        os.close(terminal)
        reader.join()
        os.close(master)


def liveroom(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def figures(session: Path, *words: str) -> Any:
    result = liveroom("kpis", session, "--json", *words)
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


@pytest.fixture
def session(tmp_path: Path) -> Path:
    path = tmp_path / "show.liveroom"
    record(path, [order(second, 1000, units=1) for second in range(0, 600, 60)])
    return path


def test_a_new_kind_of_recording_is_one_class_and_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Tally(Recording):
        name = "tally"
        provides = (Fact.ORDERS,)

        @classmethod
        def reads(cls, source: Path) -> bool:
            return source.suffix == ".tally"

        @classmethod
        def open(cls, source: Path, mapping: str | None) -> Tally:
            tally = cls("tally")
            tally.path = source
            return tally

        def session_meta(self) -> SessionMeta:
            return meta("replay")

        def events(self, link: Link) -> Iterator[Event]:
            yield from (order(at, source=self.source) for at, _ in enumerate(self.path.read_text()))

    monkeypatch.setattr(sources, "CONNECTORS", (lambda: Tally, *CONNECTORS))
    (tmp_path / "show.tally").write_text("||||")
    path = tmp_path / "replayed.liveroom"
    assert (
        liveroom("replay", tmp_path / "show.tally", "--headless", "--session", path).exit_code == 0
    )
    assert figures(path)["orders"] == 4


def test_a_session_is_not_read_through_a_mapping(session: Path) -> None:
    result = liveroom("replay", session, "--mapping", "irc_chat", "--headless")
    assert result.exit_code == 1
    assert "is a liveroom session, which no mapping reads" in result.output


@pytest.mark.parametrize(
    ("words", "labels"),
    [
        (["rehearse", "--minutes", "2"], ["rehearsing"]),
        (["replay", "{session}"], ["replaying"]),
        (["replay", "{orders}", "--mapping", "{mapping}"], ["replaying"]),
    ],
)
def test_long_work_shows_how_far_it_is(
    words: list[str], labels: list[str], session: Path, tmp_path: Path
) -> None:
    orders, mapping = tmp_path / "orders.csv", tmp_path / "shop.toml"
    orders.write_text("at,order\n" + "".join(f"{at},{at}\n" for at in range(3000)))
    mapping.write_text(MAPPING)
    places = {"session": session, "orders": orders, "mapping": mapping}
    command = [word.format(**places) for word in words]
    with screen() as (terminal, shown):
        run = subprocess.run(
            [sys.executable, "-m", "liveroom", *command, "--headless"],
            stdout=subprocess.DEVNULL,
            stderr=terminal,
            env=os.environ | {"TERM": "xterm"},
            timeout=60,
        )
    assert run.returncode == 0
    for label in labels:
        assert re.search(rf"{label} .*#+.* 100%", shown()), shown()


@pytest.mark.parametrize(
    "command", ["desk", "rehearse", "replay", "kpis", "export", "shot", "doctor"]
)
def test_every_command_explains_itself(command: str) -> None:
    result = liveroom(command, "--help")
    assert result.exit_code == 0
    assert len(result.output) > 100
    assert command in liveroom("--help").output


def test_a_rehearsal_is_played_recorded_and_told(tmp_path: Path) -> None:
    path = tmp_path / "rehearsal.liveroom"
    result = liveroom("rehearse", "--headless", "--minutes", "2", "--session", path)
    assert result.exit_code == 0, result.output
    assert "visits" in result.output
    assert str(path) in result.output
    found = figures(path)
    assert found["visits"] > 0
    assert found["currency"] == "BRL"


def test_a_rehearsal_belongs_to_the_producer_who_is_named(tmp_path: Path) -> None:
    path = tmp_path / "rehearsal.liveroom"
    words = ("rehearse", "--headless", "--minutes", "1", "--producer", " Renata ")
    assert liveroom(*words, "--session", path).exit_code == 0
    store = SessionStore.read(path)
    try:
        assert store.meta.producer == "Renata"
    finally:
        store.close()


def test_the_same_seed_gives_the_same_show_and_another_seed_another(tmp_path: Path) -> None:
    for name, seed in (("a", 5), ("b", 5), ("c", 6)):
        words = ("--headless", "--minutes", "3", "--seed", seed)
        path = tmp_path / f"{name}.liveroom"
        assert liveroom("rehearse", *map(str, words), "--session", path).exit_code == 0
    a, b, c = (figures(tmp_path / f"{name}.liveroom") for name in "abc")
    assert a == b
    assert a != c


def test_a_window_of_a_session_is_cut_by_event_time(session: Path) -> None:
    assert figures(session)["orders"] == 10
    start, end = "2023-11-14T22:14:20Z", "2023-11-14T22:16:20Z"
    assert figures(session, "--from", start)["orders"] == 9
    assert figures(session, "--from", start, "--to", end)["orders"] == 2
    assert figures(session, "--to", start)["orders"] == 1


def test_the_table_shows_what_the_json_says(session: Path) -> None:
    output = liveroom("kpis", session).output
    assert "100.00 BRL" in output
    assert "conversion rate" in output
    assert "—" in output


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (("kpis", "none.liveroom"), 1, "there is no session file none.liveroom"),
        (("replay", "none.csv", "--headless"), 1, "there is no none.csv"),
        (("replay", ".", "--headless", "--mapping", "gms_ga36"), 1, "gms_ga360"),
        (("rehearse", "--speed", "fast"), 2, "is not a speed"),
        (("rehearse", "--speed", "0"), 2, "is not a speed"),
        (("rehearse", "--minutes", "0"), 2, "--minutes"),
        (("rehearse", "--seeds", "1..50000000"), 2, "50,000,000 seeds: give at most 1,000"),
        (("rehearse", "--seeds", f"0..{10**30}"), 2, "give at most 1,000"),
        (("rehearse", "--seeds", "5..1"), 2, "are no seeds: give 1..40, or 7, or 1,5,9"),
        (("rehearse", "--seeds", "-1"), 2, "are no seeds"),
        (("rehearse", "--seeds", "1..", "--json"), 2, "are no seeds"),
        (("rehearse", "--seeds", "1", "--session", "x.liveroom"), 2, "--seeds records no session"),
        (("rehearse", "--seeds", "1", "--producer", "Ana"), 2, "leave --producer out"),
        (("export", "x.liveroom", "--format", "pdf", "y"), 2, "pdf"),
        (("desk", "none.liveroom"), 1, "there is no session file"),
        (("bake",), 2, "bake"),
    ],
)
def test_a_mistake_is_one_line_and_an_exit_code(
    words: tuple[str, ...], code: int, message: str
) -> None:
    result = liveroom(*words)
    assert result.exit_code == code
    assert message in result.output
    assert "Traceback" not in result.output


def test_an_instant_that_is_none_is_named_with_an_example(session: Path) -> None:
    result = liveroom("kpis", session, "--from", "tea time")
    assert result.exit_code == 2
    assert "'tea time' is not an instant such as" in result.output
    result = liveroom("kpis", session, "--from", "2031-01-01")
    assert result.exit_code == 1
    assert "lies between --from and --to: it goes from 2023-11-1" in result.output
    result = liveroom("kpis", session, "--from", "2023-11-15", "--to", "2023-11-14")
    assert "is not before" in result.output


def test_mixed_currencies_are_set_aside_and_said(tmp_path: Path) -> None:
    book = tmp_path / "book.csv"
    book.write_text(
        "id,when,total,currency\n"
        "1,2026-11-21T20:00:00Z,10.00,BRL\n2,2026-11-21T20:01:00Z,7.50,EUR\n"
    )
    mapping = tmp_path / "book.toml"
    mapping.write_text(
        'title = "Book"\nshow = "Book"\ncurrency = "BRL"\ntimezone = "UTC"\n'
        '[tables.book]\nfile = "book.csv"\nat = { column = "when" }\n'
        '[[events]]\nevent = "order"\ntable = "book"\nid = "{id}"\n'
        'amount = "total"\ncurrency = "currency"\n'
    )
    path = tmp_path / "book.liveroom"
    result = liveroom("replay", book, "--mapping", mapping, "--headless", "--session", path)
    assert result.exit_code == 0, result.output
    assert "EUR" in result.output
    found = figures(path)
    assert found["orders"] == 2
    assert found["revenue_minor"] == 1000
    assert found["money_set_aside_minor"] == {"EUR": 750}


def test_an_interrupted_replay_goes_on_where_it_was(session: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.liveroom"
    for _ in range(2):
        result = liveroom("replay", session, "--headless", "--session", again)
        assert result.exit_code == 0, result.output
    assert figures(again)["orders"] == 10


def test_the_doctor_finds_this_installation_sound() -> None:
    result = liveroom("doctor", "--json")
    checks = {check["name"]: check for check in json.loads(result.stdout)}
    assert result.exit_code == 0, result.output
    assert checks["resources"]["passed"]
    assert checks["Qt"]["passed"]


def test_nothing_is_left_open_beside_a_session(session: Path) -> None:
    figures(session)
    store = SessionStore.read(session)
    store.close()
    left = {path.name for path in session.parent.iterdir() if not path.name.startswith(".")}
    assert left == {"show.liveroom"}
