"""A picture of a desk that nobody sees: drawn off-screen, at any size, in any colours."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QSettings
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from liveroom.errors import KnownError
from liveroom.shots import Shot
from liveroom.ui.dock import PanelDock
from liveroom.ui.host import PanelHost
from liveroom.ui.main_window import LEAST, MainWindow
from liveroom.ui.panel import PanelSpec
from liveroom.ui.panels import PANELS
from liveroom.ui.picture import picture
from liveroom.ui.pictures.files import png_of, write
from liveroom.ui.theme import Theme, desk_application

_DESK, _PANEL = (1920, 1080), (960, 540)


def take_shot(
    shot: Shot,
    out: Path,
    size: tuple[int, int] | None,
    theme: str,
    layout: str,
    panel: str | None,
) -> Path:
    """Write a PNG and return its path; raise KnownError for a panel or a size that cannot be."""
    spec = None if panel is None else _spec_of(panel)
    # Also where there is a display: no window flashes up on it, and its size is no limit.
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    # A pixel of the picture is a pixel, however large this machine's letters are.
    os.environ.pop("QT_SCALE_FACTOR", None)
    desk_application()
    if spec is None:
        image = _desk(shot, size or _DESK, theme, layout)
    else:
        image = _panel(shot, size or _PANEL, Theme(theme, shot.snapshot.mode), spec)
    return write(out, png_of(image))


def _spec_of(panel: str) -> PanelSpec:
    for spec in PANELS:
        if spec.panel_id == panel:
            return spec
    names = ", ".join(spec.panel_id for spec in PANELS)
    raise KnownError(f"there is no panel {panel!r}; choose one of {names}")


def _desk(shot: Shot, size: tuple[int, int], theme: str, layout: str) -> QImage:
    if size[0] < LEAST[0] or size[1] < LEAST[1]:
        raise KnownError(
            f"{size[0]}x{size[1]} is too small for the desk, which needs at least "
            f"{LEAST[0]}x{LEAST[1]}; a single --panel may be smaller"
        )
    # Not the producer's own settings: the same session gives the same picture anywhere.
    with tempfile.TemporaryDirectory() as scratch:
        settings = QSettings(str(Path(scratch) / "desk.ini"), QSettings.Format.IniFormat)
        window = MainWindow(lambda command: None, settings, theme=theme, mode=shot.snapshot.mode)
        try:
            window.show_snapshot(shot.snapshot)
            window.resize(*size)
            window.show()
            _lay_out(window, layout)
            if shot.score is not None:
                window.show_score(shot.score)
            return picture(window, *size)
        finally:
            window.close()
            window.deleteLater()
            _settle()


def _lay_out(window: MainWindow, layout: str) -> None:
    """Arrange the panels; the one layout that there is, is the one that a desk opens with."""
    assert layout == "on-air"
    window.reset_layout()


def _panel(shot: Shot, size: tuple[int, int], theme: Theme, spec: PanelSpec) -> QImage:
    """Return one panel with its title bar, as it is when it floats."""
    theme.apply(desk_application())
    host = PanelHost(spec, lambda command: None, theme)
    dock = PanelDock(host, theme)
    holder = QWidget()
    holder.setStyleSheet(theme.style_sheet())
    dock.setParent(holder)
    try:
        # A strip is as high as it is.
        dock.resize(size[0], spec.fixed_height or size[1])
        holder.resize(dock.size())
        dock.show()
        holder.show()
        # On no widget of the panel: a picture has no keyboard.
        holder.setFocus()
        host.take(shot.snapshot)
        if shot.score is not None:
            host.take_score(shot.score)
        for _ in range(3):
            host.finish_building()
            _settle()
        if host.stopped is not None:
            raise KnownError(f"the panel {spec.panel_id} cannot be drawn: {host.message()}")
        return dock.picture()
    finally:
        holder.close()
        holder.deleteLater()
        _settle()


def _settle() -> None:
    """Let layouts and deletions, which are posted events, happen."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QCoreApplication.processEvents()
