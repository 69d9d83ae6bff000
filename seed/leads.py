"""Example leads of every origin: taken in and decided as people do it, each on its own day."""

import io
import tomllib
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from extensions import db
from issues.evidence.intake import taking as files
from issues.evidence.rows import Proven
from issues.ground import clock
from issues.leads import taking, triage
from issues.leads.fields import FORM
from issues.models import Issue, Lead
from seed import city
from seed.pictures import photo
from seed.walk import Scene

LEADS = "leads.toml"
TRIAGES = "lin"
SEEN = timedelta(minutes=50)
PICTURES = 800_000
SAME = "同一处问题，并入已登记的事项。"


def take_all(scene: Scene) -> None:
    """Never commits."""
    told = tomllib.loads((city.DATA / LEADS).read_text(encoding="utf-8"))["lead"]
    for number, one in enumerate(told, start=1):
        _decide(_take(number, one, scene), one, scene)


def _take(number: int, told: Mapping[str, Any], scene: Scene) -> Lead:
    received = _instant(told["received"])
    said = {one.name: told.get(one.name, "") for one in FORM} | {"at": received - SEEN}
    proven = [_picture(number, told["received"], scene)] if told.get("picture") else []
    return taking.take(scene.cast[told["by"]], said, proven, received).lead


def _picture(number: int, received: datetime, scene: Scene) -> Proven:
    picture = photo(PICTURES + number, "线索", received - SEEN, scene.face)
    name = f"示例-线索-{number:02d}.jpg"
    return files.take_in(io.BytesIO(picture), name, store=scene.press.store)


def _decide(lead: Lead, told: Mapping[str, Any], scene: Scene) -> None:
    if "ticket" in told:
        _registered(lead, told["ticket"], scene)
    if "decided" not in told:
        return
    actor, at = scene.cast[TRIAGES], _instant(told["decided"])
    if "link" in told:
        number = db.session.scalars(select(Issue.number).where(Issue.title == told["link"])).one()
        triage.link(lead.id, {"to": number, "reason": SAME}, actor, at)
    else:
        triage.dismiss(lead.id, {"reason": told["dismiss"]}, actor, at)


def _registered(lead: Lead, title: str, scene: Scene) -> None:
    """It became the draft that the inspector registered of it, in that same moment."""
    issue = db.session.scalars(select(Issue).where(Issue.title == title)).one()
    triage.become(lead.id, issue, scene.cast[TRIAGES], issue.created_at)


def _instant(moment: datetime) -> datetime:
    return moment.replace(tzinfo=clock.SHANGHAI)
