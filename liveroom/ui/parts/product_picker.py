"""Which products: those on air unless others are chosen, from a list that narrows as one types."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from liveroom.models.chat.tokens import folded
from liveroom.ui import format as fmt
from liveroom.ui import glyphs
from liveroom.ui.parts.field import ground_of
from liveroom.ui.parts.lever_button import LeverButton, paint_box
from liveroom.ui.parts.runs import Run, paint_runs
from liveroom.ui.theme import Theme

if TYPE_CHECKING:
    from liveroom.models.snapshot import ProductRow

ON_AIR, EVERY = "\0on air", "\0every"
_SKU = Qt.ItemDataRole.UserRole
_MOVES = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_ROW, _MOST_ROWS, _LEAST_WIDTH = 26, 9, 280


class ProductPicker(LeverButton):
    """Shows what is chosen; pressed, it lists the products."""

    changed = Signal()

    def __init__(self, theme: Theme, name: str, many: bool = False, follows: bool = True) -> None:
        """`many` allows several products, or every one; `follows` starts with what is on air."""
        super().__init__(theme, "")
        self._name, self._many, self._follows = name, many, follows
        self._chosen: tuple[str, ...] = (ON_AIR,) if follows else ()
        self._rows: Mapping[str, ProductRow] = {}
        self._on_air: tuple[str, ...] = ()
        self._popup: ProductList | None = None
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self.open_list)

    def show_products(self, rows: Mapping[str, ProductRow], on_air: Sequence[str]) -> None:
        """Take what can be chosen, and what is on air."""
        self._rows, self._on_air = rows, tuple(sku for sku in on_air if sku in rows)
        self._tell()

    def skus(self) -> tuple[str, ...] | None:
        """Return the products that are meant now: none of them is every one, None is nothing yet."""
        if self._chosen == (EVERY,):
            return ()
        if self._chosen == (ON_AIR,):
            found = self._on_air if self._many else self._on_air[:1]
            return found or None
        return self._chosen or None

    def sku(self) -> str:
        """Return the one product that is meant, blank for none."""
        return next(iter(self.skus() or ()), "")

    def follows_on_air(self) -> bool:
        """Return whether the choice moves with the cue."""
        return self._chosen == (ON_AIR,)

    def choose(self, *skus: str) -> None:
        """Choose products by sku, `ON_AIR` or `EVERY`; nothing goes back to the start."""
        self._chosen = skus or ((ON_AIR,) if self._follows else ())
        self._tell()
        self.changed.emit()

    def flip(self, sku: str) -> None:
        """Add a product or take it away; without `many` it replaces the one before."""
        if sku in (ON_AIR, EVERY) or not self._many:
            self.choose(sku)
            return
        chosen = [one for one in self._chosen if one not in (ON_AIR, EVERY)]
        if self._chosen == (ON_AIR,):
            chosen = list(self._on_air)
        chosen = [one for one in chosen if one != sku] if sku in chosen else [*chosen, sku]
        self.choose(*chosen)

    def is_chosen(self, sku: str) -> bool:
        """Return whether an entry of the list is ticked."""
        return sku in self._chosen or (self._chosen == (ON_AIR,) and sku in (self.skus() or ()))

    def open_list(self) -> None:
        """List what can be chosen, below the button."""
        entries = [(sku, row.name or sku) for sku, row in self._rows.items()]
        heads = []
        if self._follows:
            heads.append(
                (ON_AIR, f"On air: {self._words_of(self._on_air) or 'nothing to sell now'}")
            )
        if self._many:
            heads.append((EVERY, "Every product"))
        self._popup = ProductList(self._theme, self, [*heads, *entries], self._many)
        self._popup.open_below(self)

    @property
    def popup(self) -> ProductList | None:
        """Return the open list."""
        return self._popup if self._popup is not None and self._popup.isVisible() else None

    def sizeHint(self) -> QSize:
        return QSize(120, self.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(80, self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, able = self._theme, self.isEnabled()
        edge, ground = ("control", ground_of(theme)) if able else ("line_2", "header")
        box = QRectF(self.rect())
        paint_box(painter, theme, box, theme[ground], theme[edge], self.hasFocus())
        tone = "text" if able else "text_3"
        runs = [Run(self.words(), tone)]
        note = (Run("on air", "text_3", 11),) if self.follows_on_air() and self._on_air else ()
        room = box.adjusted(8, 0, -22, 0)
        if note:
            paint_runs(painter, theme, note, room, Qt.AlignmentFlag.AlignRight)
            room.adjust(0, 0, -theme.advance("on air", 11) - 8, 0)
        paint_runs(painter, theme, runs, room)
        mark = self.height() / 2 - 4
        glyphs.paint(painter, "sorted down", self.width() - 16, mark, 8, theme["text_3"])

    def _tell(self) -> None:
        skus = self.skus()
        if skus is None:
            words = "Choose…" if self._chosen != (ON_AIR,) else "Nothing to sell is on air"
        else:
            words = self._words_of(skus) or "Every product"
        self.say(words)
        self.setAccessibleName(f"{self._name}: {words}")

    def _words_of(self, skus: Sequence[str]) -> str:
        names = [(self._rows[sku].name or sku) if sku in self._rows else sku for sku in skus]
        return " + ".join(names) if len(names) <= 2 else fmt.plural(len(names), "product")


class ProductList(QFrame):
    """A filter and a list; Enter picks what is marked, Esc closes."""

    def __init__(
        self, theme: Theme, picker: ProductPicker, entries: Sequence[tuple[str, str]], many: bool
    ) -> None:
        """Take the products by sku and name; the picker's own entries come first."""
        super().__init__(picker, Qt.WindowType.Popup)
        self._picker, self._many, self._theme = picker, many, theme
        self.setObjectName("picker")
        self.filter = QLineEdit()
        self.filter.setFont(theme.font())
        self.filter.setPlaceholderText("Type to find a product")
        self.list = QListWidget()
        self.list.setFont(theme.font())
        self.list.setUniformItemSizes(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for sku, name in entries:
            item = QListWidgetItem(name)
            item.setData(_SKU, sku)
            item.setSizeHint(QSize(0, _ROW))
            self.list.addItem(item)
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 6, 6, 6)
        column.setSpacing(6)
        column.addWidget(self.filter)
        column.addWidget(self.list)
        self.filter.textChanged.connect(self._narrow)
        self.filter.installEventFilter(self)
        self.list.itemClicked.connect(self._pick)
        self._tick()
        marked = [row for row in range(len(entries)) if picker.is_chosen(entries[row][0])]
        self.list.setCurrentRow(marked[0] if marked else 0)

    def open_below(self, widget: QWidget) -> None:
        """Show the list below a widget, or above where the screen ends."""
        self.setFixedWidth(max(widget.width(), _LEAST_WIDTH))
        self.list.setFixedHeight(_ROW * min(_MOST_ROWS, self.list.count()) + 4)
        self.adjustSize()
        place = widget.mapToGlobal(QPoint(0, widget.height() + 2))
        bounds = widget.screen().availableGeometry()
        if place.y() + self.height() > bounds.bottom():
            place.setY(widget.mapToGlobal(QPoint(0, 0)).y() - self.height() - 2)
        place.setX(max(bounds.left(), min(place.x(), bounds.right() - self.width())))
        self.move(place)
        self.show()
        self.filter.setFocus()

    def shown(self) -> list[str]:
        """Return the names that the filter leaves."""
        items = [self.list.item(row) for row in range(self.list.count())]
        return [item.text() for item in items if not item.isHidden()]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in _MOVES:
                self._move(-1 if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_PageUp) else 1)
                return True
            if event.key() in _ENTER:
                item = self.list.currentItem()
                if self.list.count() and not item.isHidden():
                    self._pick(item)
                return True
        return False

    def _move(self, step: int) -> None:
        row = self.list.currentRow() + step
        while 0 <= row < self.list.count():
            if not self.list.item(row).isHidden():
                self.list.setCurrentRow(row)
                return
            row += step

    def _narrow(self, text: str) -> None:
        wanted = folded(text).split()
        first = -1
        for row in range(self.list.count()):
            item = self.list.item(row)
            name = folded(f"{item.text()} {item.data(_SKU)}")
            item.setHidden(not all(word in name for word in wanted))
            first = row if first < 0 and not item.isHidden() else first
        if first >= 0:
            self.list.setCurrentRow(first)

    def _pick(self, item: QListWidgetItem) -> None:
        sku = str(item.data(_SKU))
        self._picker.flip(sku)
        if not self._many or sku in (ON_AIR, EVERY):
            self.close()
        else:
            self._tick()

    def _tick(self) -> None:
        done = glyphs.pixmap("done", 10, self._theme["focus"], self.devicePixelRatioF())
        blank = glyphs.pixmap("done", 10, self._theme["panel"], self.devicePixelRatioF())
        blank.fill(Qt.GlobalColor.transparent)
        for row in range(self.list.count()):
            item = self.list.item(row)
            item.setIcon(done if self._picker.is_chosen(str(item.data(_SKU))) else blank)
