import pytest

from liveroom.models.rehearsal.interval import interval_of, t_quantile


@pytest.mark.parametrize(
    ("degrees", "quantile"),
    # Standard tables of Student's t, two-sided 95 %.
    [
        (1, 12.706),
        (2, 4.303),
        (10, 2.228),
        (11, 2.201),
        (15, 2.131),
        (20, 2.086),
        (30, 2.042),
        (39, 2.023),
        (60, 2.000),
        (120, 1.980),
        (1000, 1.962),
    ],
)
def test_quantiles_are_those_of_the_tables(degrees: int, quantile: float) -> None:
    assert t_quantile(degrees) == pytest.approx(quantile, abs=0.001)


def test_interval_of_known_values() -> None:
    found = interval_of([4.0, 5.0, 6.0, 7.0, 8.0])
    # mean 6, s = √2.5, t(4) = 2.776: half width 2.776 · √(2.5 ÷ 5) = 1.963
    assert found.mean == 6
    assert found.low == pytest.approx(6 - 1.9629, abs=1e-3)
    assert found.high == pytest.approx(6 + 1.9629, abs=1e-3)


def test_few_values_have_no_interval() -> None:
    assert interval_of([]).mean is None
    assert (interval_of([3.0]).mean, interval_of([3.0]).low) == (3.0, None)
    with pytest.raises(ValueError, match="0 degrees"):
        t_quantile(0)


def test_equal_values_have_no_width() -> None:
    found = interval_of([2.0] * 12)
    assert (found.low, found.mean, found.high) == (2.0, 2.0, 2.0)
