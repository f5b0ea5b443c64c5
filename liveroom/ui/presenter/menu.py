"""The display's entries in the desk's menu: open, screen, full screen, mirrored."""

from __future__ import annotations

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from liveroom.ui.presenter import choice as choices
from liveroom.ui.presenter.display import PresenterDisplay

KEY = "Ctrl+P"


def add_menu(menu: QMenu, desk: QWidget, display: PresenterDisplay) -> QMenu:
    """Add the display's menu; the key that opens and closes it works in all of the desk."""
    own = menu.addMenu("Presenter display")
    opened = QAction("Open", desk)
    opened.setShortcut(QKeySequence(KEY))
    opened.triggered.connect(lambda _=False: display.toggle())
    desk.addAction(opened)
    own.addAction(opened)
    full = own.addAction("Full screen")
    full.setCheckable(True)
    full.triggered.connect(display.set_full)
    mirrored = own.addAction("Mirrored, for a teleprompter")
    mirrored.setCheckable(True)
    mirrored.triggered.connect(display.set_mirrored)
    own.addSeparator()
    group = QActionGroup(own)

    def say() -> None:
        chosen = display.choice
        opened.setText("Close" if display.is_open else "Open")
        full.setChecked(chosen.full)
        mirrored.setChecked(chosen.mirrored)
        for action in group.actions():
            group.removeAction(action)
            own.removeAction(action)
            action.deleteLater()
        for screen in display.screens():
            name = choices.name_of(screen)
            action = group.addAction(choices.title_of(screen))
            action.setCheckable(True)
            action.setChecked(name == chosen.screen)
            action.triggered.connect(lambda _=False, name=name: display.choose_screen(name))
            own.addAction(action)

    own.aboutToShow.connect(say)
    display.changed.connect(lambda: opened.setText("Close" if display.is_open else "Open"))
    return own
