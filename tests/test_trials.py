import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from liveroom import workers
from liveroom.cli import main
from liveroom.models.kpis import kpis_of
from liveroom.models.rehearsal.interval import interval_of
from liveroom.models.rehearsal.trial import Terms, Trial
from liveroom.paths import resource
from liveroom.scenarios import read_case, read_policy, read_scenario
from liveroom.store import SessionStore
from liveroom.trials import Job, play_seed, run_trials
from liveroom.workers import side_by_side

CASE = """
[case]
id = "C0"
situation = "Buying slackens"
sees = "Conversion"
action = "A discount"
[case.effect]
name = "orders, acted ÷ not acted − 1"
unit = "share"
measure = "orders"
compare = "relative"
target = 0.5
[[case.also]]
name = "best minute of the discount"
unit = "×"
measure = "offer_peak_orders"
compare = "within"
target = 4.0
[policy]
title = "Half price"
[[policy.rules]]
when = [{ after = 3 }]
do = [{ verb = "launch offer", kind = "percentage", title = "Half", percent = 50, minutes = 6 }]
"""


@pytest.fixture
def scenario(tmp_path: Path) -> str:
    """Return a case of a few minutes and viewers."""
    text = resource("scenarios", "first_show.toml").read_text(encoding="utf-8")
    # A group of the file ends where the next one begins, so the size goes into the audience's own.
    head, tail = text.split("[audience]\n", 1)
    lines = [line for line in tail.splitlines() if not line.startswith("scale =")]
    small = 'scale = { value = 0.1, unit = "factor", origin = "a test", grade = "assumed" }'
    path = tmp_path / "c00.toml"
    path.write_text("\n".join([f"{head}[audience]", small, *lines, CASE]), encoding="utf-8")
    return str(path)


def job(scenario: str, policy: str = "case") -> Job:
    return Job(scenario=scenario, policy=policy, terms=Terms(minutes=10))


def rehearse(*words: str) -> Result:
    return CliRunner().invoke(main, ["rehearse", *words])


def test_every_seed_is_played_acted_and_not_acted(scenario: str) -> None:
    told: list[int] = []
    outcome = run_trials(job(scenario), [3, 1, 2], told.append)
    assert [seed.seed for seed in outcome.seeds] == [1, 2, 3]
    assert told == [1, 2, 3]
    for seed in outcome.seeds:
        acted, not_acted = seed.acted[0], seed.not_acted[0]
        assert acted is not None
        assert not_acted
        assert seed.effects[0] == pytest.approx(acted / not_acted - 1)
        assert seed.side["orders"] == (acted, not_acted)
        assert seed.not_acted[1] is None  # no offer, no peak of one
    effects = [seed.effects[0] for seed in outcome.seeds]
    assert outcome.interval() == interval_of([each for each in effects if each is not None])
    assert outcome.seeds[0] == play_seed(job(scenario), 1)


def test_nobody_acting_has_no_effect(scenario: str) -> None:
    seed = play_seed(job(scenario, "none"), 1)
    assert seed.effects == (0.0, None)
    assert all(acted == not_acted for acted, not_acted in seed.side.values())


def test_effect_is_printed_as_json(scenario: str) -> None:
    result = rehearse(
        "--scenario", scenario, "--policy", "case", "--seeds", "1..2", "--minutes", "10", "--json"
    )
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    assert {"case", "policy", "seeds", "effect", "per_seed"} <= found.keys()
    assert (found["case"], found["policy"], found["seeds"]) == ("C0", "Half price", [1, 2])
    effect = found["effect"]
    assert {"name", "unit", "mean", "low", "high", "target"} <= effect.keys()
    assert effect["low"] < effect["mean"] < effect["high"]
    assert effect["target"] == 0.5
    assert [row["seed"] for row in found["per_seed"]] == [1, 2]
    mean = sum(row["effect"] for row in found["per_seed"]) / 2
    assert effect["mean"] == pytest.approx(mean)
    assert found["also"][0]["not_acted"] is None


def test_effect_is_printed_in_words(scenario: str) -> None:
    words = ("--scenario", scenario, "--policy", "case", "--seeds", "1,4", "--minutes", "10")
    result = rehearse(*words)
    assert result.exit_code == 0, result.output
    assert "C0 · Festa da Eletrônica · policy: Half price" in result.output
    assert "the case's figure: +50.0%" in result.output
    assert "2 seeds)" in result.output


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--seeds", "4..1"], "'4..1' are no seeds: give 1..40"),
        (["--seeds", "x"], "'x' are no seeds"),
        (["--policy", "case", "--seeds", "1"], "is no case: it has no [case] and [policy]"),
        (["--policy", "best", "--seeds", "1"], "policy 'best' is unknown; shipped: none, case"),
        (["--scenario", "c99"], "scenario 'c99' is unknown; shipped: "),
        (["--score"], "--score goes with --headless"),
        (["--score", "--headless", "--minutes", "1"], "--score needs somebody who acts"),
    ],
)
def test_wrong_wish_is_answered_with_what_is_allowed(words: list[str], message: str) -> None:
    result = rehearse(*words)
    assert result.exit_code in (1, 2)
    assert message in " ".join(result.output.split())


