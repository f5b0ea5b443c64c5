"""Scores a policy's show, as the producer's own would be, and puts the score into words."""

from __future__ import annotations

from typing import Any

from msgspec import Struct, to_builtins

from liveroom.errors import KnownError
from liveroom.kpi_table import money
from liveroom.models.case_figure import CaseFigure
from liveroom.models.money import minor_digits
from liveroom.models.rehearsal.case_figures import CaseEffect
from liveroom.models.rehearsal.interval import Interval
from liveroom.models.rehearsal.score import (
    MORE_SEEDS,
    Difference,
    Score,
    commands_of,
    score,
    shows_to_play,
)
from liveroom.models.rehearsal.score_cards import score_card
from liveroom.models.rehearsal.score_shows import Worth
from liveroom.models.rehearsal.series import ONE_SHOW, first_measured
from liveroom.models.rehearsal.trial import Terms
from liveroom.models.score_card import ScoreCard
from liveroom.models.simulation.scenarios.scenario import Scenario
from liveroom.progress import progress_bar
from liveroom.scenarios import read_case, read_policy, read_scenario
from liveroom.scoring import play_variants, policies_to_compare

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
        judged = [(found["above_nothing"], self.score.above_nothing)]
        judged += [
            (found["above_policies"][title], each)
            for title, each in self.score.above_policies.items()
        ]
        judged += [
            (shown["over_seeds"], each.over_seeds)
            for shown, each in zip(found["decisions"], self.score.decisions, strict=True)
        ]
        for shown, difference in judged:
            shown["verdict"] = difference.verdict.value
        return found

    def card(self) -> ScoreCard:
        """Return it as the desk shows it; a policy's show is nobody's attempt."""
        return score_card(self.score, self.scenario)

    def as_text(self) -> str:
        """Return it as lines for a terminal."""
        score, head = self.score, f"{'score':<34}{'margin':>18}{'net revenue':>18}"
        lines = [f"{head}{'viewer minutes':>16}", self._line("this show", score.yours)]
        lines.append(self._line("nobody acts", score.nothing))
        lines.append(self._over_seeds(score.above_nothing, "this show against it"))
        for title, worth in score.policies.items():
            lines.append(self._line(title[:33], worth))
            lines.append(self._over_seeds(score.above_policies[title], "this show against it"))
        if score.case is not None:
            lines += ["", case_line(score.case)]
        lines += ["", "each act: this show minus the show without it (they do not add up)"]
        for each in score.decisions:
            acts = ", ".join(type(command).__name__ for command in each.commands)
            knew = ", ".join(f"{name} {_known(each.knew.get(name))}" for name in _KNEW)
            lines.append(self._line(f"{_clock(each.second)} {acts}"[:33], each.worth))
            lines.append(self._over_seeds(each.over_seeds, "the show with it"))
            lines.append(f"      the desk showed {knew}")
        lines += ["", f"figures: seed {score.seed}; verdicts: {len(score.seeds)} seeds, 95 %"]
        return "\n".join(lines)

    def _over_seeds(self, difference: Difference, words: str) -> str:
        found, digits = difference.margin_minor, minor_digits(self.scenario.currency)
        return f"      {words}: {difference.verdict}; {spread(found, 10**-digits)}"

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
    # The one that acts is no other, unless it is the case's: that one always stands beside the show.
    others = policies_to_compare(show, case)
    own = case.policy if case is not None else None
    others = [each for each in others if each is own or each.title != acting.title]
    effect = CaseEffect(case=case) if case is not None else None
    with progress_bar(shows_to_play(commands, others, MORE_SEEDS), "scoring") as step:
        found = score(
            stage,
            commands,
            others,
            terms,
            play_variants,
            step,
            more_seeds=MORE_SEEDS,
            case=effect,
        )
    return ScoreReport(scenario=stage.scenario, score=found)


def spread(found: Interval, scale: float = 1.0, form: str = ",.0f") -> str:
    """Return a mean over seeds with its interval, as numbers times `scale`."""
    if found.mean is None:
        return "no value on any seed"
    mean = f"mean {found.mean * scale:+{form}}"
    if found.low is None or found.high is None:
        return mean
    return f"{mean} (95 %: {found.low * scale:+{form}} to {found.high * scale:+{form}})"


def case_line(case: CaseFigure) -> str:
    """Return whether the case's figure was reached, as a line."""
    head = f"the figure of case {case.case_id}: {case.name}: {case.figure:.4g} {case.unit}"
    if case.value is None:
        return f"{head}; here not measured: {case.why_not}"
    return f"{head}; here {case.value:.4g}, {case.standing}; {spread(case.over_seeds, form='.4g')}"


def _clock(second: int) -> str:
    return f"{second // 60:02}:{second % 60:02}"


def _known(value: object) -> str:
    return "—" if value is None else f"{value:.4g}" if isinstance(value, float) else str(value)
