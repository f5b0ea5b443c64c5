import json
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.__main__ import BENCHMARKS
from benchmarks.harness import Goal, Result


@pytest.mark.slow
def test_every_benchmark_yields_rows_that_could_be_measured(tmp_path: Path) -> None:
    out = tmp_path / "rows.json"
    command = [sys.executable, "-m", "benchmarks", "--quick", "--json", str(out)]
    done = subprocess.run(
        command, cwd=Path(__file__).parents[1], capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stderr
    rows = json.loads(out.read_text())
    names = " | ".join(row["benchmark"] for row in rows)
    words = ("record", "JSON", "import", "rehearse", "open", "memory", "paint", "tick")
    words += ("heartbeat", "painted", "desk open", "scrub", "soak")
    assert [word for word in words if word not in names] == []
    assert [row["benchmark"] for row in rows if not row["measured"]] == []
    assert all(row["benchmark"] in done.stdout for row in rows)


def test_an_unknown_benchmark_is_refused_with_the_names_there_are() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks", "speed"],
        cwd=Path(__file__).parents[1],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 2
    assert all(name in done.stderr for name in BENCHMARKS)


def test_a_goal_for_a_ratio_judges_the_ratio() -> None:
    fast = Result(benchmark="x", measured=50.0, limit=100.0, goal=Goal("ratio", at_least=0.45))
    slow = Result(benchmark="x", measured=40.0, limit=100.0, goal=Goal("ratio", at_least=0.45))
    assert (fast.met, slow.met) == (True, False)


def test_a_goal_for_the_figure_itself_ignores_the_limit() -> None:
    goal = Goal("measured", at_most=16)
    assert Result(benchmark="x", measured=16.0, limit=1.0, goal=goal).met is True
    assert Result(benchmark="x", measured=16.1, limit=1000.0, goal=goal).met is False


def test_what_could_not_be_measured_meets_and_misses_nothing() -> None:
    assert Result(benchmark="x", goal=Goal("measured", at_most=1)).met is None
