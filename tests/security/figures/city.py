"""A city with what every address asks for: a ticket of 巴州区 with all that hangs on it, and
one of 恩阳区 with the same."""

import io
from dataclasses import dataclass, field

from people import CAST, ENYANG
from samples import jpeg, pdf
from sheets import short
from sqlalchemy import func, select
from workbooks import upload

from auth import people as accounts
from auth.actor import SYSTEM
from auth.models import ApiToken, SignIn, User
from extensions import db, transaction
from issues import models
from issues.ground import clock
from issues.jobs.runner import run_once, tools_for
from issues.jobs.timetable import JOBS
from issues.vocabulary import EvidenceKind, Status

READING = {
    "pollutant": "化学需氧量", "value": 18.5, "unit_of_value": "mg/L", "high": 20,
    "sampled_on": "2025-11-20", "laboratory": "巴中市环境监测站",
}  # fmt: skip
SEEN = {
    "title": "砂石厂夜间偷排", "findings": "22时许厂区后门直排泥浆水。", "at": "2025-11-24T22:10",
    "region": "511902", "place": "某某村三组", "subject_firm": "某某砂石厂",
}  # fmt: skip
LAYER = (
    b'{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"name": "a"},'
    b'"geometry": {"type": "Polygon", "coordinates":'
    b"[[[106.5, 31.7], [106.9, 31.7], [106.9, 32.0], [106.5, 31.7]]]}}]}"
)
LATE = [{"text": "完成整治", "deadline": "2025-11-20"}]
WORDS = {"preset": "overdue", "template": "N3", "clearance": "lin"}


@dataclass
class City:
    """`own` and `foreign` are what stands in each place of an address; `cookies` and `tokens`
    (of forms) and `secrets` (of programs) are of the cast by name."""

    own: dict
    foreign: dict
    cookies: dict = field(default_factory=dict)
    tokens: dict = field(default_factory=dict)
    secrets: dict = field(default_factory=dict)


def newest(model, **where):
    db.session.rollback()
    rows = select(func.max(model.id)).filter_by(**where)
    found = db.session.scalar(rows)
    assert found is not None, model
    return found


def build(app, browser, make_issue):
    own, foreign = (
        _ticket(browser, make_issue, **changes)
        for changes in ({}, {"primary_unit": ENYANG, "region": ENYANG})
    )
    shared = _of_the_city(app, browser)
    city = City(shared | own, shared | foreign)
    for name in CAST:
        visitor = browser.as_(name)
        city.tokens[name] = visitor.bare({})["csrf_token"]
        city.cookies[name] = visitor.client.get_cookie("session").value
        with transaction():
            user = db.session.scalars(select(User).where(User.name == name)).one()
            city.secrets[name] = accounts.issue_token(SYSTEM, user.id)
        if name in {"chen", "wu"}:
            mine = city.own if name == "chen" else city.foreign
            mine |= {
                "user_id": user.id,
                "sign_in_id": newest(SignIn, user_id=user.id),
                "token_id": newest(ApiToken, user_id=user.id),
            }
    return city


def _ticket(browser, make_issue, **changes):
    issue = make_issue(
        Status.RECTIFYING, source="YX", case_number="X2BZ202509010001", sponsor_account="zhao",
        deadline="2025-11-20", measures=LATE, **changes,
    )  # fmt: skip
    who = make_issue.of_the_unit(issue, "reporter")
    number, url = issue.number, f"/issues/{issue.number}"
    photo = make_issue.evidence(issue, EvidenceKind.AFTER, who, file=("后.jpg", jpeg()))
    found = {"number": number, "evidence_id": photo.id}
    browser.as_("lin").post(f"{url}/originals", file=(io.BytesIO(pdf()), "来信.pdf"))
    found["original_id"] = newest(models.ComplaintOriginal)
    browser.as_(who).post(f"{url}/readings", **{name: str(READING[name]) for name in READING})
    found["reading_id"] = newest(models.Reading)
    browser.as_("sun").post("/notices", via="/notices/new", kind="N3", issues=number)
    found["notice_id"] = newest(models.Notice)
    browser.as_("zhou").sign(f"/notices/{found['notice_id']}")
    until = {"user": "lin", "until": "2025-11-30", "reason": "核实情况"}
    browser.as_("zhou").post(f"{url}/originals/clearance", via=f"{url}/originals", **until)
    return found


def _of_the_city(app, browser):
    sun, lin = browser.as_("sun"), browser.as_("lin")
    drawn = lin.get("/covert/new").form("/covert/new").filled(SEEN)
    lin.send("/covert/new", **drawn | {"file": [(io.BytesIO(jpeg()), "后门.jpg")]})
    upload(sun, short())
    sun.post("/rounds", via="/rounds")
    sun.post("/policy/drafts", via="/policy")
    sun.post("/issues/views", via="/issues?colour=red", name="红色")
    sun.post("/admin/walls", place="指挥大厅", days="30")
    layer = {"kind": "layer", "name": "一区", "datum": "wgs84"}
    sun.send("/admin/maps", file=(io.BytesIO(LAYER), "a.geojson"), **sun.bare(layer))
    sun.post("/dossiers/batches", via="/dossiers/batches?source=YX")
    tools = tools_for(
        clock.today(), app.extensions["evidence"], "secret", (),
        app.extensions["faces"], app.extensions["seal"],
    )  # fmt: skip
    for job in ("write-digests", "write-dossiers"):
        run_once(JOBS[job], tools)
    with transaction():
        gao = accounts.add(SYSTEM, "gao", "高某").id
    browser.as_("secadmin").post(f"/admin/grants/{gao}", role="auditor", reason="接任审计")
    return {
        name: newest(getattr(models, model))
        for name, model in {
            "note_id": "CovertNote", "photo_id": "CovertPhoto", "upload_id": "LedgerImport",
            "round_id": "AssessmentRound", "draft_id": "PolicyDraft", "view_id": "SavedView",
            "pass_id": "WallPass", "sheet_id": "MapSheet", "batch_id": "DossierBatch",
            "item_id": "DossierItem", "digest_id": "Digest",
        }.items()
    } | {"code": "511902", "request_id": 1, "edge": 320, "signed": "nothing", "action": "comment",
         "decision": "confirm", "token": "nothing", "filename": "app.css"}  # fmt: skip
