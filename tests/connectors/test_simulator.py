import threading
from collections.abc import Sequence
from pathlib import Path

import pytest

from liveroom.clock import Clock, ShowClock
from liveroom.connectors.base import Link
from liveroom.connectors.simulator import SimulatorConnector, open_simulator
from liveroom.errors import KnownError
from liveroom.models.commands import TakeSegment
from liveroom.models.events import (
    CommandGiven,
    ConnectionChanged,
    Event,
    OrderPlaced,
    ProductViewed,
    SegmentStarted,
    SourceAttached,
    VisitStarted,
)
from liveroom.models.facts import ConnectionState, Fact
from liveroom.models.rehearsal.case import Part
from liveroom.models.rehearsal.trial import Terms, Trial
from liveroom.models.simulation.sources import PROVIDES
from liveroom.paths import resource
from liveroom.scenarios import read_scenario, shipped_policies


class Desk:
    """The session's end of a link: keeps what was sent."""

    def __init__(self, clock: Clock) -> None:
        self.events: list[Event] = []
        self.stop = threading.Event()
        self.link = Link(
            clock=clock,
            send=self._send,
            set_aside=lambda refused: pytest.fail(f"set aside: {refused}"),
            key=lambda text: pytest.fail(f"asked for the key of {text!r}"),
            stop=self.stop,
        )

    def _send(self, batch: Sequence[Event]) -> None:
        self.events += batch


def played(connector: SimulatorConnector, speed: float | None = None) -> list[Event]:
    desk = Desk(ShowClock(speed))
    connector.run(desk.link)
    return desk.events


def test_speed_does_not_change_the_show() -> None:
    as_fast_as_possible = played(open_simulator(seed=4, minutes=1))
    assert as_fast_as_possible == played(open_simulator(seed=4, minutes=1), speed=2000)
    assert as_fast_as_possible == played(open_simulator(seed=4, minutes=1), speed=50_000)
    assert len(of_visits(as_fast_as_possible)) > 200


def of_visits(events: list[Event]) -> list[VisitStarted]:
    return [event for event in events if isinstance(event, VisitStarted)]


def test_connector_that_runs_again_sends_the_same_facts() -> None:
    connector = open_simulator(seed=2, minutes=0.5)
    assert played(connector) == played(connector)


def test_script_gives_the_same_show_at_any_speed() -> None:
    def acted(speed: float | None) -> list[Event]:
        scenario = read_scenario("first_show")
        script = [(scenario.starts_at + 20_000, TakeSegment(segment_id="notebook"))]
        return played(SimulatorConnector(scenario, 1, minutes=1, script=script), speed)

    assert acted(None) == acted(5000)
    views = [event.sku for event in acted(None) if isinstance(event, ProductViewed)]
    assert views.count("NOTE-A14") > 0.3 * len(views)


def test_command_from_the_desk_holds_from_the_next_second_and_stops_the_plan() -> None:
    connector = open_simulator(seed=1, minutes=6)
    desk = Desk(ShowClock(None))
    seen: list[Event] = []
    for event in connector.events(desk.link):
        seen.append(event)
        if len(seen) == 500:
            connector.submit(TakeSegment(segment_id="notebook"))
    late = [event.sku for event in seen[-500:] if isinstance(event, ProductViewed)]
    assert late.count("NOTE-A14") > 0.6 * len(late)
    cues = [event.segment_id for event in seen if isinstance(event, SegmentStarted)]
    assert cues == ["opening", ""]


def test_stopped_connector_sends_no_more() -> None:
    desk = Desk(ShowClock(100.0))
    connector = open_simulator(seed=1)
    send = desk.link.send

    def send_and_stop(batch: Sequence[Event]) -> None:
        send(batch)
        desk.stop.set()

    connector.run(
        Link(
            clock=desk.link.clock,
            send=send_and_stop,
            set_aside=desk.link.set_aside,
            key=desk.link.key,
            stop=desk.stop,
        )
    )
    assert 0 < len(desk.events) < 1000


def test_three_sources_join_and_provide_what_they_report() -> None:
    events = played(open_simulator(seed=1, minutes=1))
    joined = [event for event in events if isinstance(event, SourceAttached)]
    assert events[:3] == joined
    assert {event.source: event.provides for event in joined} == PROVIDES
    provided = {(event.source, fact) for event in joined for fact in event.provides}
    told = {(event.source, event.fact) for event in events if event.fact is not None}
    assert told <= provided
    assert {fact for _, fact in provided} == set(Fact)
    assert SimulatorConnector.provides == ()
    states = [event for event in events if isinstance(event, ConnectionChanged)]
    assert [event.state for event in states] == 3 * [ConnectionState.RUNNING] + 3 * [
        ConnectionState.FINISHED
    ]


