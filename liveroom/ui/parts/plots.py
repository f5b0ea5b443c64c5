"""The two plots of the chart, curves above and bars below, on one time axis; styled, and without a curve."""

from __future__ import annotations

from typing import Any, NamedTuple

from PySide6.QtCore import Qt

from liveroom.ui.parts.axes import TimeAxis, ValueAxis
from liveroom.ui.plotting import pg
from liveroom.ui.theme import Theme

LEFT, RIGHT = 48, 52
"""Pixels of the axes at both sides."""
TIMES_HEIGHT = 22


class Plots(NamedTuple):
    """The view, the upper plot, a view box over it for the right axis, the lower plot, the time axis."""

    view: Any
    main: Any
    right: Any
    bars: Any
    times: Any


def build_plots(theme: Theme) -> Plots:
    """Return the plots; the mouse and the keyboard are left to whoever shows them."""
    view = pg.GraphicsLayoutWidget()
    view.setBackground(theme["panel"])
    view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    view.ci.layout.setContentsMargins(0, 0, 0, 2)
    view.ci.layout.setSpacing(0)
    times = TimeAxis("bottom")
    main = _add_plot(view, theme, 0, {})
    bars = _add_plot(view, theme, 1, {"bottom": times})
    main.hideAxis("bottom")
    main.getAxis("left").setGrid(70)
    for plot in (main, bars):
        plot.getAxis("left").setPen(pg.mkPen(None))
        plot.getAxis("right").setPen(pg.mkPen(None))
        # Without a pen of its own a tick of length 0 is still painted, as a white dot.
        plot.getAxis("right").setTickPen(pg.mkPen(theme["panel"]))
        plot.getAxis("left").setTickPen(pg.mkPen(theme["line"]))
        plot.getAxis("left").setTicks([])
        plot.getAxis("right").setTicks([])
    times.setHeight(TIMES_HEIGHT)
    bars.setXLink(main)
    right = pg.ViewBox(enableMenu=False, defaultPadding=0)
    right.setMouseEnabled(False, False)
    right.setZValue(10)
    main.scene().addItem(right)
    main.getAxis("right").linkToView(right)
    right.setXLink(main)
    for box in (main.vb, bars.vb, right):
        box.disableAutoRange()
    return Plots(view, main, right, bars, times)


def _add_plot(view: Any, theme: Theme, row: int, axes: dict[str, Any]) -> Any:
    axes = {"left": ValueAxis("left"), "right": pg.AxisItem("right")} | axes
    plot = view.addPlot(row=row, col=0, axisItems=axes, enableMenu=False)
    plot.hideButtons()
    plot.setMouseEnabled(False, False)
    plot.vb.setDefaultPadding(0)
    for side in ("left", "right", "bottom"):
        axis = plot.getAxis(side)
        axis.setStyle(tickFont=theme.font(11), tickLength=0, tickTextOffset=6)
        axis.setPen(pg.mkPen(theme["line"]))
        axis.setTextPen(pg.mkPen(theme["text_3"]))
    plot.showAxis("right")
    plot.getAxis("left").setWidth(LEFT)
    plot.getAxis("right").setWidth(RIGHT)
    return plot
