"""What the example city does not hold by itself, made so that every page can be looked at."""

import json
from datetime import datetime

from flask import Flask
from sqlalchemy import select

from auth.actor import Actor
from auth.models import User
from auth.signin import actor_for
from extensions import db, transaction
from issues import personal, rounds
from issues.dossiers import batches
from issues.exchange import uploads
from issues.ground import clock
from issues.models import Issue
from issues.queries.supervision import digest
from issues.supervision import covert, drafts, maps, walls
from issues.vocabulary import Status, WorkKind
from issues.works import asking
from seed import city

OUTLINE = [[106.55, 31.75], [106.85, 31.75], [106.85, 31.95], [106.55, 31.95], [106.55, 31.75]]
LEDGER = "问题台账-2025-11-25.xlsx"
NOTE = {
    "title": "示例：夜间查看砂石堆场",
    "findings": "示例内容：堆场未覆盖，运输车辆未冲洗。",
    "at": "2025-11-24T21:30",
    "region": "511902",
}


def set_stage(app: Flask) -> None:
    """A round, a covert note, a rule draft, a digest, a layer, a wall, an upload, long work."""
    with app.app_context(), transaction():
        people = {
            name: actor_for(db.session.scalars(select(User).where(User.name == name)).one())
            for name in ("sun", "lin", "zhao")
        }
        sun, now, today = people["sun"], clock.now(), clock.today()
        rounds.open_on(today, sun, now)
        covert.write(people["lin"], NOTE, now)
        drafts.begin(sun, now)
        digest.make(people["zhao"], today, today, now)
        maps.upload(sun, "生态保护红线（示例）", "", _layer(), is_boundary=False, is_gcj02=False)
        walls.make(sun, "示例指挥大厅", 30)
        personal.save_view(sun, "全市红色", {"colour": "red"}, is_shared=True)
        closed = select(Issue.id).where(Issue.status == Status.CLOSED).order_by(Issue.id).limit(2)
        _upload(app, sun, now)
        batches.begin(sun, list(db.session.scalars(closed)), at=clock.real_now())
        asking.begin(sun, WorkKind.EXPORT, {"filters": {}, "profile": ""}).name = LEDGER


def _upload(app: Flask, sun: Actor, now: datetime) -> None:
    """A workbook that waits for its confirmation; all of it is here already."""
    path = city.DATA / "complaints_39.xlsx"
    with path.open("rb") as stream:
        content, digest = uploads.receive(app.extensions["evidence"], stream, path.name)
    told = path.with_suffix(".toml").read_text(encoding="utf-8")
    uploads.note("信访件（待确认）.xlsx", digest, told, sun, now, content=content)


def _layer() -> bytes:
    geometry = {"type": "Polygon", "coordinates": [OUTLINE]}
    feature = {"type": "Feature", "properties": {"name": "示例一区"}, "geometry": geometry}
    return json.dumps({"type": "FeatureCollection", "features": [feature]}).encode()
