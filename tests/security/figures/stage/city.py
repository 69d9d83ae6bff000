"""A city with what every address asks for: a ticket of 巴州区 with all that hangs on it, and
one of 恩阳区 with the same."""

import contextlib
import io
from dataclasses import dataclass, field, replace
from decimal import Decimal

import rosters_filled
from people import CAST, ENYANG
from samples import jpeg, pdf
from sheets import short
from sqlalchemy import func, select
from workbooks import upload

from auth import people as accounts
from auth.actor import SYSTEM
from auth.doors.settings import doors_of
from auth.models import ApiToken, OutsideIdentity, SignIn, Unit, UnitAlias, User
from extensions import db, transaction
from issues import models
from issues.ground import clock
from issues.ground.secrecy import sealing
from issues.jobs.runner import run_once, tools_for
from issues.jobs.timetable import JOBS
from issues.logs import lines
from issues.vocabulary import AliasKind, EvidenceKind, Status
from issues.works.worker import run_all

READING = {
    "pollutant": "化学需氧量", "value": 18.5, "unit_of_value": "mg/L", "high": 20,
    "sampled_on": "2025-11-20", "laboratory": "巴中市环境监测站",
}  # fmt: skip
SEEN = {
    "title": "砂石厂夜间偷排", "findings": "22时许厂区后门直排泥浆水。", "at": "2025-11-24T22:10",
    "region": "511902", "place": "某某村三组", "subject_firm": "某某砂石厂",
}  # fmt: skip
TOLD = {"origin": "patrol", "at": "2025-11-25T08:10", "text": "河边堆放建筑垃圾。"}
LAYER = (
    b'{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"name": "a"},'
    b'"geometry": {"type": "Polygon", "coordinates":'
    b"[[[106.5, 31.7], [106.9, 31.7], [106.9, 32.0], [106.5, 31.7]]]}}]}"
)
LATE = [{"text": "完成整治", "deadline": "2025-11-20"}]
WORDS = {"preset": "overdue", "template": "N3", "clearance": "lin"}


DIRECTORY = {
    "LDAP_URL": "ldap://127.0.0.1:1", "LDAP_BASE": "dc=x", "LDAP_BIND_DN": "cn=x",
    "LDAP_BIND_PASSWORD": "x",
}  # fmt: skip
"""Another system to sign in by, which nobody asks: no password is typed."""


@contextlib.contextmanager
def set_up(app):
    """With a door to another system, and a log in which each request has a line."""
    known = {name: app.extensions[name] for name in ("settings", "doors")}
    settings = replace(known["settings"], outside=DIRECTORY, log_format=lines.JSON)
    app.extensions |= {"settings": settings, "doors": doors_of(settings)}
    try:
        yield
    finally:
        app.extensions |= known


@dataclass
class City:
    """`own` and `foreign` are what stands in each place of an address; `cookies` and `tokens`
    (of forms) and `secrets` (of programs) are of the cast by name."""

    own: dict
    foreign: dict
    cookies: dict = field(default_factory=dict)
    tokens: dict = field(default_factory=dict)
    secrets: dict = field(default_factory=dict)


def _nobody(visitor):
    """The session of who looked at the form to sign in by and went no further."""
    token = visitor.get("/login").form("/login").drawn()["csrf_token"]
    return visitor.client.get_cookie("session").value, token


def _identity(browser, user_id, name):
    """Linked by the system administrator and not yet confirmed by the security administrator."""
    said = {"door": "ldap", "subject": f"u-{name}"}
    browser.as_("sysadmin").post(f"/admin/accounts/{user_id}/access/identities", **said)
    return newest(OutsideIdentity, user_id=user_id)


def newest(model, **where):
    db.session.rollback()
    rows = select(func.max(model.id)).filter_by(**where)
    found = db.session.scalar(rows)
    assert found is not None, model
    return found


