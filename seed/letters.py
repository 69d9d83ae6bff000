"""The example's letters: some of one place, some whose writers were called back."""

import tomllib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select

from auth.actor import Actor
from extensions import db
from issues import acts
from issues.act_fields.callback import CALLBACK
from issues.act_fields.details import read_details
from issues.evidence import complainants
from issues.evidence.complaints import callbacks
from issues.models import Issue
from issues.queries.complaints.table import STAR
from issues.vocabulary import Action
from seed import city

FILE = "letters.toml"
SHARED = ("place", "subject_firm", "lon", "lat")


def enter(office: Actor, at: datetime) -> None:
    """By the acts of the pages. Never commits."""
    told = tomllib.loads((city.DATA / FILE).read_text(encoding="utf-8"))
    for one in told["together"]:
        said = {name: str(one[name]) for name in SHARED if name in one}
        for letter in one["letters"]:
            detail = {"fields": said, "reason": one["reason"]}
            acts.do(Action.AMEND, _letter(letter), office, detail, at=at)
    for one in told["called"]:
        _call(office, one, at)


def _call(office: Actor, told: Mapping[str, Any], at: datetime) -> None:
    issue = _letter(told["letter"])
    complainants.add(issue, {"name": told["name"], "phone": told["phone"]})
    for one in told["calls"]:
        said = one | {"on": one["on"].isoformat()}
        callbacks.record(issue, office, read_details(CALLBACK, said, issue), at=at)


def _letter(number: str) -> Issue:
    rows = select(Issue).where(Issue.case_number == number.removeprefix(STAR))
    return db.session.scalars(rows).one()
