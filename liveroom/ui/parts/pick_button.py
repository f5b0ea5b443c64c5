"""A button that offers a few choices in a menu and says which one holds."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QSize, Signal
from PySide6.QtWidgets import QMenu, QSizePolicy

from liveroom.ui.parts.lever_button import HEIGHT, LeverButton
from liveroom.ui.theme import Theme


class PickButton(LeverButton):
    """`picked` tells the key that was chosen; a blank key is the first choice, which limits nothing."""

    picked = Signal(str)

    def __init__(self, theme: Theme, anything: str) -> None:
        """Take the words of the choice that limits nothing."""
        super().__init__(theme, anything)
        self._anything = anything
        self._choices: tuple[tuple[str, str], ...] = ()
        self.key = ""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self._open)

    def offer(self, choices: Sequence[tuple[str, str]]) -> None:
        """Take the choices: key and words."""
        self._choices = tuple(choices)
        if self.key and self.key not in dict(self._choices):
            self.pick("")

    def pick(self, key: str) -> None:
        """Choose."""
        if key != self.key:
            self.key = key
            words = dict(self._choices).get(key, self._anything)
            self.say(words if key else self._anything)
            self.picked.emit(key)

    def sizeHint(self) -> QSize:
        return QSize(92, HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(64, HEIGHT)

    def _open(self) -> None:
        menu = QMenu(self)
        for key, words in (("", self._anything), *self._choices):
            action = menu.addAction(words)
            action.triggered.connect(lambda _=False, key=key: self.pick(key))
            if key == self.key:
                menu.setActiveAction(action)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.mapToGlobal(QPoint(0, self.height())))
