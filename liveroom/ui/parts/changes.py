"""The last 10 minutes against the 10 before: a triangle, a size, and a tone where it means something."""

from __future__ import annotations

from liveroom.ui import format as fmt
from liveroom.ui.parts.runs import Run

NOTABLE = 0.10
"""Smaller changes stay grey."""
LEAST_COUNT = 10
"""Fewer facts than this on both sides are chance, and stay grey."""
COMPARABLE_AFTER_MS = 20 * fmt.MINUTE


def change_runs(
    recent: float | None,
    earlier: float | None,
    count: int,
    more_is_good: bool = True,
    comparable: bool = True,
    points: bool = False,
) -> tuple[Run, ...]:
    """Return the change as runs; `count` is the number of facts behind the larger span.

    `points` writes the change of a rate in percentage points.
    """
    if not comparable or recent is None or not earlier:
        return (Run(fmt.NONE_YET, "text_3", 11), Run("10 min", "text_3", 11, gap=4))
    share = (recent - earlier) / abs(earlier)
    tone = "text_2"
    if abs(share) >= NOTABLE and count >= LEAST_COUNT:
        tone = "good" if (share > 0) == more_is_good else "bad"
    words = fmt.change(recent, earlier)
    if points:
        words = f"{fmt.number(abs(recent - earlier) * 100, 0)} pts"
    weight = 400 if tone == "text_2" else 600
    if abs(share) < 0.005 or (points and abs(recent - earlier) < 0.005):
        return (Run("steady", "text_2", 11), Run("10 min", "text_3", 11, gap=4))
    glyph = "up" if share > 0 else "down"
    return (
        Run(glyph=glyph, tone=tone, px=8),
        Run(words, tone, 11, weight, gap=4),
        Run("10 min", "text_3", 11, gap=4),
    )
