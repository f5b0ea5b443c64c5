import pytest

from liveroom.models.case_figure import Standing, standing_of
from liveroom.models.rehearsal.interval import Interval, interval_of
from liveroom.models.verdict import Verdict, verdict_of


@pytest.mark.parametrize(
    ("differences", "verdict"),
    [
        ([100, 110, 95, 105, 90, 100], Verdict.BETTER),
        ([-100, -110, -95, -105, -90, -100], Verdict.WORSE),
        ([-2000, 100, 150, -900, 1800, 40], Verdict.UNTOLD),
        ([0, 0, 0], Verdict.SAME),
        ([0, 0, 5], Verdict.UNTOLD),
        ([500], Verdict.UNTOLD),
        ([], Verdict.UNTOLD),
    ],
)
def test_verdict_is_given_only_where_the_interval_excludes_nothing(
    differences: list[float], verdict: Verdict
) -> None:
    assert verdict_of(interval_of(differences)) is verdict


def test_interval_that_touches_nothing_tells_nothing() -> None:
    assert verdict_of(Interval(number=6, mean=5, low=0, high=10)) is Verdict.UNTOLD


@pytest.mark.parametrize(
    ("value", "figure", "unit", "standing"),
    [
        (4.3, 4.0, "x", Standing.REACHED),
        (3.45, 4.0, "x", Standing.REACHED),
        (3.3, 4.0, "x", Standing.MISSED),
        (6.0, 4.0, "x", Standing.EXCEEDED),
        (-0.9, -0.92, "share", Standing.REACHED),
        (-0.5, -0.92, "share", Standing.MISSED),
        (0.92, -0.92, "share", Standing.MISSED),
        (85.0, 80.0, "minutes", Standing.REACHED),
        (110.0, 80.0, "minutes", Standing.MISSED),
        (None, 4.0, "x", Standing.UNKNOWN),
    ],
)
def test_figure_is_reached_within_fifteen_percent_or_beyond(
    value: float | None, figure: float, unit: str, standing: Standing
) -> None:
    assert standing_of(value, figure, unit) is standing
