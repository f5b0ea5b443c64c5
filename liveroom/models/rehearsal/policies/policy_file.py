"""Reads a policy from TOML; a mistake is named with file, line, key, value and what is allowed."""

from __future__ import annotations

from liveroom.models.rehearsal.policies.condition_file import read_condition
from liveroom.models.rehearsal.policies.names import Names
from liveroom.models.rehearsal.policies.offer_wishes import End, Launch
from liveroom.models.rehearsal.policies.policy import Policy, Rule
from liveroom.models.rehearsal.policies.wish_file import read_wish
from liveroom.models.rehearsal.policies.wishes import Wish
from liveroom.models.simulation.scenarios.ranges import Range
from liveroom.models.simulation.scenarios.scenario import Scenario
from liveroom.models.toml.reading import read_table
from liveroom.models.toml.table import Table


def parse_policy(text: str, file: str, scenario: Scenario) -> Policy:
    """Return the policy in `text` for a show of `scenario`; raise KnownError that names the mistake."""
    root = read_table(text, file)
    return read_policy(root, scenario)


def read_policy(table: Table, scenario: Scenario) -> Policy:
    """Return the policy of a table: of a policy file, or `[policy]` of a scenario file."""
    names = Names(scenario)
    before = tuple(_wish(row, names) for row in table.optional_rows("before"))
    rules = tuple(
        _rule(row, place, names) for place, row in enumerate(table.optional_rows("rules"), start=1)
    )
    _check_ends(table, before, rules)
    policy = Policy(
        title=table.text("title"),
        before=before,
        rules=rules,
        goes_on=table.optional_truth("goes_on", True),
    )
    table.nothing_else()
    return policy


def _check_ends(table: Table, before: tuple[Wish, ...], rules: tuple[Rule, ...]) -> None:
    """Raise KnownError where an offer is to be ended that the policy never launches."""
    lists = [("before", before), *((f"rules[{at}].do", rule.do) for at, rule in enumerate(rules))]
    wishes = [(f"{key}[{at}]", wish) for key, part in lists for at, wish in enumerate(part)]
    ids = [each.offer.offer_id for _, each in wishes if isinstance(each, Launch)]
    for key, wish in wishes:
        if isinstance(wish, End) and wish.offer and wish.offer not in ids:
            known = [each for each in ids if each]
            if known:
                raise table.wrong_word(f"{key}.offer", wish.offer, known)
            what = f"is {wish.offer!r}, but no offer that is launched here has an id"
            raise table.mistake(f"{key}.offer", what)


def _wish(row: Table, names: Names) -> Wish:
    wish = read_wish(row, names)
    row.nothing_else()
    return wish


def _rule(row: Table, place: int, names: Names) -> Rule:
    name = row.text("name") if row.has("name") else f"rule {place}"
    when = tuple(read_condition(each, names) for each in row.rows("when"))
    do = tuple(_wish(each, names) for each in row.rows("do"))
    at_most, every = _often(row)
    row.nothing_else()
    return Rule(name=name, when=when, do=do, at_most=at_most, every_minutes=every)


def _often(row: Table) -> tuple[int | None, float]:
    """Return how often a rule may act and the minutes between two times: once, if nothing is said."""
    every = row.optional_number("every", Range("minutes", 0.1, 1440))
    at_most = row.whole("at_most", 1, 1000) if row.has("at_most") else None
    once = row.optional_truth("once", every is None and at_most is None)
    if once and (every is not None or (at_most or 1) > 1):
        raise row.error("once", True, "false, or no `every` and `at_most`: they say how often")
    if once:
        return 1, 0.0
    return at_most, 1.0 if every is None else every
