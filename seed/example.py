"""The example city, built by the same code a person uses: imports first, then acts, day by day."""

import secrets
from datetime import date, datetime, time, timedelta
from pathlib import Path

from flask import Flask
from sqlalchemy import select

from auth.actor import Actor
from auth.models import Unit
from config import EXAMPLE_DAY
from extensions import db, transaction
from issues import acts, tried_out
from issues.city import opinions
from issues.colour.policies import policy_on
from issues.exchange import aliases, profiles, uploads
from issues.exchange.importing import import_ledger, understand_workbook
from issues.exchange.matching import kept
from issues.exchange.reading.constants import profile_of
from issues.exchange.reading.profile import profile_beside
from issues.ground import clock
from issues.ground.present import present
from issues.messages import inbox as reading
from issues.models import Issue, LedgerImport, Message
from issues.notices.fonts.faces import Face, FaceRole
from issues.notices.fonts.files import NoFonts
from issues.notices.signing import Press
from issues.queries.messages import inbox
from issues.supervision import campaigns, sampling
from issues.vocabulary import Action, AliasKind, LinkKind
from seed import city, county, keepers, leads, letters, points, polluters, texts
from seed.beside import drafts, papers, scores
from seed.progress import Bar, Say
from seed.walk import Scene, find_unseen
from seed.walks import notes, take_all, walks

WORKBOOKS = (
    "ledger_117.xlsx", "ledger_inspection.xlsx", "complaints_39.xlsx", "work_points_2025.xlsx",
)  # fmt: skip
LAYOUT = "layout_county.toml"
FORMER = (("511900-STHJ", "市环境保护局"), ("511900-ZRZY", "市国土资源局"))
REFORM = "机构改革前的名称（示例）"
CAMPAIGN = "117个暗访问题"
IMPORTED = time(8, 30)
UNREAD_FROM = EXAMPLE_DAY - timedelta(days=7)
WEEKLY = {
    "name": "县区周调度", "title": "县（区）突出生态环境问题整改周调度表", "paper": "A4",
    "sort": "urgency", "group": "unit", "has_totals": True, "is_shared": True,
    "columns": [
        {"column": key, "heading": heading}
        for key, heading in (
            ("order", ""), ("primary", "县（区）、部门"), ("number", ""), ("problem", ""),
            ("deadline", "整改时限"), ("colour", ""), ("rules", "原因"), ("progress", "本周进展"),
        )
    ],
}  # fmt: skip
OPINIONS = {
    opinions.YES: "示例：与现场抽查一致，予以确认。",
    opinions.NO: "示例：照片看不出位置，请补拍后再报。",
}
WEEKLY_ASKED = {"colour": "red,yellow"}
"""A profile of the office's own: what each county is asked about every week."""

RELATED = ("示例：关公镇建筑垃圾临时堆点超期", "示例：鼎山镇拆除垃圾露天堆放")
RELATED_WHY = "同类建筑垃圾，一并核查运输和处置去向。"


class NotEmpty(RuntimeError):
    """There are units already: the example is for an empty database alone."""


def is_empty() -> bool:
    return db.session.query(Unit.id).first() is None


def load(app: Flask, progress: Say = print, password: str | None = None) -> str:
    """Fill an empty database; the password of every account. Raises NotEmpty.

    Everything is dated on or before 2025-11-25, whatever the business date is. One transaction
    holds it all: broken off, it leaves the database empty, to be filled anew.
    """
    password = password or chosen_password(app)
    with app.app_context(), clock.standing_on(EXAMPLE_DAY), transaction():
        if not is_empty():
            raise NotEmpty("数据库里已有单位，示例数据只能装入空的数据库。")
        before = tried_out.highest()
        progress("建立单位、账号和规则")
        cast = found(password)
        for name in WORKBOOKS:
            progress(_import(app, city.DATA / name, cast["sun"]))
        _set_apart(cast["sun"])
        profiles.make(cast["sun"], WEEKLY, WEEKLY_ASKED, at=_moment(EXAMPLE_DAY))
        keep_layout(cast["sun"])
        keep_aliases(cast["sysadmin"])
        opinions.keep(cast["liu"], OPINIONS)
        progress("建立县级指挥中心")
        cast |= city.add_people(county.add_units(), password, city.COUNTY_CAST)
        _walk(app, cast, progress)
        _tie(cast["sun"])
        points.read_all(cast, _moment(EXAMPLE_DAY))
        polluters.enter(cast["sun"])
        texts.enter(app.extensions["evidence"], cast["sun"], _moment(EXAMPLE_DAY))
        letters.enter(cast["sun"], _moment(EXAMPLE_DAY))
        papers.enter(cast, _press(app) if _face(app) else None)
        keepers.enter(cast["sun"], cast["zhao"])
        scores.enter(cast, _moment(EXAMPLE_DAY), _press(app) if _face(app) else None)
        drafts.work_on(cast["sun"], _moment(EXAMPLE_DAY))
        _read_up(cast)
        tried_out.mark(before)
    return password


