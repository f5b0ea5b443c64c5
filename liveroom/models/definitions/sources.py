"""What the numbers of a source mean."""

from __future__ import annotations

from liveroom.models.definitions.definition import Definition

DEFINITIONS: dict[str, Definition] = {
    "source.facts": Definition(
        title="Facts",
        meaning="Facts that the source reported so far, whether it counts for them or not.",
    ),
    "source.due": Definition(
        title="Due after",
        meaning="After so long without a fact the source is late, as it says itself; a dash: it has no"
        " interval and never is.",
        unit="duration",
    ),
    "source.lag": Definition(
        title="Lag",
        meaning="Time from happening to arriving: half of the facts that arrived in the last 5 minutes"
        " took no longer.",
        unit="duration",
    ),
    "source.lag_95": Definition(
        title="95 in 100",
        meaning="The lag that 95 of 100 facts of the last 5 minutes did not exceed; right to a tenth.",
        unit="duration",
    ),
    "source.troubles": Definition(
        title="Troubles", meaning="Times that the source failed or needed attention so far."
    ),
}
