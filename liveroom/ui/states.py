"""How the states of a source and of a show look: always a shape, a word and a tone."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from liveroom.models.facts import ConnectionState, Mode

if TYPE_CHECKING:
    from liveroom.models.snapshot import Connection, Snapshot


class Look(NamedTuple):
    """A mark, its tone and the word beside it."""

    glyph: str
    tone: str
    word: str


_RUNNING = {
    "live": Look("ok", "good", "OK"),
    "simulated": Look("simulated", "reh", "SIM"),
    "recorded": Look("past", "offer", "RECORDED"),
}
_STATES = {
    ConnectionState.STARTING: Look("off", "text_2", "STARTING"),
    ConnectionState.FAILING: Look("attention", "warn", "FAILING"),
    ConnectionState.NEEDS_ATTENTION: Look("attention", "bad", "NEEDS ATTENTION"),
    ConnectionState.FAILED: Look("failed", "bad", "FAILED"),
    ConnectionState.FINISHED: Look("done", "text_2", "FINISHED"),
    ConnectionState.STOPPED: Look("off", "text_3", "OFF"),
}
_LATE = Look("attention", "warn", "LATE")

_MEANING = {
    Mode.REHEARSAL: "Simulated data · nothing is sent to platform, shop or OBS",
    Mode.REPLAY: "Recorded data, played again · nothing is sent anywhere",
    Mode.DEBRIEF: "Recorded session, as it ended · read only",
}
_LAMPS = {
    Mode.REHEARSAL: Look("simulated", "reh", "REHEARSAL"),
    Mode.REPLAY: Look("past", "offer", "REPLAY"),
    Mode.DEBRIEF: Look("done", "offer", "DEBRIEF"),
}
_ON_AIR = "ON AIR"
_ROW_WORDS = {
    Mode.REHEARSAL: "IN REHEARSAL",
    Mode.REPLAY: "IN REPLAY",
    Mode.DEBRIEF: "ON AIR AT END",
}


def look_of(connection: Connection, at: int) -> Look:
    """Return the look of a source at an instant (ms UTC).

    That is its state; while it runs what kind of data it gives, or that it is late.
    """
    if connection.late_since(at) is not None:
        return _LATE
    if connection.state is ConnectionState.RUNNING:
        return _RUNNING.get(connection.mode, _RUNNING["live"])
    return _STATES[connection.state]


def on_air_word(mode: Mode, past: bool) -> str:
    """Return what stands on the segment that is on air; in the past of a debrief it is that of then."""
    return _ON_AIR if past and mode is Mode.DEBRIEF else _ROW_WORDS.get(mode, _ON_AIR)


def is_on_air(snapshot: Snapshot) -> bool:
    """Return whether a live show is on air: by its cue, or without a plan by its first fact."""
    if snapshot.mode is not Mode.LIVE:
        return False
    show = snapshot.run_of_show
    if show.segments:
        return show.on_air is not None
    return snapshot.started_at is not None


def lamp_of(snapshot: Snapshot) -> Look:
    """Return the look of the lamp in the show bar."""
    if snapshot.mode is Mode.LIVE:
        on_air = is_on_air(snapshot)
        return Look("on air", "onair", "ON AIR") if on_air else Look("off", "text_2", "OFF AIR")
    return _LAMPS[snapshot.mode]


def meaning_of(snapshot: Snapshot) -> str:
    """Return what the mode means, in words."""
    if snapshot.mode is Mode.LIVE:
        on_air = is_on_air(snapshot)
        return "Live data · GO takes segments on air" if on_air else "Live data · not on air yet"
    if snapshot.is_past and snapshot.mode is Mode.DEBRIEF:
        return "Recorded session, as it was then · read only"
    return _MEANING[snapshot.mode]
