"""What the example city does not hold by itself, made so that every page can be looked at."""

import io
import json
from collections.abc import Mapping
from datetime import date, datetime

import xlsxwriter
from flask import Flask
from sqlalchemy import select

from auth.actor import Actor
from auth.models import User
from auth.signin import actor_for
from extensions import db, transaction
from issues import personal, rounds
from issues.dossiers import batches
from issues.exchange import uploads
from issues.exchange.importing import import_ledger, understand_workbook
from issues.exchange.undoing.taking_back import take_back
from issues.ground import clock
from issues.ground.secrecy import sealing
from issues.models import Issue, Webhook
from issues.polluters import keeping
from issues.queries.supervision import digest
from issues.queries.worklist import first_week
from issues.rosters import kept
from issues.supervision import covert, drafts, maps, walls
from issues.texts import kept as texts
from issues.vocabulary import LayerKind, MessageEvent, RosterKind, Source, Status, WorkKind
from issues.works import asking
from seed import city

OUTLINE = [[106.55, 31.75], [106.85, 31.75], [106.85, 31.95], [106.55, 31.95], [106.55, 31.75]]
TEXT = """一、某河段生活污水直排
整改目标：氨氮≤1.0mg/L。
整改措施：1.封堵排口2处；2.清理河道。
整改时限：2026年6月底前
责任单位：市水利局
牵头单位：市生态环境局
二、某镇垃圾露天堆放，要求2026年3月底前完成整改。
"""
LEDGER = "问题台账-2025-11-25.xlsx"
NOTE = {
    "title": "示例：夜间查看砂石堆场",
    "findings": "示例内容：堆场未覆盖，运输车辆未冲洗。",
    "at": "2025-11-24T21:30",
    "region": city.BAZHOU,
}
MISTAKEN = {
    "序号": "1", "问题来源": "市级暗访督导", "行政区域": city.FIRST_COUNTY,
    "牵头单位": "市生态环境局",
    "责任单位": city.FIRST_COUNTY, "整改目标": "不再散排", "验收标准": "沿线无散排",
    "验收单位": "市生态环境局", "交办日期": "2025年4月18日", "整改时限": "2026年12月31日前",
    "整改措施/序号": "1", "整改措施/具体措施": "封堵排口", "整改措施/完成时限": "2026年8月底前",
    "整改措施/是否完成": "否", "是否销号": "否",
}  # fmt: skip
UNIT = {"全称": "示例市信访局", "简称": "示例信访局", "类别": "其他", "上级区域": "市级"}
PERSON = {"账号": "shili", "姓名": "示例人员", "所属单位": "市环委办", "角色": "督察员"}
APART = maps.Apart(LayerKind.RED_LINE, date(2025, 1, 1), "示例市自然资源局")
FIRM = {
    "name": "示例水泥厂", "kind": "factory", "region": city.BAZHOU, "lon": "106.76", "lat": "31.86",
}  # fmt: skip
TOLD_OF = {
    "来源": "日常巡查",
    "来源编号": "SL-XC-101",
    "发现时间": "2025-11-24 09:30",
    "线索内容": "示例内容：河边堆放建筑垃圾约两车。",
}
FURTHER = {"名称": "示例养殖场", "类别": "畜禽养殖", "所在县（区）": city.FIRST_COUNTY}
KEEPING = {"级别": "包片", "区域": city.FIRST_COUNTY, "姓名": "示例：包片人", "联系电话": "示例"}
PLACES = {
    "示例甲沟": "示例：某处生活污水散排，沟渠水体发臭。",
    "示例乙场": "示例：废旧轮胎露天堆放，雨天有油花外溢。",
}


