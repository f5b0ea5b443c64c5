"""What a command leads to: the events that confirm it, or a refusal that says why."""

from __future__ import annotations

import msgspec
from msgspec import structs

from liveroom.errors import CommandRefused
from liveroom.models import commands as c
from liveroom.models.chat.chat_direction import CHAT_COMMANDS, confirm_chat
from liveroom.models.events import (
    ClockShiftSet,
    CommandGiven,
    CountingSourceChosen,
    Event,
    NoteTaken,
    PresenterTold,
    RunOfShowChanged,
    SegmentStarted,
    TargetSet,
)
from liveroom.models.facts import DESK, Mode
from liveroom.models.lever_direction import move
from liveroom.models.run_of_show import RunOfShow, Segment
from liveroom.models.show import Show
from liveroom.models.targets import MOST, RULES, why_not

SHORTEST_CUE_MS = 1_000
"""Two cues closer than this are one press that bounced (show time)."""

LONGEST_NOTE = 500
LARGEST_SHIFT_MS = 600_000
"""More is no delay of a video but a mistake."""
LONGEST_MESSAGE, MOST_LINES = 160, 2
"""Of a message to the presenter: longer ones are not read at four metres while talking."""
_SHORTEST_MS, _LONGEST_MS = 1_000, 24 * 3_600_000


def given(command: c.Command, refusal: str, at: int, number: str) -> CommandGiven:
    """Return the record of a command given at `at` (ms UTC); `number` makes it unique."""
    return CommandGiven(
        occurred_at=at,
        received_at=at,
        source=DESK,
        source_id=f"command:{number}",
        command=type(command).__name__,
        body=msgspec.json.encode(command).decode(),
        refusal=refusal,
    )


def confirm(command: c.Command, show: Show, mode: str, at: int, number: str) -> list[Event]:
    """Return the events that carry out a command at `at` (ms UTC); raises CommandRefused.

    `number` makes them unique: two commands of one millisecond are two facts.
    """
    if mode in (Mode.REPLAY, Mode.DEBRIEF):
        raise CommandRefused(f"this is a {mode}: what happened in it cannot be changed")
    if isinstance(command, c.ChooseCountingSource):
        return [_choose(command, show, at, number)]
    if isinstance(command, c.SetClockShift):
        return [_shift(command, show, at, number)]
    plan = show.run_of_show
    if isinstance(command, c.TakeSegment):
        return [_take(command, plan, at, number)]
    if isinstance(command, c.RenameSegment):
        if not command.title.strip():
            raise CommandRefused("a segment needs a title")
        return [_edited(plan, command.segment_id, at, number, title=command.title.strip())]
    if isinstance(command, c.ChangeSegmentDuration):
        if not _SHORTEST_MS <= command.duration_ms <= _LONGEST_MS:
            raise CommandRefused("a segment lasts between a second and 24 hours")
        return [_edited(plan, command.segment_id, at, number, duration_ms=command.duration_ms)]
    if isinstance(command, c.SetSegmentTarget):
        target = command.revenue_target_minor
        if target is not None and not 0 < target <= MOST:
            raise CommandRefused("a segment's revenue target is above 0; leave it blank for none")
        return [_edited(plan, command.segment_id, at, number, revenue_target_minor=target)]
    if isinstance(command, c.SetTarget):
        return [_targeted(command, show, at, number)]
    if isinstance(command, c.MoveSegment):
        return [_changed(plan, _moved(plan, command), at, number)]
    if isinstance(command, c.CutSegment):
        return [_changed(plan, _without(plan, command.segment_id), at, number)]
    if isinstance(command, c.RestartConnector):
        return []
    if isinstance(command, c.TakeNote):
        return [_noted(command, show, at, number)]
    if isinstance(command, c.TellPresenter):
        return [_told(command, show, at, number)]
    if isinstance(command, CHAT_COMMANDS):
        return [confirm_chat(command, show, at, number)]
    kind, fields = move(command, show, mode, at)
    number = f"{number}:{type(command).__name__}"
    return [kind(occurred_at=at, received_at=at, source=DESK, source_id=number, **fields)]


def _take(command: c.TakeSegment, plan: RunOfShow, at: int, number: str) -> Event:
    _segment(plan, command.segment_id)
    if plan.on_air is not None and plan.on_air.segment_id == command.segment_id:
        raise CommandRefused("that segment is on air already")
    if plan.cues and at - plan.cues[-1].started_at < SHORTEST_CUE_MS:
        raise CommandRefused("a segment went on air less than a second ago: one press is one cue")
    return SegmentStarted(
        occurred_at=at,
        received_at=at,
        source=DESK,
        source_id=f"cue:{number}",
        segment_id=command.segment_id,
    )


