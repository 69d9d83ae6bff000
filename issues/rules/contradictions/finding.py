"""Every rule over one ticket's paper, and what names a finding until a source changes."""

from collections.abc import Callable, Iterator
from hashlib import sha256

from issues.rules.contradictions.counted import (
    count_falls,
    count_not_figure,
    count_over_target,
    plan_target,
)
from issues.rules.contradictions.finishing import (
    finish_ahead,
    finish_confirmed_earlier,
    finish_differs,
    finish_not_ticked,
)
from issues.rules.contradictions.measured import (
    reading_not_text,
    sampled_too_early,
    sampled_too_late,
)
from issues.rules.contradictions.pictured import taken_far, taken_too_early
from issues.rules.contradictions.placed import other_county
from issues.rules.contradictions.promised import plan_day, promise_late, remark_day
from issues.rules.contradictions.sources import Found, Paper
from issues.rules.contradictions.united import unit_differs
from issues.vocabulary import ContradictionKind

MOST = 40
"""Of one ticket: who is told of more reads none."""
RULES: dict[ContradictionKind, Callable[[Paper], Iterator[Found]]] = {
    ContradictionKind.FINISH_AHEAD: finish_ahead,
    ContradictionKind.FINISH_CONFIRMED_EARLIER: finish_confirmed_earlier,
    ContradictionKind.FINISH_DIFFERS: finish_differs,
    ContradictionKind.FINISH_NOT_TICKED: finish_not_ticked,
    ContradictionKind.PROMISE_LATE: promise_late,
    ContradictionKind.PLAN_DAY: plan_day,
    ContradictionKind.REMARK_DAY: remark_day,
    ContradictionKind.COUNT_FALLS: count_falls,
    ContradictionKind.COUNT_NOT_FIGURE: count_not_figure,
    ContradictionKind.COUNT_OVER_TARGET: count_over_target,
    ContradictionKind.PLAN_TARGET: plan_target,
    ContradictionKind.READING_NOT_TEXT: reading_not_text,
    ContradictionKind.UNIT_DIFFERS: unit_differs,
    ContradictionKind.TAKEN_TOO_EARLY: taken_too_early,
    ContradictionKind.SAMPLED_TOO_EARLY: sampled_too_early,
    ContradictionKind.SAMPLED_TOO_LATE: sampled_too_late,
    ContradictionKind.TAKEN_FAR: taken_far,
    ContradictionKind.OTHER_COUNTY: other_county,
}
"""One rule a kind, in the order of the words."""


def find(paper: Paper) -> dict[str, Found]:
    """What differs, each by its digest, in the order of the rules."""
    found: dict[str, Found] = {}
    for rule in RULES.values():
        for one in rule(paper):
            if len(found) >= MOST:
                return found
            found.setdefault(digest_of(one), one)
    return found


def digest_of(found: Found) -> str:
    """The same as long as both sources say the same there: what was ruled stays ruled."""
    sides = (f"{side.source.value}/{side.id}/{side.text}/{side.start}" for side in found[2:])
    return sha256("\n".join((found.kind.value, *sides)).encode()).hexdigest()