def chosen_password(app: Flask) -> str:
    """That of the settings, else a random one."""
    return app.extensions["settings"].demo_password or secrets.token_urlsafe(9)


def found(password: str) -> dict[str, Actor]:
    """Units, words, people and rules; the people by name."""
    with transaction():
        city.add_places()
        units = city.add_units()
        city.add_words()
        cast = city.add_people(units, password)
        city.add_rules(cast["sun"], cast["zhou"], _moment(EXAMPLE_DAY))
    return cast


def _import(app: Flask, path: Path, actor: Actor) -> str:
    """The workbook through the code of the import page; one line that tells what came in."""
    content = path.read_bytes()
    beside = path.with_suffix(".toml")
    told = beside.read_text(encoding="utf-8") if beside.is_file() else ""
    at = _moment(EXAMPLE_DAY)
    understood = understand_workbook(content, profile_beside(path), EXAMPLE_DAY)
    with path.open("rb") as stream:
        content, digest = uploads.receive(app.extensions["evidence"], stream, path.name)
    with transaction():
        row = uploads.note(path.name, digest, told, actor, at, content=content)
        report = import_ledger(understood, actor, at=at, workbook=uploads.workbook_of(row))
        uploads.confirm(row, report, at)
    return f"导入{path.name}：{report.tickets}个问题，{report.measures}项措施"


def _set_apart(actor: Actor) -> None:
    """The first workbook is the campaign leadership follows."""
    batch = db.session.query(LedgerImport).filter_by(name=WORKBOOKS[0]).one()
    campaigns.put(batch, CAMPAIGN, actor, at=_moment(EXAMPLE_DAY))


def keep_layout(actor: Actor) -> None:
    """How the counties write down what they find themselves."""
    told = (city.DATA / LAYOUT).read_text(encoding="utf-8")
    match = present(present(profile_of(told), LAYOUT).match, LAYOUT)
    kept.save(actor, match.name, list(match.columns), told)


def keep_aliases(actor: Actor) -> None:
    """What two of the units were called before the reform of 2019."""
    for code, name in FORMER:
        aliases.add(actor, {
            "unit": code, "text": name, "kind": AliasKind.FORMER.value, "reason": REFORM,
        })  # fmt: skip


def _press(app: Flask) -> Press:
    settings = app.extensions["settings"]
    home = settings.public_url or settings.listening_url
    return Press(
        store=app.extensions["evidence"],
        faces=app.extensions["faces"],
        verify_url=lambda token: f"{home}/verify/{token}",
        is_example=True,
    )


def _walk(app: Flask, cast: dict[str, Actor], progress: Say) -> None:
    press = _press(app)
    face = _face(app)
    if face is None:
        progress("没有可用的字体：示例文书不签发，照片不写字")
    scene = Scene(cast, press, face)
    bar = Bar("办理示例事项", len(walks()), progress)
    for _ in take_all(scene):
        bar.step()
    county.drive(scene)
    for number, told in enumerate(notes(), start=1):
        find_unseen(scene, number, told)
    leads.take_all(scene)
    _draw_lots()


def _tie(office: Actor) -> None:
    """Two tickets of one kind belong together; each is counted as before."""
    one, other = (
        db.session.scalars(select(Issue).where(Issue.title == title)).one() for title in RELATED
    )
    said = {"to": other.number, "kind": LinkKind.RELATED.value, "reason": RELATED_WHY}
    acts.do(Action.LINK, one, office, said, at=_moment(EXAMPLE_DAY))


def _read_up(cast: dict[str, Actor]) -> None:
    """Everybody has read their messages up to a week ago."""
    for person in cast.values():
        reading.read_all(person, inbox.newest(person), Message.on < UNREAD_FROM)


def _draw_lots() -> None:
    """The quarter's random look-backs, as the night's run writes them."""
    _, policy = policy_on(EXAMPLE_DAY)
    drawn = sampling.draw(EXAMPLE_DAY, policy)
    for lot in drawn.waiting:
        sampling.plan(lot.issue_id, drawn.last)


def _face(app: Flask) -> Face | None:
    try:
        return app.extensions["faces"]().roles[FaceRole.HEI]
    except NoFonts:
        return None


def _moment(day: date) -> datetime:
    return datetime.combine(day, IMPORTED, clock.SHANGHAI)
