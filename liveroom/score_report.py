"""Scores a policy's show, as the producer's own would be, and puts the score into words."""

from __future__ import annotations

from typing import Any

from msgspec import Struct, to_builtins

from liveroom.errors import KnownError
from liveroom.kpi_table import money
from liveroom.models.rehearsal.score import Score, Worth, commands_of, score, shows_to_play
from liveroom.models.rehearsal.series import ONE_SHOW, first_measured
from liveroom.models.rehearsal.trial import Terms
from liveroom.models.simulation.scenarios.scenario import Scenario
from liveroom.progress import progress_bar
from liveroom.scenarios import read_case, read_policy, read_scenario, shipped_policies
from liveroom.scoring import play_variants

_KNEW = ("on_air", "minute", "audience", "conversion_10", "conversion_fell", "stock")


class ScoreReport(Struct, frozen=True, kw_only=True):
    """A score, ready to be printed."""

    scenario: Scenario
    score: Score

    def as_dict(self) -> dict[str, Any]:
        """Return it as plain values; money in minor units."""
        found: dict[str, Any] = to_builtins(self.score)
        best = self.score.best
        found["best"] = None if best is None else best[0]
        found["currency"] = self.scenario.currency
        return found

    def as_text(self) -> str:
        """Return it as lines for a terminal."""
        score, head = self.score, f"{'score':<34}{'margin':>18}{'net revenue':>18}"
        lines = [f"{head}{'viewer minutes':>16}", self._line("this show", score.yours)]
        lines.append(self._line("nobody acts", score.nothing))
        lines += [self._line(title, worth) for title, worth in score.policies.items()]
        lines += ["", "each act: this show minus the show without it (they do not add up)"]
        for each in score.decisions:
            acts = ", ".join(type(command).__name__ for command in each.commands)
            knew = ", ".join(f"{name} {_known(each.knew.get(name))}" for name in _KNEW)
            lines.append(self._line(f"{_clock(each.second)} {acts}"[:33], each.worth))
            lines.append(f"      the desk showed {knew}")
        return "\n".join(lines)

    def _line(self, name: str, worth: Worth) -> str:
        currency = self.scenario.currency
        margin, revenue = (
            money(amount, currency) for amount in (worth.margin_minor, worth.net_revenue_minor)
        )
        return f"{name:<34}{margin:>18}{revenue:>18}{worth.viewer_minutes:>16,.0f}"


def score_policy(
    scenario: str, policy: str, seed: int, minutes: float | None, trouble: str
) -> ScoreReport:
    """Score what a policy does in one show, decision by decision, with a progress bar."""
    show = read_scenario(scenario)
    case = read_case(scenario, show)
    acting = read_policy(policy, show, case)
    if acting is None:
        raise KnownError("--score needs somebody who acts: add --policy case, a name or a file")
    terms, parts = Terms(minutes=minutes, trouble=trouble), case.parts if case else ONE_SHOW
    stage = first_measured(show, seed, acting, parts, terms)
    commands = commands_of(stage.trial(acting, terms).run())
    others = [each for each in shipped_policies(show).values() if each.title != acting.title]
    with progress_bar(shows_to_play(commands, others), "scoring") as step:
        found = score(stage, commands, others, terms, play_variants, step)
    return ScoreReport(scenario=stage.scenario, score=found)


def _clock(second: int) -> str:
    return f"{second // 60:02}:{second % 60:02}"


def _known(value: object) -> str:
    return "—" if value is None else f"{value:.4g}" if isinstance(value, float) else str(value)
