"""Sources of events, one file each; no Qt.

A new source is one file here and one line below. None is imported before somebody looks for one.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from liveroom.connectors.base import Connector


def later(name: str) -> Callable[[], type[Connector]]:
    """Return what imports `file:Class` of this package when it is called."""

    def load() -> type[Connector]:
        module, _, class_name = name.partition(":")
        found: type[Connector] = getattr(import_module(f"{__name__}.{module}"), class_name)
        return found

    return load


CONNECTORS: tuple[Callable[[], type[Connector]], ...] = (
    later("simulator:SimulatorConnector"),
    later("recorded_session:RecordedSession"),
    # Asked last: any file may be a table, with the right mapping.
    later("table:TableConnector"),
)
