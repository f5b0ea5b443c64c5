"""Reads a TOML text into a table; what is no TOML is named with its line, and what to mend."""

from __future__ import annotations

import re
import tomllib

from liveroom.errors import KnownError
from liveroom.models.toml.table import Table
from liveroom.models.toml.toml_lines import lines_of

_PLACE = re.compile(r"\s*\(at (?:line (\d+), column (\d+)|end of document)\)$")
_TUPLE = re.compile(r"\(('[^']*',? ?)+\)")
_LONGEST = 60
_HINTS = {
    "Invalid value": "texts stand in quotes, true and false in small letters, decimals have a point",
    "Cannot overwrite": "the same key is there already: keep one of the two",
    "Cannot declare": "the same table is there already: put its keys together, or use [[…]]",
    "Cannot mutate": "a table in braces is complete: add the key within them",
    "Illegal character": "a text ends on its line with the quotes that it began with",
    "Unterminated": "a text ends with the quotes that it began with",
    "Unclosed array": "a list ends with ] and has commas between its parts",
    "Unclosed inline": "a table ends with } and has commas between its keys",
    "Expected newline": "one key = value a line; decimals have a point, texts one pair of quotes",
    "Unescaped": r"write \\ for a backslash, or put the text in single quotes",
    "Invalid date": "there is no such day or time",
    "Expected '='": "every line is key = value, [table] or [[list]]",
    "Invalid statement": "every line is key = value, [table] or [[list]]",
    "Invalid initial": "a key consists of letters, digits, _ and -; put another one in quotes",
}
"""What to mend, by how the message of the standard library's reader begins."""


def read_table(text: str, file: str, fallback: Table | None = None) -> Table:
    """Return the outermost table of a text; raise KnownError where it is no TOML."""
    try:
        return Table(file, "", tomllib.loads(text), lines_of(text), fallback)
    except tomllib.TOMLDecodeError as error:
        raise KnownError(_complaint(text, file, str(error))) from None
    except RecursionError:
        raise KnownError(f"{file}: lists or tables lie too deep within one another") from None


def _dotted(found: re.Match[str]) -> str:
    """Return a key as it is written, instead of as the reader's tuple."""
    return ".".join(re.findall(r"'([^']*)'", found[0]))


def _complaint(text: str, file: str, message: str) -> str:
    found = _PLACE.search(message)
    lines = text.split("\n")
    line = int(found[1]) if found and found[1] else max(len(text.rstrip().split("\n")), 1)
    said = _TUPLE.sub(_dotted, message[: found.start()] if found else message)
    written = lines[line - 1].strip() if line <= len(lines) else ""
    written = written if len(written) <= _LONGEST else f"{written[:_LONGEST]}…"
    hint = next((hint for begin, hint in _HINTS.items() if said.startswith(begin)), "")
    parts = [f"{file}, line {line}: this is not TOML: {said}"]
    parts += [f"in `{written}`"] if written else []
    return " ".join(parts) + (f"; {hint}" if hint else "")