def test_connector_plays_the_trial_event_for_event_with_a_policy_too() -> None:
    scenario = read_scenario("first_show")
    policy = shipped_policies(scenario)["margin_first"]
    connector = SimulatorConnector(scenario, 5, minutes=2, policy=policy)
    trial = Trial(scenario, 5, policy, terms=Terms(minutes=2))
    events = played(connector)
    assert events == [event for second in trial.events() for event in second]
    assert events == played(connector, speed=20_000)
    assert [event.refusal for event in events if isinstance(event, CommandGiven)]


def test_trouble_is_the_same_at_any_speed() -> None:
    def troubled(speed: float | None) -> list[Event]:
        scenario = read_scenario("first_show")
        return played(
            SimulatorConnector(scenario, 3, minutes=4, terms=Terms(trouble="much")), speed
        )

    assert troubled(None) == troubled(50_000)


def test_show_of_a_series_is_played_after_those_before_it() -> None:
    scenario = read_scenario("first_show")
    parts = (Part(acts=False, measured=False, scale=0.05), Part(days_later=7, scale=0.05))
    connector = SimulatorConnector(scenario, 1, minutes=3, parts=parts)
    assert connector.start_ms == scenario.starts_at + 7 * 86_400_000
    events = played(connector)
    assert min(event.occurred_at for event in events) == connector.start_ms
    assert connector.stage is not None
    assert connector.stage.learned.shows == 1
    returning = [event.returning for event in of_visits(events)]
    assert any(returning)


def test_commands_from_the_desk_are_kept_with_the_second_from_which_they_hold() -> None:
    connector = open_simulator(seed=1, minutes=1)
    take = TakeSegment(segment_id="notebook")
    connector.submit(take)
    for event in connector.events(Desk(ShowClock(None)).link):
        if event.occurred_at >= connector.start_ms + 30_000 and len(connector.given) == 1:
            connector.submit(take)
            break_at = event.occurred_at
            connector.given.append((0, take))
    assert break_at >= connector.start_ms + 30_000
    assert connector.given[0] == (0, take)
    assert connector.given[2] == (31, take)


def test_what_the_show_is_called_and_counts_in_is_known_before_it_starts() -> None:
    connector = open_simulator()
    assert connector.source == "simulator"
    assert connector.show_title == "Festa da Eletrônica"
    assert (connector.currency, connector.timezone) == ("BRL", "America/Sao_Paulo")
    assert connector.mode == "simulated"


def test_minutes_end_the_show_and_start_moves_it() -> None:
    start_ms = 1_700_000_000_000
    events = played(open_simulator(seed=1, minutes=2, start_ms=start_ms))
    assert events[0].occurred_at == start_ms
    assert events[-1].occurred_at == start_ms + 120_000


def test_more_minutes_than_planned_keep_the_last_segment_on_air(tmp_path: Path) -> None:
    text = resource("scenarios", "first_show.toml").read_text(encoding="utf-8")
    small = tmp_path / "small.toml"
    small.write_text(text.replace("scale = { value = 1.0", "scale = { value = 0.02"), "utf-8")
    events = played(open_simulator(minutes=61, scenario=str(small)))
    cues = [event for event in events if isinstance(event, SegmentStarted)]
    assert [cue.segment_id for cue in cues[-2:]] == ["recap", ""]
    assert cues[-1].occurred_at - events[0].occurred_at == 61 * 60_000
    assert not any(isinstance(event, OrderPlaced) and not event.lines for event in events)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"seed": -1}, "seed is -1; allowed: 0 and above"),
        ({"minutes": 0}, "minutes is 0; allowed: above 0"),
        ({"scenario": "last_show"}, "scenario 'last_show' is unknown; .*shipped: .*first_show"),
        ({"scenario": "../first_show"}, "is unknown; .*shipped: .*first_show"),
        ({"scenario": "nowhere/at_all.toml"}, "at_all.toml does not exist"),
        (
            {"policy": "case"},
            "is no case: it has no \\[case\\] and \\[policy\\]; use --policy none",
        ),
        ({"policy": "nonsense"}, "policy 'nonsense' is unknown; shipped: none, case, best_sell"),
        ({"policy": "at_all.toml"}, "at_all.toml does not exist"),
    ],
)
def test_wrong_wish_is_answered_with_what_is_allowed(
    arguments: dict[str, object], message: str
) -> None:
    with pytest.raises(KnownError, match=message):
        open_simulator(**arguments)  # type: ignore[arg-type]


def test_unknown_time_zone_is_named(tmp_path: Path) -> None:
    text = resource("scenarios", "first_show.toml").read_text(encoding="utf-8")
    wrong = tmp_path / "wrong.toml"
    wrong.write_text(text.replace("America/Sao_Paulo", "America/Sampa"), "utf-8")
    with pytest.raises(
        KnownError, match=r"wrong\.toml, line 7: timezone is 'America/Sampa'; allowed: "
    ):
        read_scenario(str(wrong))


def test_file_that_is_not_text_is_named(tmp_path: Path) -> None:
    binary = tmp_path / "binary.toml"
    binary.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(
        KnownError, match=r"binary\.toml, line 1: byte 1 of the file .* is not UTF-8"
    ):
        read_scenario(str(binary))
