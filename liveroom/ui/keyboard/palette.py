"""The command palette: everything that the desk can do, found by a few letters."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from liveroom.ui.keyboard.caps import cap
from liveroom.ui.keyboard.commands import Entry, OnShow
from liveroom.ui.keyboard.fuzzy import match
from liveroom.ui.keyboard.registry import Registry
from liveroom.ui.parts.field import ground_of
from liveroom.ui.parts.overlay import Overlay
from liveroom.ui.parts.pick_rows import PickRow, PickRows
from liveroom.ui.parts.runs import Run, RunLine
from liveroom.ui.theme import Theme

_TOP = 140
"""Below the show bar and the key figures, which stay in sight."""
_WIDTH, _MOST_ROWS, _MOST_FOUND = 620, 14, 60
_RECENT_BONUS = 30
_ENTRIES_FROM = 2
"""Letters from which on things on show are searched too: a single one finds too many."""
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_PALETTE = "desk.palette"


class Found(NamedTuple):
    """Something that the palette can do."""

    title: str
    group: str
    does: Callable[[], object]
    why_not: str
    key: str = ""
    command_id: str = ""
    places: frozenset[int] = frozenset()
    entry: Entry | None = None


class Palette(Overlay):
    """A field and what fits; Enter does it, and what cannot be done now is grey and says why."""

    def __init__(
        self,
        window: QWidget,
        theme: Theme,
        registry: Registry,
        entries: Callable[[], Sequence[OnShow]],
        held: str = "",
    ) -> None:
        """Take the commands, what tells what is on show, and the title of who has the keyboard."""
        super().__init__(window, theme)
        self._registry, self._entries, self._held = registry, entries, held
        self._on_show: tuple[OnShow, ...] | None = None
        self._narrowed: tuple[str, tuple[OnShow, ...]] = ("", ())
        self._found: list[Found] = []
        self.field = QLineEdit()
        self.field.setFont(theme.font(13))
        self.field.setFixedHeight(32)
        self.field.setProperty("paper", ground_of(theme) == "panel")
        self.field.setPlaceholderText(
            "What shall be done? A command, a panel, a segment, a product"
        )
        self.field.setAccessibleName("Command")
        self.list = PickRows(theme, _MOST_ROWS)
        self.foot = RunLine(theme, 20)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 4)
        column.setSpacing(6)
        column.addWidget(self.field)
        column.addWidget(self.list)
        column.addWidget(self.foot)
        self.field.textChanged.connect(self._search)
        self.field.installEventFilter(self)
        self.list.picked.connect(self._do)
        self._search("")

    def first_field(self) -> QWidget:
        return self.field

    def place_in(self, room: QRect) -> QRect:
        wide = min(_WIDTH, room.width() - 40)
        self.setFixedWidth(wide)
        tall = self.sizeHint().height()
        return QRect(room.left() + (room.width() - wide) // 2, room.top() + _TOP, wide, tall)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.field and event.type() == QEvent.Type.KeyPress:
            assert isinstance(event, QKeyEvent)
            return self._key(Qt.Key(event.key()), event)
        return super().eventFilter(watched, event)

    def shown(self) -> list[Found]:
        """Return what is listed, from top to bottom."""
        return list(self._found)

    def _key(self, key: Qt.Key, event: QKeyEvent) -> bool:
        if key in _ENTER:
            if not event.isAutoRepeat():
                self._do(self.list.current)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.list.step(-1 if key == Qt.Key.Key_Up else 1)
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.list.page(-1 if key == Qt.Key.Key_PageUp else 1)
        else:
            return False
        return True

    def _do(self, place: int) -> None:
        if not 0 <= place < len(self._found):
            return
        chosen = self._found[place]
        # Asked again: the show has gone on since it was listed.
        reason = self._why_not(chosen)
        if reason:
            self.foot.set_runs(
                Run(glyph="attention", tone="warn", px=10),
                Run(f"Not now: {reason}", "warn", 11, 600, gap=6),
            )
            return
        self.leave()
        if chosen.command_id:
            self._registry.used(chosen.command_id)
        chosen.does()

    def _why_not(self, found: Found) -> str:
        command = self._registry.get(found.command_id)
        if command is not None:
            return self._registry.why_not(command)
        snapshot = self._registry.snapshot()
        return found.why_not if found.entry is None else found.entry.why_not(snapshot)

    def _search(self, query: str) -> None:
        wanted = query.strip()
        self._found = self._all() if not wanted else self._fitting(wanted)
        self.list.set_rows([_row(one) for one in self._found])
        self._say(wanted)
        if self.isVisible():
            self._place()

    def _say(self, wanted: str) -> None:
        if not self._found:
            words = f"Nothing is called {wanted!r}"
        elif wanted:
            words = "↵ does it · ↑↓ choose · Esc back"
        else:
            words = "used last, then everything · ↵ does it · Esc back"
        self.foot.set_runs(Run(words, "text_3", 11))

    def _commands(self) -> list[Found]:
        return [
            Found(
                command.title,
                command.group,
                command.does,
                self._registry.why_not(command),
                cap(self._registry.key(command.command_id)),
                command.command_id,
            )
            for command in self._registry.commands()
            if command.command_id != _PALETTE
        ]

    def _all(self) -> list[Found]:
        """Return every command: used last first, then those of the panel that has the keyboard."""
        recent = self._registry.recent()
        places = {command_id: place for place, command_id in enumerate(recent)}
        last = len(places)
        return sorted(
            self._commands(),
            key=lambda one: places.get(one.command_id, last + (one.group != self._held)),
        )

    def _fitting(self, wanted: str) -> list[Found]:
        recent = self._registry.recent()
        scored: list[tuple[int, Found]] = []
        for one in self._commands():
            command = self._registry.get(one.command_id)
            words = f"{one.group} {command.words if command else ''}"
            score, places = _score(wanted, one.title, words)
            if score:
                score += _RECENT_BONUS * 100 if one.command_id in recent else 0
                scored.append((score, one._replace(places=places)))
        if len(wanted) >= _ENTRIES_FROM:
            scored += self._fitting_on_show(wanted)
        scored.sort(key=lambda pair: (bool(pair[1].why_not), -pair[0]))
        return [found for _, found in scored[:_MOST_FOUND]]

    def _fitting_on_show(self, wanted: str) -> list[tuple[int, Found]]:
        """Return what is on show and fits; longer words are looked for among what fitted before."""
        if self._on_show is None:
            # Not when it opens: there may be thousands of products.
            self._on_show = tuple(self._entries())
        before, candidates = self._narrowed
        last = wanted.split()[-1]
        if not before or not wanted.startswith(before) or len(last) <= _ENTRIES_FROM:
            candidates = self._on_show
        fitting: list[tuple[int, OnShow, frozenset[int]]] = []
        for one in candidates:
            score, places = _score(wanted, one.entry.title, f"{one.group} {one.entry.words}")
            if score:
                # Their panel knows the order better than the length of their names.
                fitting.append((score - score % 100, one, places))
        self._narrowed = wanted, tuple(one for _, one, _ in fitting)
        fitting.sort(key=lambda each: -each[0])
        best = fitting[:_MOST_FOUND]
        return [(score, self._describe(one, places)) for score, one, places in best]

    def _describe(self, one: OnShow, places: frozenset[int]) -> Found:
        reason = one.entry.why_not(self._registry.snapshot())
        does = partial(one.does, one.entry)
        return Found(one.entry.title, one.group, does, reason, places=places, entry=one.entry)


def _score(wanted: str, title: str, words: str) -> tuple[int, frozenset[int]]:
    """Return how well something fits and where; by its title, or with less weight by title and words."""
    found = match(wanted, title)
    if found is not None:
        return max(1, found.score), found.places
    wider = match(wanted, f"{title} {words}")
    if wider is None:
        return 0, frozenset()
    return max(1, wider.score // 2), frozenset(p for p in wider.places if p < len(title))


def _row(found: Found) -> PickRow:
    note = f"{found.group} · {found.why_not}" if found.why_not else found.group
    return PickRow(found.title, note, found.key, able=not found.why_not, found=found.places)