def build(app, browser, make_issue):
    own, foreign = (
        _ticket(browser, make_issue, **changes)
        for changes in (
            {"case_number": "X2BZ202509010001"},
            {"case_number": "X2BZ202509010002", "primary_unit": ENYANG, "region": ENYANG},
        )
    )
    for one in (own, foreign):
        doubts = browser.as_("lin").get(f"/issues/{one['number']}/flags")
        one["flag"] = doubts.tree.all("input", name="flag")[0]["value"]
    shared = _of_the_city(app, browser)
    for one in (own, foreign):
        ties = f"/issues/{one['number']}/polluters"
        browser.as_("sun").post(f"{ties}/tie", via=ties, polluter=str(shared["polluter"]))
    mine, theirs = _told("chen", "chenlead"), _told("wu", "wulead")
    city = City(shared | own | mine, shared | foreign | theirs)
    city.cookies[None], city.tokens[None] = _nobody(browser.stranger)
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
                "identity_id": _identity(browser, user.id, name),
            }
    return city


def _ticket(browser, make_issue, **changes):
    issue = make_issue(
        Status.RECTIFYING, source="YX", sponsor_account="zhao",
        deadline="2025-11-20", measures=LATE, **changes,
    )  # fmt: skip
    who = make_issue.of_the_unit(issue, "reporter")
    number, url = issue.number, f"/issues/{issue.number}"
    photo = make_issue.evidence(issue, EvidenceKind.AFTER, who, file=("后.jpg", jpeg()))
    found = {"number": number, "evidence_id": photo.id}
    found["contradiction_id"] = _contradiction(issue)
    browser.as_("lin").post(f"{url}/originals", file=(io.BytesIO(pdf()), "来信.pdf"))
    found["original_id"] = newest(models.ComplaintOriginal)
    browser.as_(who).post(f"{url}/readings", **{name: str(READING[name]) for name in READING})
    found["reading_id"] = newest(models.Reading)
    found["report_id"] = make_issue.evidence(issue, EvidenceKind.MONITORING, who).id
    aim = {"name": "氨氮", "sense": "le", "value": "1", "unit": "mg/L", "nature": "level"}
    browser.as_("sun").post(f"{url}/targets", **aim)
    found["target_id"] = newest(models.Target)
    browser.as_("sun").post("/notices", via="/notices/new", kind="N3", issues=number)
    found["notice_id"] = newest(models.Notice)
    browser.as_("zhou").sign(f"/notices/{found['notice_id']}")
    until = {"user": "lin", "until": "2025-11-30", "reason": "核实情况"}
    browser.as_("zhou").post(f"{url}/originals/clearance", via=f"{url}/originals", **until)
    found["token"] = db.session.get_one(models.Notice, found["notice_id"]).token
    part = browser.as_(who).bare({"name": "半截.pdf", "size": "64"})
    found |= _point(issue)
    found["form"] = "/leads/new"
    found["signed"] = browser.as_(who).send(f"{url}/evidence/parts", 201, **part).json["part"]
    return found


def _point(issue):
    """A point of the ticket's unit, appealed against."""
    day, now, hundred = clock.today(), clock.now(), Decimal(100)
    by = db.session.scalar(select(User.id).where(User.name == "chenlead"))
    with transaction():
        row = models.ScoreEntry(
            unit_id=issue.primary_unit_id, issue_id=issue.id, key=f"overdue-{issue.id}", turn=0,
            kind="booking", rule="overdue", share_as="primary", on=day, year=day.year, quarter=4,
            base=Decimal(-1), share=hundred, weight=Decimal(1), value=Decimal(-1), policy=0,
            booked_at=now,
        )  # fmt: skip
        db.session.add(row)
        db.session.flush()
        said = {"text": "有误", "appealed_at": now, "appealed_by_id": by, "state": "appealed"}
        db.session.add(models.ScoreAppeal(entry_id=row.id, **said))
        _published(row.unit, now, by)
        return {"entry_id": row.id, "unit": row.unit.code}


def _published(unit, now, by):
    """A quarter in which the unit has every point; the first ticket's unit alone is told."""
    if db.session.query(models.ScoreQuarter.id).first():
        return
    every = {"total": "100", "process": "50", "result": "50", "formula": "满分"}
    units = [
        {"unit": code, "name": name} | every
        for code, name in db.session.execute(select(Unit.code, Unit.short_name))
    ]
    told = {"year": now.year, "quarter": 3, "version": 0, "units": units}
    db.session.add(models.ScoreQuarter(
        year=now.year, quarter=3, document=told, sha256="0" * 64, published_at=now,
        published_by_id=by,
    ))  # fmt: skip