def set_stage(app: Flask) -> None:
    """A round, a covert note, a draft, a digest, a layer, a wall, uploads, a batch, long work."""
    with app.app_context(), transaction():
        people = {
            name: actor_for(db.session.scalars(select(User).where(User.name == name)).one())
            for name in ("sun", "lin", "zhao", "sysadmin")
        }
        sun, now, today = people["sun"], clock.now(), clock.today()
        rounds.open_on(today, sun, now)
        covert.write(people["lin"], NOTE, now)
        drafts.begin(sun, now)
        digest.make(people["zhao"], today, today, now)
        maps.upload(
            sun,
            "生态保护红线（示例）",
            "",
            _layer(),
            is_boundary=False,
            is_gcj02=False,
            apart=APART,
        )
        keeping.add(sun, FIRM)
        walls.make(sun, "示例指挥大厅", 30)
        personal.choose(sun, first_week.HIDDEN, True)
        personal.save_view(sun, "全市红色", {"colour": "red"}, is_shared=True)
        closed = select(Issue.id).where(Issue.status == Status.CLOSED).order_by(Issue.id).limit(2)
        _upload(app, sun, now)
        _mistaken(app, sun, now)
        _text(app, sun, now)
        batches.begin(sun, list(db.session.scalars(closed)), at=clock.real_now())
        _webhook(people["sysadmin"], now)
        asking.begin(sun, WorkKind.EXPORT, {"filters": {}, "profile": ""}).name = LEDGER
    with app.app_context():
        _rosters(app, people["sysadmin"], people["sun"])


def _upload(app: Flask, sun: Actor, now: datetime) -> None:
    """A workbook that waits for its confirmation; all of it is here already."""
    path = city.DATA / "complaints_39.xlsx"
    with path.open("rb") as stream:
        content, digest = uploads.receive(app.extensions["evidence"], stream, path.name)
    told = path.with_suffix(".toml").read_text(encoding="utf-8")
    uploads.note("信访件（待确认）.xlsx", digest, told, sun, now, content=content)


def _text(app: Flask, sun: Actor, now: datetime) -> None:
    """A text whose drafts wait to be registered."""
    digest = texts.paste(app.extensions["evidence"], TEXT)
    texts.note("整改方案（示例）.txt", digest, Source.SD, sun, now)


def _mistaken(app: Flask, sun: Actor, now: datetime) -> None:
    """Two workbooks that came in by mistake: one may be taken back, one was."""
    for place, problem in PLACES.items():
        sheet = _sheet({"点位": place, "存在问题": problem})
        name = f"{place}（误导入）.xlsx"
        content, digest = uploads.receive(app.extensions["evidence"], io.BytesIO(sheet), name)
        row = uploads.note(name, digest, "", sun, now, content=content)
        understood = understand_workbook(content, None, clock.today())
        book = uploads.workbook_of(row)
        uploads.confirm(row, import_ledger(understood, sun, at=now, workbook=book), now)
    take_back(row, "选错了文件，改正后重新导入", sun, at=now)


def _rosters(app: Flask, admin: Actor, sun: Actor) -> None:
    """A workbook of each kind, that waits for its confirmation.

    Each is tried out first, which no other transaction may be open for.
    """
    for kind, named, keeper in (
        (RosterKind.UNITS, UNIT, admin), (RosterKind.PEOPLE, PERSON, admin),
        (RosterKind.POLLUTERS, FURTHER, sun), (RosterKind.LEADS, TOLD_OF, sun),
        (RosterKind.KEEPERS, KEEPING, sun),
    ):  # fmt: skip
        target = io.BytesIO()
        with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
            sheet = book.add_worksheet(kind.label)
            sheet.write_row(0, 0, list(named))
            sheet.write_row(1, 0, list(named.values()))
        name = f"{kind.label}（示例）.xlsx"
        target.seek(0)
        digest, outcome = kept.receive(kind, app.extensions["evidence"], target, name, keeper)
        with transaction():
            kept.note(kind, name, digest, outcome, keeper)


def _webhook(keeper: Actor, now: datetime) -> None:
    """Another system that is told of what is handed out; nothing was sent to it yet."""
    row = Webhook(
        name="示例平台", host="platform.example.cn", events=[MessageEvent.ASSIGNED.value],
        sealed=b"", key_id=sealing.current_key(), made_at=now, made_by_id=keeper.id,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()


def _sheet(told: Mapping[str, str]) -> bytes:
    """A responsibility list of one problem; a heading of two rows over its measure."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        sheet = book.add_worksheet("责任清单")
        for column, (heading, text) in enumerate((MISTAKEN | told).items()):
            group, _, name = heading.rpartition("/")
            sheet.write_string(0, column, group or name)
            sheet.write_string(1, column, name if group else "")
            sheet.write_string(2, column, text)
    return target.getvalue()


def _layer() -> bytes:
    geometry = {"type": "Polygon", "coordinates": [OUTLINE]}
    feature = {"type": "Feature", "properties": {"name": "示例一区"}, "geometry": geometry}
    return json.dumps({"type": "FeatureCollection", "features": [feature]}).encode()
