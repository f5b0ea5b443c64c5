"""What a panel can be kept as, what the file is called, and how it is written."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage

from liveroom.errors import KnownError

if TYPE_CHECKING:
    from liveroom.models.snapshot import Snapshot

_LONGEST_NAME = 80
PNG = "PNG picture (*.png)"


class FileKind(NamedTuple):
    """A way to keep what a panel shows: `words` for the menu, `make` returns the file's contents."""

    words: str
    suffix: str
    kinds: str
    """For the file dialog, such as `SVG drawing (*.svg)`."""
    make: Callable[[], bytes]


def suggested_name(snapshot: Snapshot | None, what: str, suffix: str) -> str:
    """Return a file name of the show's title, what is shown, and the time of the show."""
    title, when = "", ""
    if snapshot is not None:
        # Only now: it brings msgspec along, and the first paint needs no name.
        from liveroom.ui import format as fmt

        title = snapshot.title or snapshot.run_of_show.title
        when = fmt.stamp(snapshot.at, snapshot.timezone)
    plain = _plain(title)[:_LONGEST_NAME].strip("-") or "liveroom"
    words = (plain, _plain(what), when)
    return "-".join(word for word in words if word) + f".{suffix}"


def png_of(image: QImage) -> bytes:
    """Return a picture as a PNG file."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if not image.save(buffer, "PNG"):  # type: ignore[call-overload]
        raise KnownError("the picture cannot be made into a PNG file")
    buffer.close()
    return bytes(data.data())


def write(path: Path, body: bytes) -> Path:
    """Write a file, whole or not at all; raise KnownError naming it where that is not possible."""
    partial = ""
    try:
        handle, partial = tempfile.mkstemp(prefix=f".{path.name[:60]}.", dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(body)
        os.chmod(partial, 0o666 & ~_umask())
        os.replace(partial, path)
    except OSError as error:
        with suppress(OSError):
            if partial:
                os.unlink(partial)
        reason = error.strerror or str(error)
        raise KnownError(
            f"{path} cannot be written: {reason}; is there such a folder, and is it yours to write in?"
        ) from error
    return path


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _plain(text: str) -> str:
    """Return text as part of a file name on any system: letters, digits and dashes."""
    return re.sub(r"[\W_]+", "-", text).strip("-")
