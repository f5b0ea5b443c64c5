"""Which command has which key: its own at first, the producer's where one was chosen, and no key twice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from liveroom.ui.keyboard.caps import in_words
from liveroom.ui.keyboard.commands import DeskCommand, Fixed
from liveroom.ui.keyboard.keys import why_not_to_be_had

Keys = tuple[str, ...]


class Clash(NamedTuple):
    """Why a key is not simply to be had."""

    words: str
    command_id: str = ""
    """The command that has it and would lose it; blank where it cannot be taken at all."""


class Held(NamedTuple):
    """Who has a key, and where."""

    panel_id: str
    title: str
    command_id: str = ""


class _Taken:
    """The keys that are taken so far; two panels may have the same key, as one has the focus."""

    def __init__(self) -> None:
        self._held: dict[str, list[Held]] = {}

    def take(self, keys: Iterable[str], held: Held) -> None:
        """Note who has keys."""
        for key in keys:
            self._held.setdefault(key, []).append(held)

    def holder(self, key: str, panel_id: str, other_than: str = "") -> Held | None:
        """Return who would answer the key together with a command of this panel, or of the desk."""
        for held in self._held.get(key, ()):
            overlaps = not held.panel_id or not panel_id or held.panel_id == panel_id
            if overlaps and (held.command_id != other_than or not other_than):
                return held
        return None


def resolve(
    commands: Iterable[DeskCommand], fixed: Iterable[Fixed], saved: Mapping[str, Keys]
) -> tuple[dict[str, Keys], list[str]]:
    """Return the keys of every command, and in words what had to give way.

    Fixed keys come first, then what the producer chose, then the keys that commands have at first: a
    new version of the program takes no key away from who chose it.
    """
    taken, found, notes = _Taken(), dict[str, Keys](), list[str]()
    for one in fixed:
        taken.take(one.keys, Held(one.panel_id, one.title))
    every = tuple(commands)
    chosen = [(one, saved[one.command_id]) for one in every if one.command_id in saved]
    others = [(one, one.keys) for one in every if one.command_id not in saved]
    for command, keys in (*chosen, *others):
        kept = []
        for key in keys:
            holder = taken.holder(key, command.panel_id)
            if holder is None:
                kept.append(key)
            else:
                notes.append(
                    f"{in_words(key)} stays with {holder.title!r}: {command.title!r} has it no more"
                )
        taken.take(kept, Held(command.panel_id, command.title, command.command_id))
        found[command.command_id] = tuple(kept)
    return found, notes


def clash(
    command: DeskCommand,
    key: str,
    commands: Iterable[DeskCommand],
    fixed: Iterable[Fixed],
    keys: Mapping[str, Keys],
) -> Clash | None:
    """Return why a command cannot simply have a key: not to be had, fixed, or another command's."""
    # What the program itself gave a command is always to be had back.
    reason = "" if key in command.keys else why_not_to_be_had(key, not command.panel_id)
    if reason:
        return Clash(reason)
    taken = _Taken()
    for one in fixed:
        taken.take(one.keys, Held(one.panel_id, one.title))
    holder = taken.holder(key, command.panel_id)
    if holder is not None:
        return Clash(f"{in_words(key)} is fixed: {holder.title.lower()}")
    for each in commands:
        taken.take(keys.get(each.command_id, ()), Held(each.panel_id, each.title, each.command_id))
    holder = taken.holder(key, command.panel_id, command.command_id)
    if holder is None:
        return None
    return Clash(f"{in_words(key)} is taken: {holder.title}", holder.command_id)
