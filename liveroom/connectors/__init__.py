"""Sources of events, one file each; no Qt.

A new source is one file here and one line below.
"""

from __future__ import annotations

from liveroom.connectors.base import Connector
from liveroom.connectors.recorded_session import RecordedSession
from liveroom.connectors.simulator import SimulatorConnector
from liveroom.connectors.table import TableConnector

CONNECTORS: tuple[type[Connector], ...] = (
    SimulatorConnector,
    RecordedSession,
    # Asked last: any file may be a table, with the right mapping.
    TableConnector,
)
