"""The line on which every key of a TOML text stands; the standard library's reader does not say."""

from __future__ import annotations

import re
from collections.abc import Mapping

_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_PLAIN = re.compile(r"[^\n\s,\]}#]+(?: [^\n\s,\]}#]+)?")
_KEY = re.compile(r'[ \t]*(?:"((?:[^"\\\n]|\\.)*)"|\'([^\'\n]*)\'|([A-Za-z0-9_-]+))[ \t]*')
_STRING = re.compile(
    r'"""(?:[^\\]|\\.)*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'', re.DOTALL
)


def lines_of(text: str) -> Mapping[str, int]:
    """Return the line (from 1) of every key, as `audience.scale` or `rules[0].when[1].below`.

    The text must be TOML that `tomllib` reads; of anything else the lines may be wrong.
    """
    return _Scanner(text).scan()


class _Scanner:
    """Walks through a TOML text once."""

    def __init__(self, text: str) -> None:
        self._text = text.replace("\r\n", "\n")
        self._at = 0
        self._lines: dict[str, int] = {}
        self._rows: dict[str, int] = {}
        """The last index of each list of tables."""

    def scan(self) -> dict[str, int]:
        prefix = ""
        while self._skip():
            if self._text[self._at] == "[":
                prefix = self._header()
            elif not self._pair(prefix):
                break
        return self._lines

    def _skip(self) -> bool:
        """Go over blanks and comments; return whether anything is left."""
        found = _BLANK.match(self._text, self._at)
        self._at = found.end() if found else self._at
        return self._at < len(self._text)

    def _note(self, path: str) -> None:
        self._lines.setdefault(path, self._text.count("\n", 0, self._at) + 1)

    def _header(self) -> str:
        is_row = self._text.startswith("[[", self._at)
        self._at += 2 if is_row else 1
        path, keys = "", self._keys()
        line = self._text.count("\n", 0, self._at) + 1
        for place, key in enumerate(keys, start=1):
            path = f"{path}.{key}" if path else key
            self._lines.setdefault(path, line)
            if place == len(keys) and is_row:
                self._rows[path] = self._rows.get(path, -1) + 1
            if path in self._rows:
                path = f"{path}[{self._rows[path]}]"
                self._lines.setdefault(path, line)
        self._at += 2 if is_row else 1
        return path

    def _keys(self) -> list[str]:
        keys: list[str] = []
        while found := _KEY.match(self._text, self._at):
            self._at = found.end()
            keys.append(next(group for group in found.groups() if group is not None))
            if not self._text.startswith(".", self._at):
                break
            self._at += 1
        return keys

    def _pair(self, prefix: str) -> bool:
        """Read `key = value` and return whether there was one."""
        start = self._at
        path, keys = prefix, self._keys()
        if not keys or not self._text.startswith("=", self._at):
            return False
        after, self._at = self._at + 1, start
        for key in keys:
            path = f"{path}.{key}" if path else key
            self._note(path)
        self._at = after
        self._value(path)
        return True

    def _value(self, path: str) -> None:
        if not self._skip():
            return
        first = self._text[self._at]
        if first == "[":
            self._list(path)
        elif first == "{":
            self._table(path)
        else:
            pattern = _STRING if first in "\"'" else _PLAIN
            found = pattern.match(self._text, self._at)
            self._at = found.end() if found else self._at + 1

    def _list(self, path: str) -> None:
        self._at += 1
        place = 0
        while self._skip() and self._text[self._at] != "]":
            if self._text[self._at] == ",":
                self._at += 1
                continue
            self._note(f"{path}[{place}]")
            self._value(f"{path}[{place}]")
            place += 1
        self._at += 1

    def _table(self, path: str) -> None:
        self._at += 1
        while self._skip() and self._text[self._at] != "}":
            if self._text[self._at] == ",":
                self._at += 1
            elif not self._pair(path):
                return
        self._at += 1