def _contradiction(issue):
    side = {"source": "ticket", "id": 0, "name": "事项登记", "text": "时限", "start": 0, "end": 2}
    with transaction():
        row = models.Contradiction(
            issue_id=issue.id, kind="plan_day", digest="0" * 64, because="示例", one=side,
            other=side, found_at=clock.now(),
        )  # fmt: skip
        db.session.add(row)
        db.session.flush()
        return row.id


def _a_round(browser):
    """Decided and closed, with the notices that follow."""
    sun, zhou = browser.as_("sun"), browser.as_("zhou")
    sun.post("/rounds", via="/rounds")
    url = f"/rounds/{newest(models.AssessmentRound)}"
    for row in db.session.scalars(select(models.RoundItem)).all():
        sun.send(f"{url}/confirm", **sun.bare({"number": row.issue.number}))
    zhou.post(f"{url}/close", via=url, sure="1")


def _outside():
    """Another system, and a line to it that failed."""
    now, by = clock.now(), db.session.scalar(select(User.id).where(User.name == "sysadmin"))
    with transaction():
        hook = models.Webhook(
            name="平台", host="example.cn", events=["assigned"], sealed=b"",
            key_id=sealing.current_key(), made_at=now, made_by_id=by,
        )  # fmt: skip
        db.session.add(hook)
        db.session.flush()
        line = models.Outbox(
            webhook_id=hook.id, about="assigned-1-1", channel=f"webhook-{hook.id}", line="{}",
            written_at=now, next_at=now, fault="未送达",
        )  # fmt: skip
        db.session.add(line)
        db.session.flush()
        return {"webhook_id": hook.id, "line_id": line.id}


def _told(reporter, leader):
    """A message of the one, an address of the other."""
    ids = select(User.id)
    theirs, lead = (db.session.scalar(ids.where(User.name == n)) for n in (reporter, leader))
    message = newest(models.Message, user_id=theirs)
    with transaction():
        row = models.Address(
            user_id=lead, kind="mail", shown="c***@example.cn", tries=0, sealed=b"",
            key_id=sealing.current_key(), made_at=clock.now(), made_by_id=lead,
        )  # fmt: skip
        db.session.add(row)
        db.session.flush()
        row.sealed = sealing.seal(b"chen@example.cn\n123456", f"address {row.id}")
        return {"address_id": row.id, "message_id": message}