def test_score_of_a_policy_is_printed_act_by_act(scenario: str, tmp_path: Path) -> None:
    words = ("--headless", "--score", "--scenario", scenario, "--policy", "case", "--minutes", "8")
    found = json.loads(rehearse(*words, "--json").stdout)["score"]
    assert found["seed"] == 1
    assert len(found["policies"]) >= 5
    (act,) = found["decisions"]
    assert act["second"] == 180
    assert act["knew"]["minute"] == 3
    assert act["worth"]["net_revenue_minor"] == (
        found["yours"]["net_revenue_minor"] - found["nothing"]["net_revenue_minor"]
    )
    assert next(iter(found["policies"])) == "Half price"
    assert len(found["seeds"]) == 6
    verdicts = {"better", "worse", "no difference", "cannot be told"}
    assert act["over_seeds"]["margin_minor"]["number"] == 6
    assert act["over_seeds"]["verdict"] == found["above_nothing"]["verdict"]
    assert {each["verdict"] for each in found["above_policies"].values()} <= verdicts
    assert found["case"]["name"] == "orders, acted ÷ not acted − 1"
    assert found["case"]["figure"] == 0.5
    assert found["case"]["value"] == pytest.approx(
        found["yours"]["orders"] / found["nothing"]["orders"] - 1
    )
    text = rehearse(*words, "--session", str(tmp_path / "scored.liveroom")).stdout
    assert "03:00 LaunchOffer" in text
    assert "nobody acts" in text
    assert "the figure of case C0: orders, acted ÷ not acted − 1: 0.5 share; here" in text
    assert f"the show with it: {act['over_seeds']['verdict']}; mean " in text
    assert "this show against it: " in text
    assert "verdicts: 6 seeds, 95 %" in text
    store = SessionStore.read(tmp_path / "scored.liveroom")
    kept = store.load_score()
    store.close()
    assert kept is not None
    assert kept.policies[0].title == "Half price"


def test_case_is_beside_the_show_of_another_policy_too(scenario: str) -> None:
    words = ("--headless", "--score", "--scenario", scenario, "--policy", "surprise_discount")
    found = json.loads(rehearse(*words, "--minutes", "5", "--json").stdout)["score"]
    assert next(iter(found["policies"])) == "Half price"
    assert len(found["policies"]) == 5
    assert found["case"]["standing"] in ("reached", "exceeded", "missed", "cannot be measured")


@pytest.mark.parametrize("trouble", ["none", "much"])
def test_recorded_rehearsal_has_the_figures_of_the_trial(scenario: str, trouble: str) -> None:
    words = ("--headless", "--scenario", scenario, "--policy", "case", "--minutes", "9")
    result = rehearse(*words, "--trouble", trouble, "--json")
    assert result.exit_code == 0, result.output
    recorded = json.loads(result.stdout)["kpis"]
    show = read_scenario(scenario)
    acting = read_policy("case", show, read_case(scenario, show))
    terms = Terms(minutes=9, trouble=trouble)
    trial = Trial(show, 1, acting, terms=terms).run()
    counted = json.loads(json.dumps(kpis_of(trial.show)))
    # Which the session adds: its own source, and what it could not understand.
    differing = {name for name in counted if counted[name] != recorded[name]}
    assert differing <= {"sources", "set_aside", "set_aside_by_source"}
    assert recorded["orders"]


def test_work_is_done_in_order_in_one_process_or_in_several(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert list(side_by_side(abs, [-3, 2, -1])) == [3, 2, 1]
    monkeypatch.setattr(workers, "_WORTH_A_PROCESS_SECONDS", 0.0)
    monkeypatch.setattr(workers, "_processors", lambda: 2)
    assert list(side_by_side(abs, [-3, 2, -1, 5, -4])) == [3, 2, 1, 5, 4]


def test_work_that_nobody_waits_for_any_more_is_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "_WORTH_A_PROCESS_SECONDS", 0.0)
    monkeypatch.setattr(workers, "_processors", lambda: 2)
    results = side_by_side(abs, [-1, -2, -3, -4, -5])
    assert [next(results), next(results)] == [1, 2]
    results.close()  # type: ignore[attr-defined]
