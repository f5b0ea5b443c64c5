"""A picture of a desk that nobody sees: drawn off-screen, at any size, in any colours."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QSettings
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from liveroom.app.named import find_named
from liveroom.app.settings import desk_settings
from liveroom.errors import KnownError
from liveroom.shots import Shot
from liveroom.ui import format as fmt
from liveroom.ui.dock import PanelDock
from liveroom.ui.host import PanelHost
from liveroom.ui.layout_store import Layout, LayoutStore
from liveroom.ui.layouts import is_compact
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
    """Write a PNG and return its path; raise KnownError for a panel, a layout or a size that cannot be."""
    spec = None if panel is None else _spec_of(panel)
    chosen = _layout_of(layout)
    # Also where there is a display: no window flashes up on it, and its size is no limit.
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    # A pixel of the picture is a pixel, however large this machine's letters are.
    os.environ.pop("QT_SCALE_FACTOR", None)
    desk_application()
    if spec is None:
        image = _desk(shot, size or _DESK, theme, chosen)
    else:
        image = _panel(shot, size or _PANEL, Theme(theme, shot.snapshot.mode), spec)
    return write(out, png_of(image))


def _spec_of(panel: str) -> PanelSpec:
    return find_named(panel, "panel", PANELS, lambda spec: (spec.panel_id, spec.title))


def _layout_of(layout: str) -> Layout:
    own = LayoutStore(desk_settings()).layouts()
    return find_named(layout, "layout", own, lambda one: (layout_name(one), one.title))


def layout_name(layout: Layout) -> str:
    """Return a layout's name as it is written at a command line; an own one has the producer's."""
    return layout.title if layout.own else layout.layout_id.replace("_", "-")


def _desk(shot: Shot, size: tuple[int, int], theme: str, layout: Layout) -> QImage:
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


def _lay_out(window: MainWindow, layout: Layout) -> None:
    """Arrange the panels: a built-in layout as it came, an own one as the producer left it.

    An own layout that is known of wide windows only looks in a small one like what it was made from.
    """
    window.layouts.show_layout(LayoutStore.built_in(layout))
    left = LayoutStore(desk_settings()).anywhere(layout, is_compact(window)) if layout.own else None
    if left is not None and window.restoreState(left.state, left.version):
        # A panel that floats is a window of its own, which no picture of this one has.
        for dock in window.docks:
            dock.setFloating(False)


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
        if shot.snapshot.is_past:
            dock.set_past(fmt.clock(shot.snapshot.at, shot.snapshot.timezone))
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