def _of_the_city(app, browser):
    sun, lin = browser.as_("sun"), browser.as_("lin")
    drawn = lin.get("/covert/new").form("/covert/new").filled(SEEN)
    lin.send("/covert/new", **drawn | {"file": [(io.BytesIO(jpeg()), "后门.jpg")]})
    told = lin.get("/leads/new").form("/leads/new").filled(TOLD)
    lin.send("/leads/new", **told | {"pictures": [(io.BytesIO(jpeg()), "河边.jpg")]})
    upload(sun, short())
    url = f"/issues/import/{newest(models.LedgerImport)}/match"
    sun.post(url, via=url, name="某市清单")
    sun.post("/policy/drafts", via="/policy")
    sun.post("/texts", name="方案", source="AF", text="一、某处水体发黑。", file=None)
    sun.post("/issues/views", via="/issues?colour=red", name="红色")
    sun.post("/admin/walls", place="指挥大厅", days="30")
    own = {"name": "周调度", "title": "周调度表", "columns-0-column": "title"}
    sun.post("/issues/profiles/add", **own)
    layer = {"kind": "layer", "name": "一区", "datum": "wgs84"}
    sun.send("/admin/maps", file=(io.BytesIO(LAYER), "a.geojson"), **sun.bare(layer))
    firm = {"name": "示例水泥厂", "kind": "factory", "region": "511902"}
    sun.post("/polluters/new", **firm)
    sheet = rosters_filled.workbook(("名称", "类别", "所在县（区）"), [tuple(firm.values())])
    sheet = sun.bare({"workbook": (io.BytesIO(sheet), "污染源.xlsx")})
    sun.send("/polluters/import", 303, follow=False, **sheet)
    told = (("patrol", "XC-1", "2025-11-24 09:30", "河边堆放垃圾"),)
    sheet = rosters_filled.workbook(("来源", "来源编号", "发现时间", "线索内容"), told)
    sheet = sun.bare({"workbook": (io.BytesIO(sheet), "线索.xlsx")})
    sun.send("/leads/import", 303, follow=False, **sheet)
    tied = sun.bare({"polluter": newest(models.Polluter), "reason": "同一家"})
    sun.send(f"/leads/{newest(models.Lead)}/polluters/tie", **tied)
    sun.post("/keepers/new", name="包保人甲", account="zhao")
    keeper = newest(models.Keeper)
    given = {"keeper": keeper, "level": "area", "from_on": ""}
    for place in ("511902", "511903"):
        sun.send(f"/keepers/places/{place}", **sun.bare(given))
    sheet = rosters_filled.workbook(
        ("级别", "区域", "姓名", "联系电话"), [("包片", "511902", "包保人乙", "0827-2")]
    )
    sheet = sun.bare({"workbook": (io.BytesIO(sheet), "包保.xlsx")})
    sun.send("/keepers/import", 303, follow=False, **sheet)
    sun.post("/dossiers/batches", via="/dossiers/batches?source=YX")
    unit = db.session.scalar(select(Unit.id).where(Unit.code == "511903"))
    with transaction():
        db.session.add(
            UnitAlias(
                unit_id=unit, text="别称", plain="别称", kind=AliasKind.SHORT, made_at=clock.now()
            )
        )
    sun.post("/setup/city", via="/setup", number_prefix="MS")
    keeper = browser.as_("sysadmin")
    for kind, content in (("units", rosters_filled.units()), ("accounts", rosters_filled.people())):
        form = keeper.bare({"workbook": (io.BytesIO(content), "名册.xlsx")})
        keeper.send(f"/admin/{kind}/import", 303, follow=False, **form)
    sun.post("/works/export", via="/works/export?source=YX")
    run_all(app, app.extensions["evidence"])
    tools = tools_for(
        clock.today(), app.extensions["evidence"], "secret", (),
        app.extensions["faces"], app.extensions["seal"],
    )  # fmt: skip
    for job in ("write-digests", "write-dossiers"):
        run_once(JOBS[job], tools)
    _a_round(browser)
    with transaction():
        gao = accounts.add(SYSTEM, "gao", "高某").id
    browser.as_("secadmin").post(f"/admin/grants/{gao}", role="auditor", reason="接任审计")
    return {
        name: newest(getattr(models, model))
        for name, model in {
            "note_id": "CovertNote", "photo_id": "CovertPhoto", "upload_id": "LedgerImport",
            "lead_id": "Lead", "picture_id": "LeadPicture",
            "round_id": "AssessmentRound", "draft_id": "PolicyDraft", "view_id": "SavedView",
            "pass_id": "WallPass", "sheet_id": "MapSheet", "batch_id": "DossierBatch",
            "item_id": "DossierItem", "digest_id": "Digest", "profile_id": "ExportProfile",
            "layout_id": "LedgerLayout", "work_id": "LongWork", "document_id": "TextDocument",
        }.items()
    } | {
        "units_id": newest(models.Roster, kind="units"),
        "people_id": newest(models.Roster, kind="people"),
        "roster_id": newest(models.Roster, kind="polluters"),
        "leads_id": newest(models.Roster, kind="leads"),
        "polluter_id": newest(models.Polluter),
        "keepers_id": newest(models.Roster, kind="keepers"),
        "kept_id": newest(models.Issue, region="511902", status="rectifying"),
        "issue_id": newest(models.Issue, region="511902", status="rectifying"),
        "keeper_id": newest(models.Keeper), "keeping_id": newest(models.Keeping),
        "polluter": newest(models.Polluter),
    } | _outside() | {
         "alias_id": newest(UnitAlias), "code": "511902", "request_id": 1, "edge": 320,
         "city_code": "511900", "act": "rename", "change": "amend", "place": 1,
         "signed": "nothing", "action": "comment", "decision": "confirm", "section": "city",
         "change_id": newest(models.Event, subject="setting", subject_id=3),
         "filename": "app.css", "door": "ldap", "kind": "after"}  # fmt: skip