def _edited(plan: RunOfShow, segment_id: str, at: int, number: str, **changes: object) -> Event:
    edited = _segment(plan, segment_id)
    segments = tuple(
        structs.replace(segment, **changes) if segment is edited else segment
        for segment in plan.segments
    )
    return _changed(plan, segments, at, number)


def _moved(plan: RunOfShow, command: c.MoveSegment) -> tuple[Segment, ...]:
    moved = _segment(plan, command.segment_id)
    if command.before:
        _segment(plan, command.before)
    if command.before == command.segment_id:
        raise CommandRefused("a segment cannot come before itself")
    others = [segment for segment in plan.segments if segment is not moved]
    names = [segment.segment_id for segment in others]
    place = names.index(command.before) if command.before else len(others)
    return (*others[:place], moved, *others[place:])


def _without(plan: RunOfShow, segment_id: str) -> tuple[Segment, ...]:
    cut = _segment(plan, segment_id)
    if plan.on_air is not None and plan.on_air.segment_id == segment_id:
        raise CommandRefused("a segment that is on air cannot be cut; take the next one")
    return tuple(segment for segment in plan.segments if segment is not cut)


def _changed(plan: RunOfShow, segments: tuple[Segment, ...], at: int, number: str) -> Event:
    return RunOfShowChanged(
        occurred_at=at,
        received_at=at,
        source=DESK,
        source_id=f"plan:{number}",
        title=plan.title,
        segments=segments,
    )


def _choose(command: c.ChooseCountingSource, show: Show, at: int, number: str) -> Event:
    if command.source not in show.connections.sources:
        raise CommandRefused(f"there is no source {command.source!r} in this session")
    return CountingSourceChosen(
        occurred_at=at,
        received_at=at,
        source=DESK,
        source_id=f"counting:{number}",
        counted=command.counted,
        chosen=command.source,
    )


def _targeted(command: c.SetTarget, show: Show, at: int, number: str) -> Event:
    refusal = "" if command.value is None else why_not(command.kpi, command.value)
    if refusal:
        raise CommandRefused(refusal)
    is_money = RULES[command.kpi].unit == "money"
    return TargetSet(
        occurred_at=at,
        received_at=at,
        source=DESK,
        source_id=f"target:{number}",
        kpi=command.kpi,
        value=command.value,
        currency=show.ledger.currency if is_money else None,
    )


def _shift(command: c.SetClockShift, show: Show, at: int, number: str) -> Event:
    if command.source not in show.connections.sources:
        raise CommandRefused(f"there is no source {command.source!r} in this session")
    if abs(command.shift_ms) > LARGEST_SHIFT_MS:
        raise CommandRefused("a clock shift is between 10 minutes early and 10 minutes late")
    return ClockShiftSet(
        occurred_at=at,
        received_at=at,
        source=DESK,
        source_id=f"clock shift:{number}",
        shifted=command.source,
        shift_ms=command.shift_ms,
    )


def _noted(command: c.TakeNote, show: Show, at: int, number: str) -> Event:
    if len(command.text) > LONGEST_NOTE:
        raise CommandRefused(f"a note has at most {LONGEST_NOTE} characters")
    about = at if command.about_at is None else command.about_at
    began = at if show.first_at is None else min(at, show.first_at)
    if not began <= about <= at:
        raise CommandRefused("a note is about an instant between the start of the show and now")
    return NoteTaken(
        occurred_at=about,
        received_at=at,
        source=DESK,
        source_id=f"note:{number}",
        text=command.text.strip(),
    )


def _told(command: c.TellPresenter, show: Show, at: int, number: str) -> Event:
    lines = [" ".join(line.split()) for line in command.text.strip().splitlines()]
    text = "\n".join(line for line in lines if line)
    if not text and not show.presenter.as_of(at).message:
        raise CommandRefused("no message stands on the presenter's screen")
    if len(text) > LONGEST_MESSAGE:
        raise CommandRefused(
            f"a message to the presenter has at most {LONGEST_MESSAGE} characters, not {len(text)}"
        )
    if text.count("\n") >= MOST_LINES:
        raise CommandRefused(f"a message to the presenter has at most {MOST_LINES} lines")
    return PresenterTold(
        occurred_at=at,
        received_at=at,
        source=DESK,
        source_id=f"presenter:{number}",
        text=text,
    )


def _segment(plan: RunOfShow, segment_id: str) -> Segment:
    place = plan.index(segment_id)
    if place is None:
        raise CommandRefused(f"there is no segment {segment_id!r} in the run of show")
    return plan.segments[place]
