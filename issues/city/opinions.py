"""常用语: what a person writes in opinions again and again, their own and the office's.

A person's own stand among what they keep for themselves, the office's in the set-up. A phrase is
offered, never filled in: what is written is the person's word. Nothing here commits.
"""

from collections.abc import Mapping
from typing import NamedTuple

from auth.actor import Actor
from issues import personal
from issues.city import words
from issues.city.phrases import LONGEST, MOST
from issues.ground.refusals import Incomplete

YES, NO = "yes", "no"
KEYS = dict(zip((YES, NO), words.OPINIONS, strict=True))
LABELS = {YES: "同意时", NO: "退回时"}


class Opinions(NamedTuple):
    """In the order they are offered."""

    own: list[str]
    office: list[str]


def of(actor: Actor, way: str) -> Opinions:
    """Two statements. What a person keeps as their own is not offered twice."""
    own = own_of(actor)[way]
    return Opinions(own, [one for one in words.opinions()[KEYS[way]] if one not in own])


def own_of(actor: Actor) -> dict[str, list[str]]:
    kept = personal.chosen(actor, personal.OPINIONS, {})
    return {way: list(kept.get(way, [])) for way in KEYS}


def keep(actor: Actor, said: Mapping[str, str]) -> None:
    """One phrase a line, in their order; none is none. Raises Incomplete at the list at fault."""
    kept, errors = {}, {}
    for way in KEYS:
        lines = [line.strip() for line in said[way].splitlines() if line.strip()]
        kept[way] = list(dict.fromkeys(lines))
        if len(kept[way]) > MOST:
            errors[way] = [f"{LABELS[way]}的常用语最多{MOST}句，现有{len(kept[way])}句"]
        elif long := [one for one in kept[way] if len(one) > LONGEST]:
            errors[way] = [f"每句最多{LONGEST}字，这句太长：{long[0][:LONGEST]}……"]
    if errors:
        raise Incomplete(errors)
    personal.choose(actor, personal.OPINIONS, kept)
