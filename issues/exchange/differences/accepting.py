"""Differences taken over from a file, each ticket by the acts that its office does by hand."""

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from typing import Any, NamedTuple

from auth.actor import Actor
from extensions import db
from issues import acts
from issues.evidence import readings
from issues.exchange.differences.difference import Difference
from issues.ground.refusals import Refusal
from issues.models import Issue
from issues.vocabulary import Action
from issues.workflow import load

OPINION = "经比对，与台账文件一致"


class Taken(NamedTuple):
    """`done` are written; of each of `refused` it is said why it is not."""

    done: tuple[Difference, ...]
    refused: tuple[tuple[Difference, str], ...]


def take_over(chosen: Sequence[Difference], actor: Actor, name: str, at: datetime) -> Taken:
    """Each ticket's differences by one act, all of them or none. Never commits.

    `name` is the file's, which the reason of each act names.
    """
    done: list[Difference] = []
    refused = [(one, one.stays) for one in chosen if one.take is None]
    able = sorted((one for one in chosen if one.take), key=lambda one: one.number)
    for number, group in groupby(able, key=lambda one: one.number):
        some = list(group)
        try:
            with db.session.begin_nested():
                _write(number, some, actor, name, at)
            done += some
        except Refusal as refusal:
            refused += [(one, _sentence(refusal)) for one in some]
    return Taken(tuple(done), tuple(refused))


def _write(number: str, some: Sequence[Difference], actor: Actor, name: str, at: datetime) -> None:
    """The fields first, then what the unit reported, then the readings."""
    issue = load(number, actor, for_change=True)
    version: int | None = some[0].version
    reason = f"按台账文件“{name}”比对接受：{'、'.join(dict.fromkeys(one.label for one in some))}"
    for action in (Action.EDIT, Action.AMEND):
        takes = [one.take for one in some if one.take and one.take.action is action]
        if not takes:
            continue
        fields: dict[str, Any] = {}
        for take in takes:
            fields |= take.fields
        if rows := _rows(some):
            fields["measures"] = rows
        told = fields if action is Action.EDIT else {"fields": fields, "reason": reason}
        acts.do(action, issue, actor, told, version=version, at=at)
        version = None
    if any(one.take and one.take.action is Action.CONFIRM_PROGRESS for one in some):
        _confirm(issue, actor, version, at)
    for reading in (one.take.reading for one in some if one.take and one.take.reading):
        readings.record(issue, actor, reading, at=at)


def _confirm(issue: Issue, actor: Actor, version: int | None, at: datetime) -> None:
    told = {"opinion": OPINION}
    acts.do(Action.CONFIRM_PROGRESS, issue, actor, told, version=version, at=at)


def _rows(some: Sequence[Difference]) -> list[dict[str, Any]]:
    """What is said of one measure in one row, what is added after them."""
    known: dict[int, dict[str, Any]] = {}
    added = []
    for one in some:
        measure = dict(one.take.measure) if one.take else {}
        if "id" in measure:
            known.setdefault(measure["id"], {}).update(measure)
        elif measure:
            added.append(measure)
    return [*known.values(), *added]


def _sentence(refusal: Refusal) -> str:
    inner = (sentence for said in refusal.errors.values() for sentence in said)
    return "；".join(dict.fromkeys([refusal.sentence, *inner]))
