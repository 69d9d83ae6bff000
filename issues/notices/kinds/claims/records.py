"""How a record is asked for a claim: of every ticket of the paper, by its day and its count."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from issues.notices.kinds.claims.claim import Facts, Lacks, Said
from issues.notices.kinds.past import DoneFacts
from issues.notices.kinds.shape import IssueFacts, ReasonFacts
from issues.notices.kinds.wording import day, listed

Done = Callable[[IssueFacts], Iterable[DoneFacts] | None]
"""The acts on record; None where the facts are of a time that kept no such record."""
Fits = Callable[[DoneFacts, Said], bool]
_WAS = re.compile("已|曾|过|了|被|经")
_PERIOD = re.compile("今年|本年|本季|以来|年内|期间|近|上半年|下半年|至今")


def each(holds: Callable[[IssueFacts], object], record: str) -> Lacks:
    """Every ticket of the paper has the record."""

    def lacks(facts: Facts, _said: Said) -> str:
        return _wanting(facts, [i for i in _issues(facts) if not holds(i)], record)

    return lacks


def none(done: Done, record: str) -> Lacks:
    """No ticket of the paper has such a record; facts of a time that kept none deny nothing."""

    def lacks(facts: Facts, _said: Said) -> str:
        had = [issue for issue in _issues(facts) if done(issue)]
        return f"{listed(issue.get('number', '') for issue in had)}有{record}" if had else ""

    return lacks


def never(record: str) -> Lacks:
    """What no record of the system can prove."""
    return lambda _facts, _said: f"本系统没有可以核对的{record}，请删去，或者作为引文写在引号内"


def deed(
    done: Done, record: str, fits: Fits | None = None, counted: tuple[Done, ...] = (),
    of: tuple[str, ...] = (),
) -> Lacks:  # fmt: skip
    """Every ticket had it done, on the day and as often as the words say.

    `counted`: what a count may mean, where it is not the same. `of`: papers that are themselves
    the next time.
    """

    def lacks(facts: Facts, said: Said) -> str:
        issues = _issues(facts)
        known = [done(issue) for issue in issues]
        if None in known or _is_ahead(facts, said):
            return ""
        is_next = said.nth and facts.get("kind") in of
        if not (is_next and said.times == 1):
            fitting = [[one for one in of or () if _fits(one, said, fits)] for of in known]
            wanting = [issue for issue, found in zip(issues, fitting, strict=True) if not found]
            if wanting or not issues:
                return _wanting(facts, wanting, f"{_told(said)}{record}")
        readings = [
            [sum(fits is None or fits(one, said) for one in by(issue) or ()) for issue in issues]
            for by in counted or (done,)
        ]
        if not said.times or any(_agrees(counts, said, is_next) for counts in readings):
            return ""
        return f"{record}{_counts(issues, readings[0])}，与所写“{said.words}”不符"

    return lacks


def _fits(one: DoneFacts, said: Said, fits: Fits | None) -> bool:
    on, until = one.get("on") or "", one.get("until") or ""
    is_on = said.on is None or bool(on and said.on.is_of(on))
    is_until = said.until is None or bool(until and said.until.is_of(until))
    return is_on and is_until and (fits is None or fits(one, said))


def _agrees(counts: list[int], said: Said, is_next: bool) -> bool:  # noqa: FBT001 - one more
    wanted = said.times - is_next
    if said.least or said.nth or _PERIOD.search(said.words):
        return all(count >= wanted for count in counts)
    return all(count == wanted for count in counts) or sum(counts) == wanted


def _counts(issues: list[IssueFacts], counts: list[int]) -> str:
    pairs = zip(issues, counts, strict=True)
    return listed(f"{issue.get('number', '')}有{count}次" for issue, count in pairs)


def _is_ahead(facts: Facts, said: Said) -> bool:
    """A day still to come, of which nothing is said to have been."""
    if said.on is None or _WAS.search(said.words):
        return False
    today = date.fromisoformat(facts.get("as_of") or date.max.isoformat())
    told = (said.on.year or today.year, said.on.month, said.on.day or 31)
    return told > (today.year, today.month, today.day)


def _told(said: Said) -> str:
    return f"{said.on or ''}{f'延期至{said.until}' if said.until else ''}"


def _issues(facts: Facts) -> list[IssueFacts]:
    return facts.get("issues") or []


def _wanting(facts: Facts, wanting: list[IssueFacts], record: str) -> str:
    if not _issues(facts):
        return f"本件没有列明事项，无从核对{record}"
    named = listed(issue.get("number", "") for issue in wanting)
    return f"{named}没有{record}" if wanting else ""


def fired(*rules: str) -> Callable[[IssueFacts], bool]:
    """A rule, or any of a colour by its first letter, has fired by the day of the facts."""

    def holds(issue: IssueFacts) -> bool:
        told: list[ReasonFacts] = [*(issue.get("reasons") or ())]
        told += [lighter for one in told for lighter in one.get("within") or ()]
        return any(one["rule"].startswith(rules) for one in told)

    return holds


def carded(label: str) -> Callable[[IssueFacts], bool]:
    return lambda issue: (issue.get("card") or {}).get("label") == label


def past(name: str) -> Callable[[IssueFacts], Any]:
    return lambda issue: (issue.get("past") or {}).get(name)


def done(name: str, **like: object) -> Done:
    """The list of that name in the past, of those with these cells."""

    def found(issue: IssueFacts) -> Iterable[DoneFacts] | None:
        held: Mapping[str, Any] = issue.get("past") or {}
        if name not in held:
            return None
        return [one for one in held[name] if all(one.get(k) == v for k, v in like.items())]

    return found


def step(name: str) -> Done:
    """What is on record by its day alone."""

    def found(issue: IssueFacts) -> Iterable[DoneFacts]:
        on = past(name)(issue)
        return [{"on": on}] if on else []

    return found


def together(*readings: Done) -> Done:
    def found(issue: IssueFacts) -> Iterable[DoneFacts] | None:
        told = [reading(issue) for reading in readings]
        return None if None in told else [one for of in told for one in of or ()]

    return found


def sent(*kinds: str) -> Done:
    """The papers issued on it, of these kinds, or of any."""

    def found(issue: IssueFacts) -> Iterable[DoneFacts] | None:
        told = done("notices")(issue)
        if told is None:
            return None
        return [one for one in told if not kinds or one.get("what") in kinds]

    return found


def is_pressed(issue: IssueFacts) -> bool:
    """There is something to press for: a card stands, or a rule has fired."""
    return bool(issue.get("card") or issue.get("reasons"))


def outcome(what: str, done: Done, record: str) -> Lacks:
    """The very one that an N8 tells, by its day and card; any in a paper of another kind."""
    plain = deed(done, record)

    def lacks(facts: Facts, said: Said) -> str:
        told = facts.get("outcome") or {}
        on, card = (told.get("on"), told.get("card")) if told.get("what") == what else (None, None)

        def holds(issue: IssueFacts) -> bool:
            return any(
                (not on or one.get("on") == on) and (not card or one.get("card") == card)
                for one in done(issue) or ()
            )

        return each(holds, f"{day(on)}{record}")(facts, said) or plain(facts, said)

    return lacks
