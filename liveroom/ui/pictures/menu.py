"""Pictures from the desk: of a panel by its title bar, of a panel or the whole desk by menu and keys."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSettings, QStandardPaths, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QMainWindow, QMenu, QToolTip, QWidget

from liveroom.errors import KnownError
from liveroom.ui.dock import PanelDock

if TYPE_CHECKING:
    # Not before the first paint: they bring msgspec along, and more.
    from liveroom.models.snapshot import Snapshot
    from liveroom.ui.pictures.files import FileKind

_FOLDER = "desk/pictures"


class Pictures:
    """Copies and saves; what is kept is what was on show when it was asked for."""

    def __init__(
        self,
        desk: QMainWindow,
        docks: list[PanelDock],
        settings: QSettings,
        shown: Callable[[], Snapshot | None],
    ) -> None:
        """Take what is pictured and what tells which show and instant it is."""
        self._desk, self._docks, self._settings, self._shown = desk, docks, settings, shown
        for dock in docks:
            dock.menu_asked.connect(self.open_menu)

    def open_menu(self, dock: PanelDock, at: QPoint) -> None:
        """Open a panel's own menu."""
        menu = QMenu(self._desk)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._fill(menu, dock)
        menu.popup(at)

    def copy_here(self) -> None:
        """Copy the panel that has the keyboard, or where none has it the desk."""
        self.copy(self._focused())

    def save_here(self) -> None:
        """Save the panel that has the keyboard, or where none has it the desk."""
        self.save(self._focused())

    def copy(self, dock: PanelDock | None) -> None:
        """Put a picture of a panel, or of the desk, on the clipboard."""
        QGuiApplication.clipboard().setImage(self._image(dock))
        what = "desk" if dock is None else dock.host.spec.title
        self._say(dock, f"Picture of the {what} copied" if dock is None else f"{what}: copied")

    def save(self, dock: PanelDock | None) -> None:
        """Ask where a picture of a panel, or of the desk, is to be kept."""
        from liveroom.ui.pictures.files import PNG, FileKind, png_of

        image = self._image(dock)
        what = "desk" if dock is None else dock.host.spec.title
        self._ask(dock, what, FileKind("picture", "png", PNG, lambda: png_of(image)))

    def save_file(self, dock: PanelDock, kind: FileKind) -> None:
        """Ask where a panel's drawing or numbers are to be kept."""
        body = kind.make()
        self._ask(dock, dock.host.spec.title, kind._replace(make=lambda: body))

    def save_as(self, suffix: str) -> None:
        """Keep the drawing or the numbers of the panel that has the keyboard, else of one that has some."""
        here = self._focused()
        for dock in sorted(self._docks, key=lambda dock: dock is not here):
            panel = dock.host.newest()
            for kind in () if panel is None else panel.files():
                if kind.suffix == suffix:
                    self.save_file(dock, kind)
                    return
        self._say(None, "No panel has a chart to keep yet")

    def _fill(self, menu: QMenu, dock: PanelDock) -> None:
        title = dock.host.spec.title
        if dock.isVisible() and not dock.visibleRegion().isEmpty():
            self._add(menu, f"Copy a picture of {title}", lambda: self.copy(dock))
            self._add(menu, f"Save a picture of {title}…", lambda: self.save(dock))
        else:
            menu.addAction("Bring the panel to the front for a picture").setEnabled(False)
        panel = dock.host.newest()
        for kind in () if panel is None else panel.files():
            words = f"Save its {kind.words} as {kind.suffix.upper()}…"
            self._add(menu, words, partial(self.save_file, dock, kind))

    def _add(self, menu: QMenu, words: str, slot: Callable[[], None]) -> None:
        menu.addAction(words).triggered.connect(lambda _=False: slot())

    def _focused(self) -> PanelDock | None:
        focused = QApplication.focusWidget()
        if focused is None:
            return None
        return next((dock for dock in self._docks if dock.isAncestorOf(focused)), None)

    def _image(self, dock: PanelDock | None) -> QImage:
        if dock is None:
            return self._desk.grab().toImage()
        return dock.picture()

    def _ask(self, dock: PanelDock | None, what: str, kind: FileKind) -> None:
        """Ask for a place without stopping the desk: keys, GO among them, go on meanwhile."""
        from PySide6.QtWidgets import QFileDialog

        from liveroom.ui.pictures.files import suggested_name

        folder = str(self._settings.value(_FOLDER, "")) or QStandardPaths.writableLocation(
            QStandardPaths.StandardLocation.PicturesLocation
        )
        name = suggested_name(self._shown(), what, kind.suffix)
        dialog = QFileDialog(self._desk, f"Save the {kind.words}", folder, kind.kinds)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(kind.suffix)
        dialog.selectFile(str(Path(folder) / name))
        dialog.fileSelected.connect(lambda path: self._keep(dock, kind, Path(path)))
        dialog.setModal(False)
        dialog.show()

    def _keep(self, dock: PanelDock | None, kind: FileKind, path: Path) -> None:
        from PySide6.QtWidgets import QMessageBox

        from liveroom.ui.pictures.files import write

        try:
            write(path, kind.make())
        except KnownError as error:
            box = QMessageBox(QMessageBox.Icon.Warning, "liveroom", str(error), parent=self._desk)
            box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            box.setModal(False)
            box.show()
            return
        self._settings.setValue(_FOLDER, str(path.parent))
        self._say(dock, f"Saved as {path.name}")

    def _say(self, dock: PanelDock | None, words: str) -> None:
        widget: QWidget = self._desk if dock is None else dock
        QToolTip.showText(widget.mapToGlobal(QPoint(12, 28)), words, widget)
