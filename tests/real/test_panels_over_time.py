"""At several moments of replays of real shows, the panels' own text says what `kpis` says, in each locale."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QLocale, QSettings
from pytestqt.qtbot import QtBot

from liveroom.history import show_of
from liveroom.models.facts import Mode
from liveroom.models.kpis import kpis_of
from liveroom.models.snapshot import Snapshot
from liveroom.models.window import Window
from liveroom.recorder import Recorder
from liveroom.session_file import new_meta
from liveroom.store import SessionStore
from liveroom.ui.main_window import MainWindow

LOCALES = {"en_US": (",", "."), "pt_BR": (".", ","), "de_DE": (".", ",")}
"""What groups digits, and what comes before decimals."""
MOMENTS = (0.2, 0.5, 0.8, 1.0)
Numbers = dict[str, dict[str, str]]


@pytest.fixture(params=LOCALES)
def locale(request: pytest.FixtureRequest) -> Iterator[str]:
    before = QLocale()
    QLocale.setDefault(QLocale(request.param))
    yield request.param
    QLocale.setDefault(before)


def at_moments(session: Path) -> list[tuple[Snapshot, dict[str, Any]]]:
    """Return what the desk gets and what `kpis --to` says at some seconds of a session."""
    recorder = Recorder(session, new_meta(Mode.DEBRIEF, "Looked at"), safe=False)
    store = SessionStore.read(session)
    first, last = recorder.show.first_at, recorder.show.last_at
    assert first is not None
    assert last is not None
    found = []
    for share in MOMENTS:
        at = first + int(share * (last - first))
        counted = show_of(store, Window(end=at // 1000 * 1000 + 1000))
        found.append((recorder.look_back(at), kpis_of(counted)))
    store.close()
    recorder.close()
    return found


@pytest.mark.parametrize("name", ["gms", "sgdq", "uci"])
def test_panels_say_what_kpis_says(
    name: str, locale: str, replayed: Callable[[str], Path], tmp_path: Path, qtbot: QtBot
) -> None:
    settings = QSettings(str(tmp_path / "desk.ini"), QSettings.Format.IniFormat)
    window = MainWindow(lambda command: None, settings, mode=Mode.DEBRIEF)
    qtbot.addWidget(window)
    window.resize(1920, 1080)
    window.show()
    window.finish_building()
    for snapshot, expected in at_moments(replayed(name)):
        window.show_snapshot(snapshot)
        shown = window.numbers()
        compare_strip(shown["kpi_strip"], expected, locale)
        compare_channels(shown["channels"], expected["by_channel"], locale)
        compare_board(shown["products"], expected["by_product"], locale)


def compare_strip(strip: dict[str, str], expected: dict[str, Any], locale: str) -> None:
    for name in ("orders", "visits"):
        assert strip[name] == whole(expected[name], locale), name
    assert digits(strip["revenue"]) == digits(money(expected["revenue_minor"], locale))
    mean = expected["average_order_value_minor"]
    # No order yet has no mean; that is not the same as a mean that nobody knows.
    nothing = "unknown" if expected["orders"] else "—"
    shown = nothing if mean is None else digits(money(mean, locale))
    assert digits(strip["average_order_value"]) == shown
    rate = expected["conversion_rate"]
    assert strip["conversion"] == ("unknown" if rate is None else percent(rate, locale))
    assert strip["audience"] == whole(expected["audience"]["last"], locale)


def compare_channels(shown: dict[str, str], expected: dict[str, Any], locale: str) -> None:
    for channel, row in expected.items():
        if row["orders"] or row["visits"]:
            assert shown[f"{channel}.orders"] == whole(row["orders"], locale), channel


def compare_board(board: dict[str, str], products: dict[str, Any], locale: str) -> None:
    skus = {key.rsplit(".", 1)[0] for key in board} & set(products)
    assert len(skus) >= min(len(products), 20)
    for sku in skus:
        for name in ("orders", "units", "clicks", "views"):
            assert board[f"{sku}.{name}"] == whole(products[sku][name], locale), (sku, name)
        revenue = products[sku]["revenue_minor"]
        assert digits(board[f"{sku}.revenue"]) == digits(money(revenue, locale)), sku


# How numbers are written, said here once more by other means than the desk's own.


def whole(value: int | None, locale: str) -> str:
    if value is None:
        return "unknown"
    return f"{value:,}".replace(",", LOCALES[locale][0])


def money(minor: int | None, locale: str) -> str:
    """Return an amount of a currency with cents: none from 100 up."""
    if minor is None:
        return "unknown"
    group, point = LOCALES[locale]
    # Half a unit goes away from zero.
    rounded = f"{(abs(minor) + 50) // 100:,}" if abs(minor) >= 10_000 else f"{abs(minor) / 100:.2f}"
    return rounded.replace(",", "?").replace(".", point).replace("?", group)


def digits(text: str) -> str:
    """Return a number without its currency: where that stands differs, and is tested elsewhere."""
    kept = "".join(letter for letter in text if letter.isdigit() or letter in ".,")
    return kept.strip(".,") or text


def percent(rate: float, locale: str) -> str:
    return f"{rate * 100:.1f}".replace(".", LOCALES[locale][1]) + "\u202f%"
