"""Sources of events, one file each; no Qt.

A new source is one file here and one line below. None is imported before somebody looks for one.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from liveroom.later import later

if TYPE_CHECKING:
    from liveroom.connectors.base import Connector

_later = partial(later, __name__)

CONNECTORS: tuple[Callable[[], type[Connector]], ...] = (
    _later("simulator:SimulatorConnector"),
    _later("recorded_session:RecordedSession"),
    # Asked last: any file may be a table, with the right mapping.
    _later("table:TableConnector"),
)
