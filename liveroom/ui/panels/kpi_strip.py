"""The key figures in one row: value, trend, target and age; which of them and in what order is chosen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QSettings, Qt
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QToolTip, QWidget

from liveroom.models.definitions import DEFINITIONS
from liveroom.ui import readings, target_readings
from liveroom.ui.freshness import Freshness, freshness
from liveroom.ui.kpi_choice import KpiChoice
from liveroom.ui.kpi_list import BY_KEY, KPIS, Kpi
from liveroom.ui.panel import Panel, Submit
from liveroom.ui.parts.kpi_tile import KpiTile
from liveroom.ui.theme import Theme
from liveroom.ui.tooltips import explain

if TYPE_CHECKING:
    from liveroom.models.snapshot import Snapshot
    from liveroom.ui.parts.kpi_editor import KpiEditor

__all__ = ["KPIS", "KpiStrip"]

_GAP = 4
_UNIT, _MORE = 206, 36
_LARGE_FROM = 1600
"""A strip so wide has the larger digits."""
_EDIT = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2)


class KpiStrip(Panel):
    """One tile per key figure; those without room are behind `+n`."""

    def __init__(self, submit: Submit, theme: Theme) -> None:
        """Build all tiles."""
        super().__init__(submit, theme)
        self._snapshot: Snapshot | None = None
        self._curves = readings.Curves()
        self._unknown: frozenset[str] = frozenset()
        self._with_target: frozenset[str] = frozenset()
        self.choice = KpiChoice([kpi.key for kpi in KPIS], [kpi.key for kpi in KPIS if kpi.usual])
        self._current, self._pressed, self._is_dragged = "", "", False
        self._key = ""
        self._pressed_at = QPoint()
        self._editor: KpiEditor | None = None
        self._tiles = {kpi.key: KpiTile(theme) for kpi in KPIS}
        for tile in self._tiles.values():
            tile.setParent(self)
            tile.installEventFilter(self)
        self._more = QLabel(self)
        self._more.setObjectName("more")
        self._more.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._more.setFont(theme.font(12, 500))
        self._more.installEventFilter(self)
        self._mark = QWidget(self)
        self._mark.setStyleSheet(f"background: {theme.hexes['focus']}")
        self._mark.hide()
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName("Key figures")

    def take_settings(self, settings: QSettings) -> None:
        """Take the order that the producer chose."""
        self.choice.recall(settings)
        self._arrange()

    def show_keys(self, keys: Mapping[str, str]) -> None:
        self._key = keys["call"]

    def called(self) -> None:
        """Open the list of all key figures with their targets."""
        self.edit(self._current)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._show_past(snapshot.is_past)
        self._curves.follow(snapshot)
        for kpi in KPIS:
            reading = target_readings.read(kpi, snapshot, self._curves)
            fresh = _fresh(kpi.key, snapshot)
            label = reading.label or DEFINITIONS[kpi.key].title
            reading = reading._replace(label=label, age=fresh.age)
            self._tiles[kpi.key].show_reading(
                reading.stale(fresh.owed) if fresh.troubled else reading
            )
        unknown = frozenset(k.key for k in KPIS if not self._tiles[k.key].reading.known)
        with_target = frozenset(k.key for k in KPIS if k.target in snapshot.targets)
        if (unknown, with_target) != (self._unknown, self._with_target):
            self._unknown, self._with_target = unknown, with_target
            self._arrange()
        if self._editor is not None and self._editor.isVisible():
            self._editor.show_snapshot(snapshot, self._readings())

    def _show_past(self, past: bool) -> None:
        for tile in self._tiles.values():
            tile.set_past(past)
        if bool(self._more.property("past")) is not past:
            self._more.setProperty("past", past)
            self._more.style().polish(self._more)

    def numbers(self) -> dict[str, str]:
        return {
            key + part: text
            for key, tile in self._tiles.items()
            for part, text in tile.texts().items()
        }

    def is_being_edited(self) -> bool:
        return self._editor is not None and self._editor.isVisible()

    def shown(self) -> list[str]:
        """Return the keys of the tiles that have room, from left to right."""
        return [key for key in self.choice.order if not self._tiles[key].isHidden()]

    def edit(self, key: str = "") -> None:
        """Open the list of all key figures at one of them."""
        if self._editor is None:
            from liveroom.ui.parts.kpi_editor import KpiEditor

            self._editor = KpiEditor(self.submit, self.theme, self.choice, self._chosen, self)
        if self._snapshot is not None:
            self._editor.show_snapshot(self._snapshot, self._readings())
        self._editor.open_at(key or next(iter(self.shown()), ""))

    def move_tile(self, key: str, step: int) -> None:
        """Put a tile one place to the left or to the right."""
        shown = self.shown()
        place = shown.index(key) + step if key in shown else -1
        if not 0 <= place < len(shown):
            return
        before = shown[place] if step < 0 else (shown[place + 1 :] or [self._after(shown[-1])])[0]
        self.choice.move(key, before, self._with_target)
        self._chosen()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._more and event.type() == QEvent.Type.MouseButtonRelease:
            self.edit(next(iter(self._without_room()), ""))
            return True
        if event.type() != QEvent.Type.ToolTip or not isinstance(event, QHelpEvent):
            return False
        QToolTip.showText(event.globalPos(), self._tip(watched), self)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        shown, key = self.shown(), event.key()
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(key), 0)
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if step and alt and self._current:
            self.move_tile(self._current, step)
        elif step and shown:
            place = shown.index(self._current) + step if self._current in shown else 0
            self._choose(shown[min(max(place, 0), len(shown) - 1)])
        elif key in _EDIT and not event.isAutoRepeat():
            self.edit(self._current)
        elif key == Qt.Key.Key_Delete and self._current in shown:
            self._take_off(self._current)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._choose(self._current or next(iter(self.shown()), ""))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._choose("")

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        key = self._current if by_key else self._key_at(event.pos())
        self.menu_of(key).popup(event.globalPos())

    def menu_of(self, key: str) -> QMenu:
        """Return what can be done with a tile, and with the strip."""
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        if key:
            if BY_KEY[key].target is not None:
                menu.addAction("Set target…\tEnter", lambda: self.edit(key))
            menu.addAction("Move left\tAlt+←", lambda: self.move_tile(key, -1))
            menu.addAction("Move right\tAlt+→", lambda: self.move_tile(key, 1))
            menu.addAction("Take off the strip\tDel", lambda: self._take_off(key))
            menu.addSeparator()
        menu.addAction(f"Key figures and targets…\t{self._key}", lambda: self.edit(key))
        usual = menu.addAction("Usual key figures", self._reset)
        usual.setEnabled(self.choice.is_own)
        return menu

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed_at = event.position().toPoint()
            self._pressed = self._key_at(self._pressed_at)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        far = (place - self._pressed_at).manhattanLength()
        if self._pressed and far >= QApplication.startDragDistance():
            self._is_dragged = True
            self._show_mark(place.x())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        key, dragged = self._pressed, self._is_dragged
        self._pressed, self._is_dragged = "", False
        self._mark.hide()
        if key and dragged:
            self.choice.move(key, self._before(event.position().toPoint().x()), self._with_target)
            self._chosen()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.edit(self._key_at(event.position().toPoint()))

    def _readings(self) -> dict[str, KpiTile]:
        return self._tiles

    def _reset(self) -> None:
        self.choice.reset()
        self._chosen()

    def _take_off(self, key: str) -> None:
        shown = self.shown()
        place = shown.index(key) if key in shown else 0
        self.choice.turn(key, False, self._with_target)
        self._chosen()
        left = self.shown()
        if self._current and left:
            self._choose(left[min(place, len(left) - 1)])

    def _chosen(self) -> None:
        """Show what was chosen."""
        self._arrange()
        if self._editor is not None and self._editor.isVisible() and self._snapshot is not None:
            self._editor.show_snapshot(self._snapshot, self._readings())

    def _choose(self, key: str) -> None:
        self._current = key
        for name, tile in self._tiles.items():
            tile.choose(bool(key) and name == key and self.hasFocus())

    def _key_at(self, place: QPoint) -> str:
        for key in self.shown():
            if self._tiles[key].geometry().contains(place):
                return key
        return ""

    def _before(self, x: int) -> str:
        """Return the tile before which something lies that is dropped at `x`; blank behind the last."""
        shown = self.shown()
        for key in shown:
            if x < self._tiles[key].geometry().center().x():
                return key
        return self._after(shown[-1]) if shown else ""

    def _after(self, key: str) -> str:
        """Return the figure that follows one in the order, hidden ones too; blank behind the last."""
        order = self.choice.order
        return (*order[order.index(key) + 1 :], "")[0]

    def _show_mark(self, x: int) -> None:
        before = self._before(x)
        tile = self._tiles[before] if before in self.shown() else self._tiles[self.shown()[-1]]
        edge = tile.x() - 3 if before in self.shown() else tile.geometry().right()
        self._mark.setGeometry(max(0, edge), 0, 3, self.height())
        self._mark.raise_()
        self._mark.show()

    def _without_room(self) -> list[str]:
        shown = set(self.shown())
        chosen = self.choice.shown(self._with_target)
        return [key for key in chosen if key not in shown and key not in self._unknown]

    def _tip(self, watched: QObject) -> str:
        for key, tile in self._tiles.items():
            if tile is watched:
                exact = tile.reading.exact or tile.reading.value
                return explain(key, self._snapshot, exact, self._more_words(key))
        tiles = [self._tiles[key] for key in self._without_room()]
        return "\n".join(f"{tile.reading.label}: {tile.reading.value}" for tile in tiles)

    def _more_words(self, key: str) -> list[str]:
        if self._snapshot is None:
            return []
        reading = self._tiles[key].reading
        lines = target_readings.plan_words(self._snapshot) if key == "revenue" else []
        if reading.target and not lines:
            lines.append(reading.target[0].upper() + reading.target[1:])
        if reading.caption:
            lines.append(reading.caption[0].upper() + reading.caption[1:])
        median = target_readings.median_words(BY_KEY[key], self._snapshot)
        return [*lines, *([median] if median else [])]

    def _arrange(self) -> None:
        """Give the tiles their places; the least wanted give way, unknown ones first."""
        chosen = [BY_KEY[key] for key in self.choice.shown(self._with_target)]
        places = {kpi.key: place for place, kpi in enumerate(chosen)}
        own = self.choice.is_own

        def need(kpi: Kpi) -> tuple[bool, int, int]:
            # What the producer put first stays, and so does what matters most.
            place = places[kpi.key]
            return kpi.key in self._unknown, min(kpi.keep, place) if own else kpi.keep, place

        by_need = sorted(chosen, key=need)
        shown = {kpi.key for kpi in chosen}
        wide = self.width() >= _LARGE_FROM
        units_of = {kpi.key: kpi.units if wide else 1.0 for kpi in chosen}
        for kpi in reversed(by_need):
            room = self.width() - (_MORE + _GAP if len(shown) < len(chosen) else 0)
            if sum(units_of[key] for key in shown) * (_UNIT + _GAP) <= room + _GAP:
                break
            shown.discard(kpi.key)
        hidden = sum(1 for k in chosen if k.key not in shown and k.key not in self._unknown)
        room = self.width() - (_MORE + _GAP if hidden else 0) + _GAP
        units = sum(units_of[key] for key in shown) or 1
        left = 0.0
        px = 26 if wide else 21
        for tile_key in self._tiles.keys() - shown:
            self._tiles[tile_key].hide()
        for kpi in chosen:
            if kpi.key not in shown:
                continue
            tile = self._tiles[kpi.key]
            tile.show()
            tile.set_value_px(px)
            width = room * units_of[kpi.key] / units
            tile.setGeometry(round(left), 0, round(left + width) - round(left) - _GAP, 90)
            left += width
        self._more.setVisible(hidden > 0)
        if hidden:
            self._more.setText(f"+{hidden}")
            self._more.setGeometry(self.width() - _MORE, 0, _MORE, self.height())


def _fresh(key: str, snapshot: Snapshot) -> Freshness:
    """Return how old a key figure is, and which source that counts for it is in trouble."""
    facts = DEFINITIONS[key].facts
    if not facts:
        return Freshness("now" if snapshot.run_of_show.segments else "")
    if any(fact not in snapshot.counting for fact in facts):
        return Freshness()
    fresh = freshness(snapshot, facts)
    return fresh._replace(age=fresh.age or "none yet")
