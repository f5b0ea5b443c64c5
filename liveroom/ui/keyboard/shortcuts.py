"""Listens to the keys that commands have now: on the whole desk, or while their panel has the focus."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QWidget

from liveroom.ui.keyboard.commands import DeskCommand
from liveroom.ui.keyboard.keys import sequences
from liveroom.ui.keyboard.registry import Registry


class Shortcuts(QObject):
    """Keeps Qt's shortcuts in step with the registry."""

    def __init__(
        self,
        registry: Registry,
        window: QWidget,
        hosts: Mapping[str, QWidget],
        press: Callable[[str], None],
    ) -> None:
        """Take the widgets of panels by id, and what is told the id of a command when its key is pressed."""
        super().__init__(window)
        self._registry, self._window, self._hosts, self._press = registry, window, hosts, press
        self._made: dict[tuple[str, str], list[QShortcut]] = {}
        self._silent: set[str] = set()
        registry.changed.connect(self._renew)
        self._renew()

    def allow(self, command_id: str, allowed: bool) -> None:
        """Listen to a command's keys, or leave them to whatever has the focus."""
        if (command_id in self._silent) != allowed:
            return
        (self._silent.discard if allowed else self._silent.add)(command_id)
        for (made_id, _), shortcuts in self._made.items():
            if made_id == command_id:
                for shortcut in shortcuts:
                    shortcut.setEnabled(allowed)

    def _renew(self) -> None:
        wanted = {
            (command.command_id, key): command
            for command in self._registry.commands()
            for key in self._registry.keys(command.command_id)
        }
        for gone in self._made.keys() - wanted.keys():
            for shortcut in self._made.pop(gone):
                # Now, not with the next turn: another command may listen to the key already.
                shortcut.setEnabled(False)
                shortcut.deleteLater()
        for name in wanted.keys() - self._made.keys():
            self._made[name] = self._listen(wanted[name], name[1])

    def _listen(self, command: DeskCommand, key: str) -> list[QShortcut]:
        host = self._hosts.get(command.panel_id)
        made = []
        for sequence in sequences(key):
            shortcut = QShortcut(sequence, host or self._window)
            if host is not None:
                shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.setAutoRepeat(command.repeats)
            command_id = command.command_id
            shortcut.setEnabled(command_id not in self._silent)
            shortcut.activated.connect(lambda command_id=command_id: self._press(command_id))
            made.append(shortcut)
        return made
