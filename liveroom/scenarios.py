"""Reads scenarios, the cases in them and policies: shipped ones by name, others from files."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from msgspec.structs import replace

from liveroom.errors import KnownError
from liveroom.models.rehearsal.case import Case, parse_case
from liveroom.models.rehearsal.policies.policy import Policy
from liveroom.models.rehearsal.policies.policy_file import parse_policy
from liveroom.models.simulation.scenarios.scenario import Scenario
from liveroom.models.simulation.scenarios.scenario_file import scenario_of, scenario_table
from liveroom.models.toml.table import Table
from liveroom.models.toml.words import meant
from liveroom.paths import resource
from liveroom.phrases import read_phrases, shipped_languages

_ALIKE = 0.85
"""How alike a time zone has to be to be offered: many begin alike."""
DEFAULTS = "defaults"
"""The shipped file of parameters that a scenario need not state; no scenario itself."""


def read_scenario(name: str) -> Scenario:
    """Return a shipped scenario by name, or one from a file whose path ends in .toml."""
    path = _path(name, "scenario")
    defaults = _text(resource("scenarios", f"{DEFAULTS}.toml"))
    root = scenario_table(_text(path), path.name, defaults)
    scenario = scenario_of(root)
    _check_zone(root, scenario.timezone)
    _check_languages(root, scenario)
    return replace(scenario, phrases=read_phrases(scenario.languages))


def read_case(name: str, scenario: Scenario) -> Case | None:
    """Return the case of a scenario's file, None where it holds none."""
    path = _path(name, "scenario")
    return parse_case(_text(path), path.name, scenario)


def read_policy(word: str, scenario: Scenario, case: Case | None) -> Policy | None:
    """Return the policy that a word names: `none`, `case`, a shipped one, or a .toml file."""
    if word == "none":
        return None
    if word == "case":
        if case is None:
            message = f"the scenario {scenario.title!r} is no case: it has no [case] and [policy]"
            raise KnownError(f"{message}; use --policy none, or a policy file")
        return case.policy
    path = _path(word, "policy")
    return parse_policy(_text(path), path.name, scenario)


def shipped_policies(scenario: Scenario) -> Mapping[str, Policy]:
    """Return the shipped policies by name; they fit any scenario."""
    return {
        path.stem: parse_policy(_text(path), path.name, scenario)
        for path in sorted(resource("policies").glob("*.toml"))
    }


def scenario_names() -> list[str]:
    """Return the names of the shipped scenarios."""
    return sorted({path.stem for path in resource("scenarios").glob("*.toml")} - {DEFAULTS})


def _check_zone(root: Table, name: str) -> None:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        allowed = "a name of the time zone database such as America/Sao_Paulo"
        what = f"is {name!r}; {meant(name, available_timezones(), _ALIKE)}allowed: {allowed}"
        raise root.mistake("timezone", what) from None


def _check_languages(root: Table, scenario: Scenario) -> None:
    shipped = shipped_languages()
    for place, (language, _) in enumerate(scenario.languages):
        if language not in shipped:
            key = "language" if root.has("language") else f"languages[{place}].language"
            raise root.wrong_word(key, language, shipped)


def _text(path: Path) -> str:
    try:
        return _decoded(path.read_bytes(), path)
    except FileNotFoundError:
        raise KnownError(f"{path} does not exist; please check the path") from None
    except IsADirectoryError:
        raise KnownError(f"{path} is a folder; name a file in it") from None
    except OSError as error:
        raise KnownError(f"{path} cannot be read: {error.strerror or error}") from None


def _decoded(content: bytes, path: Path) -> str:
    try:
        # Line ends as Python's text files have them.
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise KnownError(
            f"{path.name}, line {line}: byte {error.start + 1} of the file "
            f"(0x{error.object[error.start]:02x}) is not UTF-8; save the file as UTF-8"
        ) from None


def _path(name: str, kind: str) -> Path:
    if name.endswith(".toml"):
        return Path(name)
    folder = {"scenario": "scenarios", "policy": "policies"}[kind]
    shipped = {path.stem: path for path in resource(folder).glob("*.toml")}
    shipped.pop(DEFAULTS, None)
    if re.fullmatch(r"\w+", name) and name in shipped:
        return shipped[name]
    words = ", ".join([*(["none", "case"] if kind == "policy" else []), *sorted(shipped)])
    raise KnownError(
        f"{kind} {name!r} is unknown; {meant(name, shipped)}shipped: {words}; or give a .toml file"
    )
