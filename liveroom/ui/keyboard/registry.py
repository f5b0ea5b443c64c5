"""The commands of the desk, all of them: menu, palette, cheat sheet and keys are made from this list."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSettings, Signal

from liveroom.ui.keyboard.bindings import Clash, Keys, clash, resolve
from liveroom.ui.keyboard.commands import DeskCommand, Fixed
from liveroom.ui.keyboard.keys import parse_key

if TYPE_CHECKING:
    from liveroom.models.snapshot import Snapshot

log = logging.getLogger(__name__)

_SAVED, _OR = "desk/keys", " or "
_RECENT, _MOST_RECENT = "desk/palette/recent", 8


class Registry(QObject):
    """Commands in the order in which they are listed, with the keys that they have now."""

    changed = Signal()
    """A command was added, or a key is another one."""

    def __init__(self, settings: QSettings, parent: QObject | None = None) -> None:
        """Read the keys that the producer chose; what is no key is left out and said in the log."""
        super().__init__(parent)
        self._settings = settings
        self._commands: dict[str, DeskCommand] = {}
        self._fixed: list[Fixed] = []
        self._keys: dict[str, Keys] = {}
        self._noted: set[str] = set()
        self._saved = self._read()
        self.groups: tuple[str, ...] = ()
        """The groups in the order in which they are listed."""
        self.snapshot: Callable[[], Snapshot | None] = lambda: None
        """Returns what the desk shows, by which it is told what cannot be done now."""

    def add(self, commands: Iterable[DeskCommand], fixed: Iterable[Fixed] = ()) -> None:
        """Take commands in; one of a known id replaces the one before, in its place."""
        for command in commands:
            self._commands[command.command_id] = command
        self._fixed += [one for one in fixed if one not in self._fixed]
        self._resolve()

    def remove(self, command_ids: Iterable[str]) -> None:
        """Take commands out, such as one for a layout that is gone."""
        for command_id in command_ids:
            self._commands.pop(command_id, None)
        self._resolve()

    def commands(self) -> tuple[DeskCommand, ...]:
        """Return every command, group by group."""
        return tuple(sorted(self._commands.values(), key=lambda one: self._place(one.group)))

    def fixed(self) -> tuple[Fixed, ...]:
        """Return every key that cannot be changed."""
        return tuple(self._fixed)

    def get(self, command_id: str) -> DeskCommand | None:
        """Return a command, None where there is none of this id."""
        return self._commands.get(command_id)

    def keys(self, command_id: str) -> Keys:
        """Return the keys that a command has now."""
        return self._keys.get(command_id, ())

    def key(self, command_id: str) -> str:
        """Return the first key of a command, blank for none."""
        return next(iter(self.keys(command_id)), "")

    def is_own(self, command_id: str) -> bool:
        """Return whether the producer chose the keys of a command."""
        return command_id in self._saved

    def why_not(self, command: DeskCommand) -> str:
        """Return why a command cannot be used now, blank when it can."""
        return command.why_not(self.snapshot())

    def run(self, command_id: str) -> bool:
        """Do what a command does, if it can be done now; return whether it was."""
        command = self._commands.get(command_id)
        if command is None or self.why_not(command):
            return False
        command.does()
        return True

    def clash(self, command_id: str, key: str) -> Clash | None:
        """Return why a command cannot simply have a key."""
        command = self._commands[command_id]
        return clash(command, key, self._commands.values(), self._fixed, self._keys)

    def set_keys(self, command_id: str, keys: Keys) -> None:
        """Give a command keys; another command that has one of them loses it."""
        for key in keys:
            found = self.clash(command_id, key)
            if found is not None and found.command_id:
                rest = tuple(one for one in self.keys(found.command_id) if one != key)
                self._save(found.command_id, rest)
            elif found is not None:
                raise ValueError(found.words)
        self._save(command_id, keys)
        self._resolve()

    def reset(self, command_id: str) -> None:
        """Give a command the keys that it has at first; who took them over gives them back."""
        command = self._commands[command_id]
        self._forget(command_id)
        for key in command.keys:
            found = self.clash(command_id, key)
            if found is not None and found.command_id:
                rest = tuple(one for one in self.keys(found.command_id) if one != key)
                self._save(found.command_id, rest)
        self._resolve()

    def reset_all(self) -> None:
        """Give every command the keys that it has at first."""
        self._saved.clear()
        self._settings.remove(_SAVED)
        self._resolve()

    def recent(self) -> list[str]:
        """Return the ids of the commands last used by name, newest first."""
        return [one for one in str(self._settings.value(_RECENT, "")).split() if one]

    def used(self, command_id: str) -> None:
        """Remember that a command was used by name."""
        others = [one for one in self.recent() if one != command_id]
        self._settings.setValue(_RECENT, " ".join([command_id, *others][:_MOST_RECENT]))

    def _place(self, group: str) -> int:
        return self.groups.index(group) if group in self.groups else len(self.groups)

    def _resolve(self) -> None:
        self._keys, notes = resolve(self._commands.values(), self._fixed, self._saved)
        for note in notes:
            if note not in self._noted:
                self._noted.add(note)
                log.info("%s", note)
        self.changed.emit()

    def _read(self) -> dict[str, Keys]:
        self._settings.beginGroup(_SAVED)
        found: dict[str, Keys] = {}
        for command_id in self._settings.childKeys():
            value = self._settings.value(command_id)
            keys = _parse(value)
            if keys is None:
                log.warning("the saved key %r of %s is no key and is ignored", value, command_id)
            else:
                found[command_id] = keys
        self._settings.endGroup()
        return found

    def _save(self, command_id: str, keys: Keys) -> None:
        command = self._commands.get(command_id)
        if command is not None and keys == command.keys:
            self._forget(command_id)
            return
        self._saved[command_id] = keys
        self._settings.setValue(f"{_SAVED}/{command_id}", _OR.join(keys))

    def _forget(self, command_id: str) -> None:
        self._saved.pop(command_id, None)
        self._settings.remove(f"{_SAVED}/{command_id}")


def _parse(value: object) -> Keys | None:
    """Return saved keys, None where they are not what this program writes."""
    if not isinstance(value, str):
        return None
    if not value:
        return ()
    keys = tuple(parse_key(text) for text in value.split(_OR))
    return keys if all(keys) else None
