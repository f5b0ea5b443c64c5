"""Different values of arrays, as numpy tells them."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from liveroom.models.distinct import are_among, distinct, with_counts, with_first, with_places

VALUES = arrays(np.int64, st.integers(0, 40), elements=st.integers(-9, 9))


@given(VALUES)
def test_they_are_those_that_numpy_finds(values: np.ndarray) -> None:
    expected, first, places, counts = np.unique(values, True, True, True)
    assert (distinct(values) == expected).all()
    for found, of_each, wanted in (
        (*with_first(values), first),
        (*with_places(values), places),
        (*with_counts(values), counts),
    ):
        assert found.tolist() == expected.tolist()
        assert of_each.tolist() == wanted.tolist()


@given(VALUES, VALUES)
def test_what_is_among_others_is_found(values: np.ndarray, others: np.ndarray) -> None:
    assert are_among(values, np.sort(others)).tolist() == np.isin(values, others).tolist()


def test_counting_a_show_brings_no_masked_arrays_along() -> None:
    code = """
import sys
from liveroom.models.kpis import kpis_of
from liveroom.models.camera import Camera, Caption
from liveroom.models.snapshot import Recording
from benchmarks.mix import show_events
from liveroom.models.show import Show
show = Show()
show.apply_all(show_events(60_000, per_second=20))
kpis_of(show, {})
Camera(show, Caption()).snapshot(show.last_at, Recording())
assert "numpy" in sys.modules
sys.exit("numpy.ma" in sys.modules)
"""
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0
