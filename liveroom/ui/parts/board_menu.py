"""The menus of the product board: what can be done with it, and with one of its rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QWidget


class Deed(NamedTuple):
    """An entry: its words, its key, what it does, and whether it holds now."""

    words: str
    key: str
    act: Callable[[], None]
    holds: bool | None = None
    able: bool = True


def open_menu(
    parent: QWidget,
    place: QPoint,
    deeds: Iterable[Deed],
    categories: Sequence[str] = (),
    chosen: str = "",
    take: Callable[[str], None] | None = None,
) -> QMenu:
    """Show a menu at a place on the screen; with `categories`, one of which can be chosen."""
    menu = QMenu(parent)
    for deed in deeds:
        action = menu.addAction(f"{deed.words}\t{deed.key}" if deed.key else deed.words)
        action.setEnabled(deed.able)
        if deed.holds is not None:
            action.setCheckable(True)
            action.setChecked(deed.holds)
        action.triggered.connect(lambda _=False, act=deed.act: act())
    if take is not None and categories:
        inner = menu.addMenu("Category")
        for name in ("", *categories):
            action = inner.addAction(name or "Every category")
            action.setCheckable(True)
            action.setChecked(name == chosen)
            action.triggered.connect(lambda _=False, name=name: take(name))
    menu.aboutToHide.connect(menu.deleteLater)
    menu.popup(place)
    return menu
