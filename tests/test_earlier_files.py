"""Earlier shows are found in the folder of a session: of the same kind and currency, and nowhere else."""

import sqlite3
import threading
from pathlib import Path

from msgspec import structs

from liveroom.clock import LiveClock
from liveroom.connectors.base import Connector
from liveroom.earlier_files import MOST_SHOWS, earlier_shows
from liveroom.models import events as e
from liveroom.models.earlier_shows import EarlierShow
from liveroom.models.facts import Fact
from liveroom.models.snapshot import Snapshot
from liveroom.recorder import Recorder
from liveroom.session import Session
from liveroom.session_file import SessionMeta
from tests.factory import attached, event, meta, order


def recorded(path: Path, amount_minor: int = 1000, **fields: object) -> SessionMeta:
    """Record half an hour of a show with an order a minute."""
    changes = {"mode": "live", "created_at": 1_000} | fields
    what = structs.replace(meta(), **changes)  # type: ignore[arg-type]
    recorder = Recorder(path, what, safe=False)
    events: list[e.Event] = [attached("shop", Fact.ORDERS)]
    events += [order(minute * 60, amount_minor) for minute in range(31)]
    recorder.take_in(events, threading.Event(), 0.1, lambda: None)
    recorder.close()
    return what


def tonight(**fields: object) -> SessionMeta:
    changes = {"mode": "live", "created_at": 2_000} | fields
    return structs.replace(meta(), **changes)  # type: ignore[arg-type]


def found(path: Path, what: SessionMeta) -> list[EarlierShow]:
    return [each for each in earlier_shows(path, what) if each is not None]


def test_a_live_show_is_compared_with_earlier_live_shows_of_its_currency(tmp_path: Path) -> None:
    recorded(tmp_path / "a.liveroom", 1000)
    recorded(tmp_path / "b.liveroom", 3000, title="Another title")
    recorded(tmp_path / "euro.liveroom", currency="EUR")
    recorded(tmp_path / "practice.liveroom", mode="rehearsal")
    recorded(tmp_path / "later.liveroom", created_at=3_000)
    shows = found(tmp_path / "tonight.liveroom", tonight())
    revenue = sorted(show.values(20 * 60_000)["revenue"] for show in shows)
    assert revenue == [20_000, 60_000]


def test_a_rehearsal_is_compared_with_those_of_its_own_scenario(tmp_path: Path) -> None:
    recorded(tmp_path / "a.liveroom", mode="rehearsal")
    recorded(tmp_path / "b.liveroom", mode="rehearsal", title="Another title")
    assert len(found(tmp_path / "x.liveroom", tonight(mode="rehearsal"))) == 1
    assert found(tmp_path / "x.liveroom", tonight(mode="replay")) == []
    assert found(tmp_path / "x.liveroom", tonight(currency=None)) == []


def test_a_file_that_cannot_be_used_is_left_out(tmp_path: Path) -> None:
    what = recorded(tmp_path / "whole.liveroom")
    (tmp_path / "broken.liveroom").write_bytes(b"no database")
    (tmp_path / "empty.liveroom").touch()
    recorded(tmp_path / "old.liveroom")
    with sqlite3.connect(tmp_path / "old.liveroom") as database:
        database.execute("UPDATE rollups SET version = 1")
    database.close()
    recorded(tmp_path / "killed.liveroom")
    with sqlite3.connect(tmp_path / "killed.liveroom") as database:
        database.execute("UPDATE rollups SET last_seq = last_seq - 1")
    database.close()
    recorded(tmp_path / "strange.liveroom")
    with sqlite3.connect(tmp_path / "strange.liveroom") as database:
        database.execute("UPDATE rollups SET body = x'00'")
    database.close()
    assert len(found(tmp_path / "tonight.liveroom", tonight())) == 1
    assert found(tmp_path / "whole.liveroom", what) == []


def test_only_the_newest_are_read(tmp_path: Path) -> None:
    for number in range(MOST_SHOWS + 2):
        recorded(tmp_path / f"{number}.liveroom")
    assert len(found(tmp_path / "tonight.liveroom", tonight())) == MOST_SHOWS


class Silent(Connector):
    """A source of orders that never says anything but its first one, of 20 minutes ago."""

    provides = (Fact.ORDERS,)
    mode = "live"
    title = "Shop"

    def run(self, link: object) -> None:
        now = link.clock.now()  # type: ignore[attr-defined]
        first = event(e.OrderPlaced, source="shop", amount_minor=500, currency="BRL")
        began = now - 20 * 60_000
        link.send([structs.replace(first, occurred_at=began, received_at=now)])  # type: ignore[attr-defined]
        link.stop.wait()  # type: ignore[attr-defined]


def test_a_session_reads_them_while_it_runs_and_shows_the_median(tmp_path: Path) -> None:
    recorded(tmp_path / "a.liveroom", 1000)
    recorded(tmp_path / "b.liveroom", 3000)
    done = threading.Event()
    seen: list[Snapshot] = []

    def publish(snapshot: Snapshot) -> None:
        seen.append(snapshot)
        if snapshot.medians and snapshot.medians["orders"].shows == 2:
            done.set()

    session = Session(
        tmp_path / "tonight.liveroom", tonight(), [Silent("shop")], LiveClock(), publish
    )
    session.start()
    assert done.wait(10)
    session.stop()
    assert seen[0].medians == {}
    assert round(seen[-1].medians["revenue"].value, -3) == 40_000
