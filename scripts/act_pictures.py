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

from msgspec.structs import replace
from PySide6.QtCore import QLocale, QSettings
from PySide6.QtWidgets import QApplication

from liveroom.models.camera import Camera, Caption
from liveroom.models.commands import LaunchOffer
from liveroom.models.facts import Mode
from liveroom.models.pacing import Pace
from liveroom.models.rehearsal.trial import Trial
from liveroom.models.snapshot import Recording, Snapshot
from liveroom.scenarios import read_case, read_scenario
from liveroom.ui.main_window import MainWindow
from liveroom.ui.picture import save_picture

SEED = 1
WIDTH, HEIGHT = 1600, 900
CASES = {"c09": "offers", "c04": "carts"}
"""The cases, and the panel that is in front."""
BEFORE_SECONDS, UNDER_SECONDS = -120, 240
"""From the launch of the offer; C4's kits run for five minutes."""
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


def bring_to_front(window: MainWindow, panel: str) -> None:
    """Show the desk and raise one of its panels, as a click on its tab does."""
    window.resize(WIDTH, HEIGHT)
    window.show()
    dock = next(one for one in window.docks if one.objectName() == panel)
    dock.raise_()


def main(folder: Path) -> None:
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedStates))
    application = QApplication(sys.argv[:1])
    with tempfile.TemporaryDirectory() as scratch:
        for name, panel in CASES.items():
            for act, snapshot in snapshots(name).items():
                settings = QSettings(f"{scratch}/{name}-{act}.ini", QSettings.Format.IniFormat)
                window = MainWindow(
                    lambda command: None, settings, theme="dark", mode=Mode.REHEARSAL
                )
                # As it would look while it runs.
                window.show_snapshot(replace(snapshot, pace=Pace(speed=1.0)))
                bring_to_front(window, panel)
                print(save_picture(window, folder / f"{name}-{act}.png", WIDTH, HEIGHT))
                window.close()
                window.deleteLater()
                application.processEvents()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
