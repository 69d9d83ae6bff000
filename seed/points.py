"""Example readings of the year's programme, entered and confirmed as people do it."""

import tomllib
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from auth.actor import Actor
from extensions import db
from issues.evidence import readings, reviewing
from issues.evidence.measured import Measured
from issues.models import Issue
from issues.queries.supervision.points import place_of
from issues.vocabulary import Source
from seed import city

READINGS = "point_readings.toml"
STATION = "示例监测站"
ENTERS, REVIEWS = "liu", "sun"


def read_all(cast: Mapping[str, Actor], at: datetime) -> None:
    """The readings of every target that has some. Never commits."""
    told = tomllib.loads((city.DATA / READINGS).read_text(encoding="utf-8"))
    issues = db.session.scalars(select(Issue).where(Issue.source == Source.GZ))
    by_place = {place_of(issue.source_ref): issue for issue in issues}
    for one in told["readings"]:
        _read(by_place[one["point"]], one, cast, at)


def _read(issue: Issue, told: Mapping[str, Any], cast: Mapping[str, Actor], at: datetime) -> None:
    for on, value in told["told"]:
        measured = Measured(told["name"], Decimal(value), told["unit"], on, STATION)
        row = readings.record(issue, cast[told.get("by", ENTERS)], measured, at=at)
        if not told.get("waits"):
            reviewing.confirm(issue, cast[REVIEWS], row, at=at)
