"""What an eye would find on a picture of the desk: cut or faint texts, and what lies over each other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QDockWidget,
    QHeaderView,
    QWidget,
)

from liveroom.ui.theme import contrast
from tests.ui.drawn import Text, seen, texts_of, tip_at

CUT = "…"
_CUT_NUMBER = re.compile(r"\S{0,3}\s?[−+-]?\d[\d.,]*…")
_SLACK = 2.0
"""So many pixels of a letter may lie on the edge: where its ink ends is known to a pixel only."""
_OVERLAP = 2.0
_LEAST, _LEAST_LARGE = 4.5, 3.0
_LARGE_PX, _LARGE_BOLD_PX = 24, 18.66
_GROUND_SHARE = 0.2
"""A colour that so much of the place behind a text has is its ground."""
_OVERLAYS = ("held", "overlay", "notice", "banner")
"""Widgets, by name, that are meant to lie over others."""
_NO_POINTER = ("PresenterBoard",)
"""Widgets that are looked at from four metres: a long name ends in dots there."""


def wrong_texts(window: QWidget) -> Iterator[str]:
    """Find texts that are cut, that lie over each other, or that end in dots which nothing explains."""
    for widget in seen(window):
        texts = texts_of(widget)
        yield from _cut_texts(widget, texts)
        yield from _overlapping_texts(widget, texts)


def _cut_texts(widget: QWidget, texts: Sequence[Text]) -> Iterator[str]:
    """Find texts that run out of their widget, or out of what can be seen of it."""
    if texts:
        room, scrolls = _room_of(widget)
        for text in texts:
            if scrolls and not room.intersects(text.rect):
                continue
            left, right = room.left() - text.rect.left(), text.rect.right() - room.right()
            above, below = room.top() - text.rect.top(), text.rect.bottom() - room.bottom()
            if max(left, right) > _SLACK or (max(above, below) > _SLACK and not scrolls):
                yield f"{_name(widget)}: {text.words!r} is cut, {text.rect} in {room}"
            elif _CUT_NUMBER.match(text.words):
                yield f"{_name(widget)}: a number is cut, {text.words!r}"
            elif CUT in text.words and not _is_told(widget, text):
                yield f"{_name(widget)}: nothing tells the whole of {text.words!r}"


def _overlapping_texts(widget: QWidget, texts: Sequence[Text]) -> Iterator[str]:
    for one, other in combinations(texts, 2):
        across = min(one.rect.right(), other.rect.right()) - max(one.rect.left(), other.rect.left())
        if across <= _OVERLAP:
            continue
        down = min(one.rect.bottom(), other.rect.bottom()) - max(one.rect.top(), other.rect.top())
        if down > _OVERLAP:
            yield f"{_name(widget)}: {one.words!r} over {other.words!r}"


def overlapping_widgets(window: QWidget) -> Iterator[str]:
    """Find widgets beside each other that share pixels, though none of them is an overlay."""
    for parent in seen(window):
        if isinstance(parent, QAbstractScrollArea | QHeaderView):
            continue
        children = [
            child
            for child in parent.findChildren(
                QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly
            )
            if child.isVisible() and not child.isWindow() and child.objectName() not in _OVERLAYS
        ]
        for one, other in combinations(children, 2):
            both = one.geometry() & other.geometry() & parent.rect()
            if not both.isEmpty():
                yield f"{_name(one)} over {_name(other)}: {both}"


def faint_texts(window: QWidget) -> Iterator[str]:
    """Find texts whose colour is too near to what is painted behind them (WCAG 2.2 AA)."""
    image = window.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    pixels = np.asarray(image.constBits()).reshape(image.height(), -1, 4)[:, :, :3]
    for widget in seen(window):
        for text in texts_of(widget):
            place = text.rect.toAlignedRect().adjusted(-1, -1, 1, 1)
            place = place.translated(widget.mapTo(window, QPointF(0, 0)).toPoint())
            if not _is_on_top(window, widget, place):
                continue
            large = text.px >= _LARGE_PX or (text.bold and text.px >= _LARGE_BOLD_PX)
            least = _LEAST_LARGE if large else _LEAST
            for ground in _grounds(pixels, place, text.colour):
                ratio = contrast(_over(text.colour, ground), ground)
                if ratio < least - 0.01:
                    inks = f"{text.colour.name()} on {ground.name()}"
                    yield f"{_name(widget)}: {text.words!r} {inks} is {ratio:.2f}"
                    break


def _room_of(widget: QWidget) -> tuple[QRectF, bool]:
    """Return where a widget may write, and whether what is outside can be scrolled to."""
    area = widget.parentWidget()
    while area is not None and not area.isWindow():
        if isinstance(area, QAbstractScrollArea) and not isinstance(area, QHeaderView):
            return QRectF(widget.rect()), True
        area = area.parentWidget()
    return QRectF(widget.visibleRegion().boundingRect()), False


def _is_told(widget: QWidget, text: Text) -> bool:
    """Return whether pointing at a cut text shows all of it."""
    if type(widget).__name__ in _NO_POINTER:
        return True
    parts = [re.escape(part.strip()) for part in text.words.split(CUT)]
    tip = re.sub(r"<[^>]*>", " ", tip_at(widget, text.rect.center()))
    return bool(re.search(".*".join(parts), tip, re.DOTALL)) and CUT not in tip


def _is_on_top(window: QWidget, widget: QWidget, place: QRect) -> bool:
    """Return whether nothing lies over the whole of a place of a widget."""
    points = (place.topLeft(), place.center(), place.bottomRight())
    if not all(window.rect().contains(point) for point in points):
        return False
    tops = [window.childAt(point) or window for point in points]
    return all(
        top is widget or widget.isAncestorOf(top) or top.isAncestorOf(widget) for top in tops
    )


def _grounds(pixels: NDArray[Any], place: QRect, ink: QColor) -> list[QColor]:
    """Return the colours behind a text: those of much of the place, the ink's own left out."""
    part = pixels[place.top() : place.bottom() + 1, place.left() : place.right() + 1]
    packed = part.astype(np.uint32) @ np.array([1, 256, 65536], np.uint32)
    values, counts = np.unique(packed, return_counts=True)
    order = np.argsort(-counts)
    enough = counts.sum() * _GROUND_SHARE
    found = [
        QColor(QColor.fromRgb(int(values[n])))
        for n in order
        if counts[n] >= enough or n == order[0]
    ]
    others = [colour for colour in found if colour.rgb() != ink.rgb()]
    return others or found


def _over(ink: QColor, ground: QColor) -> QColor:
    part = ink.alphaF()
    mixed = (
        round(one * part + other * (1 - part))
        for one, other in zip(ink.getRgb()[:3], ground.getRgb()[:3], strict=True)  # type: ignore[index]
    )
    return QColor(*mixed)


def _name(widget: QWidget) -> str:
    """Return which widget it is: its kind, the names and the panel around it."""
    owner: QWidget | None = widget
    words = [type(widget).__name__]
    while owner is not None and not isinstance(owner, QDockWidget):
        owner = owner.parentWidget()
        if owner is not None and type(owner).__module__.startswith(("liveroom", "tests")):
            words.append(type(owner).__name__)
    panel = "" if owner is None else f"{owner.objectName()}: "
    return panel + " in ".join(words[:3])
