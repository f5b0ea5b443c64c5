"""The panels of the desk, in the order of the menu and of the keyboard.

A new panel is one file here and one line below.
"""

from __future__ import annotations

from liveroom.ui.panel import Panel
from liveroom.ui.panels.audience import AudiencePanel
from liveroom.ui.panels.channels import ChannelsPanel
from liveroom.ui.panels.connections import ConnectionsPanel
from liveroom.ui.panels.kpi_strip import KpiStrip
from liveroom.ui.panels.products import ProductsPanel
from liveroom.ui.panels.run_of_show import RunOfShowPanel

PANELS: tuple[type[Panel], ...] = (
    KpiStrip,
    RunOfShowPanel,
    AudiencePanel,
    ProductsPanel,
    ChannelsPanel,
    ConnectionsPanel,
)
