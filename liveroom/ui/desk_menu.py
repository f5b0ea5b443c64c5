"""The menu, made from the commands each time it opens: what cannot be done now is grey and says why."""

from __future__ import annotations

from functools import partial

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from liveroom.ui.keyboard.caps import in_words
from liveroom.ui.keyboard.commands import DESK, DeskCommand
from liveroom.ui.keyboard.registry import Registry

_FIRST = ("desk.back", "desk.end")
_LAST = ("desk.palette", "desk.keys", "desk.full_screen", "desk.quit")


def build_menu(registry: Registry, parent: QWidget) -> QMenu:
    """Return a menu of every command, a group in a menu of its own."""
    menu = QMenu(parent)
    commands = registry.commands()
    first = [one for one in commands if one.command_id in _FIRST]
    for one in first:
        _add(menu, registry, one)
    if first:
        menu.addSeparator()
    for group in dict.fromkeys(one.group for one in commands if one.group != DESK):
        inner = menu.addMenu(group)
        for one in commands:
            if one.group == group:
                _add(inner, registry, one)
    menu.addSeparator()
    rest = [one for one in commands if one.group == DESK and one not in first]
    for one in sorted(rest, key=lambda one: (one.command_id in _LAST, _place(one))):
        # It is open already.
        if one.command_id != "desk.menu":
            _add(menu, registry, one)
    return menu


def _place(command: DeskCommand) -> int:
    return _LAST.index(command.command_id) if command.command_id in _LAST else 0


def _add(menu: QMenu, registry: Registry, command: DeskCommand) -> None:
    reason = registry.why_not(command)
    title = f"{command.title} ({reason})" if reason else command.title
    key = in_words(registry.key(command.command_id))
    # As text and not as a shortcut of the action: the key would be heard twice.
    action = QAction(
        f"{title.replace('&', '&&')}\t{key}" if key else title.replace("&", "&&"), menu
    )
    action.setEnabled(not reason)
    if command.is_on is not None:
        action.setCheckable(True)
        action.setChecked(command.is_on())
    action.triggered.connect(partial(_run, registry, command.command_id))
    menu.addAction(action)


def _run(registry: Registry, command_id: str, checked: bool = False) -> None:
    registry.run(command_id)
