"""`liveroom shot` draws a recorded session off-screen: as it ended or at an instant, whole or one panel."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from liveroom.app.settings import desk_settings
from liveroom.cli import main
from liveroom.models import events as e
from liveroom.models.run_of_show import Segment
from liveroom.shots import shot_of
from liveroom.store import SessionStore
from liveroom.ui.main_window import MainWindow
from liveroom.ui.theme import Theme
from tests.factory import SHOW_START, event, order, record

SEGMENTS = (
    Segment(segment_id="a", title="Opening", duration_ms=300_000),
    Segment(segment_id="b", title="The mug", duration_ms=300_000, skus=("mug",)),
)


def instant(seconds: int) -> str:
    from liveroom.models.window import format_instant

    return str(format_instant(SHOW_START + seconds * 1000))


@pytest.fixture
def session(tmp_path: Path) -> Path:
    """Return a show of ten minutes and ten orders, with a run of show and a message."""
    path = tmp_path / "show.liveroom"
    record(
        path,
        [
            event(e.RunOfShowChanged, 0, segments=SEGMENTS, title="Evening"),
            event(e.SegmentStarted, 0, segment_id="a"),
            *(order(second, 1000, units=1) for second in range(0, 600, 60)),
            event(e.PresenterTold, 200, text="Wrap up"),
            event(e.SegmentStarted, 300, segment_id="b"),
        ],
    )
    return path


def shot(*words: str | Path) -> Result:
    return CliRunner().invoke(main, ["shot", *map(str, words)])


def colours(image: QImage) -> set[str]:
    return {
        QColor(image.pixel(x, y)).name()
        for x in range(0, image.width(), 3)
        for y in range(0, image.height(), 3)
    }


def test_a_picture_of_the_desk_is_written_and_the_session_left_alone(
    qapp: QApplication, session: Path, tmp_path: Path
) -> None:
    before = session.read_bytes()
    out = tmp_path / "desk.png"
    result = shot(session, out)
    assert result.exit_code == 0, result.output
    assert result.output.strip() == str(out)
    image = QImage(str(out))
    assert (image.width(), image.height()) == (1920, 1080)
    assert session.read_bytes() == before
    left = {path.name for path in tmp_path.iterdir() if not path.name.startswith(".")}
    assert left == {"show.liveroom", "desk.png"}


@pytest.mark.parametrize(
    ("theme", "name"), [("light", "light"), ("high-contrast", "high_contrast")]
)
def test_size_and_colours_are_as_asked(
    qapp: QApplication, session: Path, tmp_path: Path, theme: str, name: str
) -> None:
    out = tmp_path / "desk.png"
    words = ("--size", "1366x768", "--theme", theme, "--layout", "on-air")
    assert shot(session, out, *words).exit_code == 0
    image = QImage(str(out))
    assert (image.width(), image.height()) == (1366, 768)
    assert Theme(name)["panel"].name() in colours(image)
    assert Theme("dark")["panel"].name() not in colours(image)


def test_one_panel_is_drawn_at_its_size_and_a_strip_at_its_height(
    qapp: QApplication, session: Path, tmp_path: Path
) -> None:
    out = tmp_path / "panel.png"
    assert shot(session, out, "--panel", "run_of_show").exit_code == 0
    assert QImage(str(out)).size().toTuple() == (960, 540)
    assert shot(session, out, "--panel", "run_of_show", "--size", "400x700").exit_code == 0
    assert QImage(str(out)).size().toTuple() == (400, 700)
    assert shot(session, out, "--panel", "kpi_strip", "--size", "1600x400").exit_code == 0
    assert QImage(str(out)).size().toTuple() == (1600, 90)


@pytest.mark.parametrize(
    "words",
    [
        ("prepare", "Prepare"),
        ("on-air", "On air", "on_air", "ON-AIR"),
        ("debrief", "Debrief"),
    ],
)
def test_a_layout_is_found_by_its_name_however_it_is_written(
    qapp: QApplication, session: Path, tmp_path: Path, words: tuple[str, ...]
) -> None:
    pictures = []
    for word in words:
        assert shot(session, tmp_path / "desk.png", "--layout", word).exit_code == 0
        pictures.append(QImage(str(tmp_path / "desk.png")))
    assert all(picture == pictures[0] for picture in pictures)
    other = "debrief" if words[0] == "prepare" else "prepare"
    assert shot(session, tmp_path / "desk.png", "--layout", other).exit_code == 0
    assert QImage(str(tmp_path / "desk.png")) != pictures[0]


def test_a_layout_of_ones_own_is_pictured_as_it_was_left(
    qtbot: QtBot, session: Path, tmp_path: Path
) -> None:
    window = MainWindow(lambda command: None, desk_settings())
    qtbot.addWidget(window)
    window.resize(1920, 1080)
    window.show()
    window.layouts.save_as("Só vendas")
    for dock in window.docks:
        dock.setVisible(dock.objectName() in {"products", "kpi_strip"})
    window.close()
    pictures = []
    for name in ("Só vendas", "só vendas", "on-air"):
        result = shot(session, tmp_path / "desk.png", "--layout", name)
        assert result.exit_code == 0, result.output
        pictures.append(QImage(str(tmp_path / "desk.png")))
    assert pictures[0] == pictures[1]
    assert pictures[0] != pictures[2]
    result = shot(session, tmp_path / "desk.png", "--layout", "sales")
    assert "choose one of prepare, on-air, debrief, Só vendas" in result.output


def test_a_panel_is_found_by_the_title_that_is_seen_on_the_desk(
    qapp: QApplication, session: Path, tmp_path: Path
) -> None:
    out = tmp_path / "panel.png"
    for name in ("Run of show", "run-of-show"):
        assert shot(session, out, "--panel", name).exit_code == 0
        assert QImage(str(out)).size().toTuple() == (960, 540)


def test_at_an_instant_it_is_the_desk_of_then(session: Path) -> None:
    snapshot = shot_of(session, lambda zone: SHOW_START + 250_000).snapshot
    assert snapshot.totals.orders == 5
    assert snapshot.run_of_show.on_air is not None
    assert snapshot.run_of_show.on_air.segment_id == "a"
    assert snapshot.presenter.message == "Wrap up"
    assert shot_of(session, lambda zone: SHOW_START + 199_000).snapshot.presenter.message == ""
    ended = shot_of(session).snapshot
    assert (ended.totals.orders, ended.at) == (10, SHOW_START + 540_000)


def test_two_instants_give_two_pictures(qapp: QApplication, session: Path, tmp_path: Path) -> None:
    images = []
    for name, words in (("early", ("--at", instant(100))), ("end", ())):
        out = tmp_path / f"{name}.png"
        assert shot(session, out, "--panel", "kpi_strip", *words).exit_code == 0
        images.append(QImage(str(out)))
    assert images[0] != images[1]


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (("none.liveroom", "{out}"), 1, "there is no session file none.liveroom"),
        (
            ("{session}", "picture.jpg"),
            2,
            "picture.jpg is not named like a picture: end it in .png",
        ),
        (("{session}", "none/a.png"), 1, "there is no folder none for the picture a.png"),
        (
            ("{session}", "{out}", "--size", "big"),
            2,
            "'big' is no size: give width and height such",
        ),
        (("{session}", "{out}", "--size", "9x9"), 2, "is not a size between 40x40 and 8192x8192"),
        (("{session}", "{out}", "--size", "1920x99999999999"), 2, "is not a size between"),
        (("{session}", "{out}", "--size", "640x480"), 1, "too small for the desk, which needs at"),
        (("{session}", "{out}", "--theme", "sepia"), 2, "sepia"),
        (
            ("{session}", "{out}", "--layout", "chaos"),
            1,
            "there is no layout 'chaos'; choose one of prepare, on-air, debrief",
        ),
        (
            ("{session}", "{out}", "--panel", "clicks"),
            1,
            "there is no panel 'clicks'; choose one of",
        ),
        (("{session}", "{out}", "--at", "tea time"), 2, "'tea time' is not an instant such as"),
        (
            ("{session}", "{out}", "--at", "2023-11-14T20:00"),
            1,
            "which goes from 2023-11-14T22:13:20+00:00 to 2023-11-14T22:22:20+00:00",
        ),
    ],
)
def test_a_mistake_is_said_with_what_mends_it(
    qapp: QApplication,
    session: Path,
    tmp_path: Path,
    words: tuple[str, ...],
    code: int,
    message: str,
) -> None:
    places = {"session": session, "out": tmp_path / "out.png"}
    result = shot(*(word.format(**places) for word in words))
    assert result.exit_code == code, result.output
    assert message in " ".join(result.output.split())
    assert not (tmp_path / "out.png").exists()


def test_a_session_in_which_nothing_happened_has_no_instant_but_a_picture(
    qapp: QApplication, tmp_path: Path
) -> None:
    path, out = tmp_path / "empty.liveroom", tmp_path / "out.png"
    record(path, [])
    result = shot(path, out, "--at", instant(0))
    assert result.exit_code == 1
    assert "nothing was counted" in result.output
    assert shot(path, out).exit_code == 0


def test_a_picture_never_takes_the_place_of_its_session(
    qapp: QApplication, session: Path, tmp_path: Path
) -> None:
    odd = tmp_path / "session.png"
    session.rename(odd)
    result = shot(odd, odd)
    assert result.exit_code == 1
    assert "is the session itself" in result.output
    assert SessionStore.read(odd).last_seq > 0


def test_it_needs_no_display_and_says_nothing_else(session: Path, tmp_path: Path) -> None:
    out = tmp_path / "panel.png"
    without = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    done = subprocess.run(
        [sys.executable, "-m", "liveroom", "shot", session, out, "--panel", "products"],
        env={name: value for name, value in os.environ.items() if name not in without},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, f"{out}\n", "")
    assert QImage(str(out)).width() == 960
