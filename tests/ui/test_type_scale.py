"""The whole desk is enlarged from the next start on: letters, rows and gaps alike."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings

from liveroom.ui.type_scale import TYPE_SCALES, choose_type_scale, type_scale

PROGRAM = """
import sys
from PySide6.QtCore import QSettings
from liveroom.ui.type_scale import apply_type_scale
apply_type_scale(QSettings(sys.argv[1], QSettings.Format.IniFormat))
from liveroom.models.facts import Mode
from liveroom.ui.main_window import MainWindow
from liveroom.ui.theme import desk_application
application = desk_application()
window = MainWindow(lambda c: None, QSettings(sys.argv[1], QSettings.Format.IniFormat), mode=Mode.LIVE)
window.resize(1000, 600)
window.show()
print(window.show_bar.grab().toImage().height())
window.close()
"""


def bar_height(settings: QSettings, **environment: str) -> int:
    """Return how many pixels high the show bar is in a program of its own."""
    settings.sync()
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, settings.fileName()],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", **environment},
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return int(done.stdout)


@pytest.mark.parametrize("per_cent", TYPE_SCALES)
def test_a_choice_scales_the_next_start(settings: QSettings, per_cent: int) -> None:
    choose_type_scale(settings, per_cent)
    assert type_scale(settings) == per_cent
    assert bar_height(settings) == round(38 * per_cent / 100)


def test_a_factor_from_outside_counts_instead(settings: QSettings) -> None:
    choose_type_scale(settings, 115)
    assert bar_height(settings, QT_SCALE_FACTOR="2") == 76


@pytest.mark.parametrize("kept", ["", "huge", "99", "-115"])
def test_what_was_never_offered_is_not_used(settings: QSettings, kept: str) -> None:
    settings.setValue("desk/type_scale", kept)
    assert type_scale(settings) == 100


def test_another_size_is_refused(settings: QSettings) -> None:
    with pytest.raises(ValueError, match="120 % is not one of 100, 115, 130 %"):
        choose_type_scale(settings, 120)
