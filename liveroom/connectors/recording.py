"""What every source has in common that is a file or a folder and gets replayed."""

from __future__ import annotations

from abc import abstractmethod
from pathlib import Path
from typing import ClassVar, Self

from liveroom.connectors.base import PlayedConnector
from liveroom.models.window import Window
from liveroom.session_file import SessionMeta


class Recording(PlayedConnector):
    """Facts that were recorded before, by liveroom or by any other program."""

    mode: ClassVar[str] = "recorded"
    path: Path
    timezone: str = "UTC"
    """In which instants of it are meant that name none."""
    window = Window()
    """What of it is replayed; to be set before it is started."""

    @classmethod
    @abstractmethod
    def reads(cls, source: Path) -> bool:
        """Return whether this is the kind of recording that a file or folder is."""

    @classmethod
    @abstractmethod
    def open(cls, source: Path, mapping: str | None) -> Self:
        """Open a recording; raise KnownError for one that cannot be read.

        `mapping` is the producer's word on how to read it: a shipped name or a TOML file.
        """

    @abstractmethod
    def session_meta(self) -> SessionMeta:
        """Return what the session is that it gets replayed into."""
