"""The example's pollution sources with their tickets, and its layers for 准入."""

import json
import tomllib
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from auth.actor import Actor
from extensions import db
from issues.models import Issue, Lead
from issues.polluters import keeping, tying, tying_leads
from issues.supervision import maps
from issues.supervision.maps import Apart
from issues.vocabulary import LayerKind
from seed import city

FILE = "polluters.toml"
SAME = "名称、地点与该污染源一致，已电话核对。"


def enter(actor: Actor) -> None:
    """By the acts of the pages. Never commits."""
    told = tomllib.loads((city.DATA / FILE).read_text(encoding="utf-8"))
    for one in told["polluter"]:
        _enter(actor, one)
    for one in told["layer"]:
        _upload(actor, one)


def _enter(actor: Actor, told: Mapping[str, Any]) -> None:
    said = {name: str(value) for name, value in told.items() if name in keeping.LABELS}
    row = keeping.add(actor, said)
    for number in told["tickets"]:
        issue = db.session.scalars(select(Issue).where(Issue.number == number)).one()
        tying.tie(actor, issue, row.id)
    for ref in told.get("leads", ()):
        lead = db.session.scalars(select(Lead).where(Lead.origin_ref == ref)).one()
        tying_leads.tie(actor, lead, row.id, SAME)


def _upload(actor: Actor, told: Mapping[str, Any]) -> None:
    features = [
        {
            "type": "Feature",
            "properties": {"name": outline["name"]},
            "geometry": {"type": "Polygon", "coordinates": [outline["ring"]]},
        }
        for outline in told["outlines"]
    ]
    document = json.dumps({"type": "FeatureCollection", "features": features}).encode()
    kind = LayerKind(told["kind"])
    apart = Apart(kind, told["dated_on"], told["owner"], told["document_number"])
    maps.upload(
        actor, told["name"], "", document, is_boundary=False, is_gcj02=False, apart=apart
    )  # fmt: skip
