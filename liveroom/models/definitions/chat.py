"""What the numbers of the chat mean."""

from __future__ import annotations

from liveroom.models.definitions.definition import Definition
from liveroom.models.facts import Fact

DEFINITIONS: dict[str, Definition] = {
    "chat.rate": Definition(
        title="Messages a minute",
        meaning="Messages of the last 10 minutes on all platforms, per minute; of the minutes so far in a"
        " younger chat.",
        numerator="messages of the last 10 minutes",
        denominator="10 minutes",
        facts=(Fact.CHAT,),
        unit="number",
    ),
    "chat.people": Definition(
        title="People writing",
        meaning="Different people who wrote in this minute or the nine before, where a source says who.",
        facts=(Fact.CHAT,),
    ),
    "chat.questions": Definition(
        title="Questions a minute",
        meaning="Messages of the last 10 minutes that ask, by rule, per minute; of the minutes so far in a"
        " younger chat.",
        numerator="messages that ask, of the last 10 minutes",
        denominator="10 minutes",
        facts=(Fact.CHAT,),
        unit="number",
    ),
    "chat.unanswered": Definition(
        title="Unanswered",
        meaning="Questions of the last 30 minutes that were not marked answered and to whose authors nobody"
        " wrote within 3 minutes; the same, asked of the same product by several, is one.",
        facts=(Fact.CHAT,),
    ),
    "chat.block": Definition(
        title="Per 5 minutes",
        meaning="Messages per minute in each 5 minutes of the clock, the lighter part those that ask; the"
        " last block by its minutes so far.",
        numerator="messages of the block",
        denominator="minutes of the block so far",
        facts=(Fact.CHAT,),
        unit="number",
    ),
    "chat.alike": Definition(
        title="Alike",
        meaning="Other people who ask the same kind of question, of the same product, with the same two"
        " longest words.",
        facts=(Fact.CHAT,),
    ),
}
