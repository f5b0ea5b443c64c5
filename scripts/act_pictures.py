"""Takes pictures of the desk in each act of cases C9 and C4: before the offer, under it, at the end.

    python scripts/act_pictures.py [FOLDER]       the default folder is docs/pictures

The case's own policy acts. The same seed gives the same pictures.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QLocale, QSettings
from PySide6.QtWidgets import QApplication

from liveroom.models.camera import Camera, Caption
from liveroom.models.commands import LaunchOffer
from liveroom.models.facts import Mode
from liveroom.models.rehearsal.trial import Trial
from liveroom.models.snapshot import Recording, Snapshot
from liveroom.scenarios import read_case, read_scenario
from liveroom.ui.main_window import MainWindow
from liveroom.ui.picture import save_picture

SEED = 1
CASES = ("c09", "c04")
BEFORE_SECONDS, UNDER_SECONDS = -120, 300
FOLDER = Path(__file__).parents[1] / "docs" / "pictures"


def trial_of(name: str) -> Trial:
    scenario = read_scenario(name)
    case = read_case(name, scenario)
    assert case is not None
    return Trial(scenario, SEED, case.policy)


def acts_of(name: str) -> dict[str, int]:
    """Return the second of each act, by the first offer that the policy launches."""
    whole = trial_of(name).run()
    offer = next(each.second for each in whole.decisions if isinstance(each.command, LaunchOffer))
    last = whole.second - 60
    return {"before": offer + BEFORE_SECONDS, "offer": offer + UNDER_SECONDS, "end": last}


def snapshots(name: str) -> dict[str, Snapshot]:
    acts, found = acts_of(name), {}
    trial, number = trial_of(name), 0
    caption = Caption(
        mode=Mode.REHEARSAL, title=trial.scenario.title, timezone=trial.scenario.timezone
    )
    for events in trial.events():
        number += len(events)
        for act, second in acts.items():
            if trial.second == second and act not in found:
                at = trial.scenario.starts_at + second * 1000
                recording = Recording(path=f"{name}.liveroom", events=number)
                found[act] = Camera(trial.show, caption).snapshot(at, recording)
    return found


def main(folder: Path) -> None:
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedStates))
    application = QApplication(sys.argv[:1])
    with tempfile.TemporaryDirectory() as scratch:
        for name in CASES:
            for act, snapshot in snapshots(name).items():
                settings = QSettings(f"{scratch}/{name}-{act}.ini", QSettings.Format.IniFormat)
                window = MainWindow(
                    lambda command: None, settings, theme="dark", mode=Mode.REHEARSAL
                )
                window.show_snapshot(snapshot)
                print(save_picture(window, folder / f"{name}-{act}.png", 1600, 900))
                window.close()
                window.deleteLater()
                application.processEvents()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
