"""Reads what people write in the chat of a rehearsal, language by language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from liveroom.errors import KnownError
from liveroom.models.simulation.chat.chat_lines import parse_phrases
from liveroom.models.simulation.chat.phrases import Phrases
from liveroom.paths import resource


def read_phrases(languages: Sequence[tuple[str, float]]) -> Mapping[str, Phrases]:
    """Return the lines of some languages, given with their shares, by language."""
    shipped, found = shipped_languages(), {}
    for language, _ in languages:
        if language not in shipped:
            names = ", ".join(shipped)
            raise KnownError(f"there is no chat in the language {language!r}; shipped: {names}")
        path = shipped[language]
        found[language] = parse_phrases(path.read_text(encoding="utf-8"), path.name)
    return found


def shipped_languages() -> Mapping[str, Path]:
    """Return the files of all languages by their code."""
    return {path.stem: path for path in sorted(resource("chat").glob("*.toml"))}
