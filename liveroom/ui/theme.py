"""Colours by meaning, fonts and the style sheet, from the shipped tokens.

A theme is a value: panels are built with one and built anew when it changes. A rehearsal shows brown
where a live show is red, and a replay or a debrief shows violet; no word depends on the colour.
"""

from __future__ import annotations

import sys
from functools import lru_cache
from string import Template
from typing import Any

from PySide6.QtCore import QJsonDocument
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetricsF, QPalette
from PySide6.QtWidgets import QApplication, QToolTip

from liveroom.models.facts import Mode
from liveroom.paths import resource

THEMES = ("dark", "light", "high_contrast")
_OVERRIDES = {Mode.REHEARSAL: "rehearsal", Mode.REPLAY: "past", Mode.DEBRIEF: "past"}
_MOST_ADVANCES = 5_000
STYLE, _STYLE_KEY = "Fusion", "desk style"
_FONT_FILES = ("Inter-Regular.otf", "Inter-Medium.otf", "Inter-SemiBold.otf")


class Theme:
    """The colours of a theme in a mode, and the fonts that go with them."""

    def __init__(self, name: str = "dark", mode: Mode = Mode.LIVE) -> None:
        """Take one of `THEMES` and the mode whose overrides apply."""
        tokens = _tokens()
        if name not in tokens["themes"]:
            raise ValueError(f"there is no theme {name!r}; choose one of {', '.join(THEMES)}")
        self.name, self.mode = name, mode
        self.hexes: dict[str, str] = dict(tokens["themes"][name])
        if mode in _OVERRIDES:
            self.hexes.update(tokens["modes"][_OVERRIDES[mode]][name])
        self._colours = {token: QColor(text) for token, text in self.hexes.items()}
        self.family, self._px_offset = _family()
        self._fonts: dict[tuple[float, int, bool], QFont] = {}
        self._advances: dict[tuple[str, float, int], float] = {}
        self._metrics: dict[tuple[float, int, bool], QFontMetricsF] = {}

    def __getitem__(self, token: str) -> QColor:
        return self._colours[token]

    def font(self, px: float = 12, weight: int = 400, strike: bool = False) -> QFont:
        """Return a font by pixel size and weight, with digits of equal width."""
        key = (px, weight, strike)
        font = self._fonts.get(key)
        if font is None:
            font = QFont(self.family)
            font.setPixelSize(max(8, round(px + self._px_offset)))
            font.setWeight(QFont.Weight(weight))
            font.setStrikeOut(strike)
            font.setFeature(QFont.Tag("tnum"), 1)
            font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
            self._fonts[key] = font
        return font

    def metrics(self, px: float = 12, weight: int = 400, strike: bool = False) -> QFontMetricsF:
        """Return the measures of a font."""
        key = (px, weight, strike)
        metrics = self._metrics.get(key)
        if metrics is None:
            metrics = self._metrics[key] = QFontMetricsF(self.font(px, weight, strike))
        return metrics

    def advance(self, text: str, px: float = 12, weight: int = 400) -> float:
        """Return how wide a text is; the same texts come again at every tick, so they are kept."""
        key = (text, px, weight)
        width = self._advances.get(key)
        if width is None:
            if len(self._advances) >= _MOST_ADVANCES:
                self._advances.clear()
            width = self.metrics(px, weight).horizontalAdvance(text)
            self._advances[key] = width
        return width

    def style_sheet(self) -> str:
        """Return the Qt style sheet in this theme's colours."""
        return Template(_style_sheet()).substitute(self.hexes)

    def palette(self) -> QPalette:
        """Return the palette for what the style sheet does not reach."""
        palette = QPalette()
        for role, token in _PALETTE.items():
            palette.setColor(role, self[token])
        disabled = QPalette.ColorGroup.Disabled
        for role in (QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
            palette.setColor(disabled, role, self["text_3"])
        return palette

    def apply(self, application: QApplication) -> None:
        """Give the application the palette, the font and the plain style that the sheet expects."""
        if application.property(_STYLE_KEY) != STYLE:
            application.setStyle(STYLE)
            application.setProperty(_STYLE_KEY, STYLE)
        application.setPalette(self.palette())
        application.setFont(self.font())
        QToolTip.setPalette(self.palette())
        QToolTip.setFont(self.font())


def desk_application() -> QApplication:
    """Return the application, made in the plain style where there is none.

    Asking an application for its style, or giving it another, takes 15 ms: PySide then knows QStyle.
    """
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        application = QApplication([*sys.argv[:1], "-style", STYLE])
        application.setProperty(_STYLE_KEY, STYLE)
    return application


_PALETTE = {
    QPalette.ColorRole.Window: "window",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Base: "panel",
    QPalette.ColorRole.AlternateBase: "header",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.Button: "raised",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.ToolTipBase: "raised",
    QPalette.ColorRole.ToolTipText: "text",
    QPalette.ColorRole.PlaceholderText: "text_3",
    QPalette.ColorRole.Highlight: "sel",
    QPalette.ColorRole.HighlightedText: "text",
    QPalette.ColorRole.Link: "focus",
}


def contrast(one: QColor, other: QColor) -> float:
    """Return the contrast ratio of two opaque colours (WCAG 2.2)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: QColor) -> float:
    def linear(channel: float) -> float:
        return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(part) for part in colour.getRgbF()[:3])  # type: ignore[index]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@lru_cache(maxsize=1)
def _tokens() -> dict[str, Any]:
    # Qt is there already; the library's `json` would cost 1 % of the way to the first paint.
    text = resource("theme", "tokens.json").read_bytes()
    tokens: dict[str, Any] = QJsonDocument.fromJson(text).toVariant()
    return tokens


@lru_cache(maxsize=1)
def _style_sheet() -> str:
    return resource("theme", "desk.qss").read_text("utf-8")


def _family() -> tuple[str, int]:
    """Return the font family to use and what to add to its sizes; loads the shipped fonts once."""
    kinds = _tokens()["type"]
    wanted, fallback = kinds["family"]
    if not QFontDatabase.hasFamily(wanted):
        for name in _FONT_FILES:
            QFontDatabase.addApplicationFont(str(resource("fonts", name)))
    if QFontDatabase.hasFamily(wanted):
        return wanted, 0
    return fallback, kinds["fallback_px"]
