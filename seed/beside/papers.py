"""Papers of the example's own words: minutes of a summons, a joint circular, a letter, a report."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from auth.actor import Actor
from config import EXAMPLE_DAY
from issues.ground import clock
from issues.models import Notice
from issues.notices import acts, drafting
from issues.notices.passing.minutes import draft_minutes
from issues.notices.signing import Press
from issues.vocabulary import NoticeAct, NoticeKind
from seed.city import BAZHOU, ENYANG, PARTNERS
from seed.walk import Walk

TABLE = "序号｜地点｜问题｜责任单位｜完成日期\n1｜｜｜｜"
AFTERNOON = time(15, 0)
Cast = Mapping[str, Actor]


def summon(walk: Walk, told: Mapping[str, Any]) -> None:
    """A summons, held, and its minutes. Nothing where the machine has no faces to print with."""
    said = told["summoned"]
    notice = walk.notice(NoticeKind.N4, "summoned", "round-1", said["signed"])
    walk.on_notice(
        NoticeAct.EDIT, notice, "sun", said["signed"], meeting_on=said["held"].isoformat(),
        meeting_time="下午3:00", meeting_place="市政府二楼会议室", meeting_host="赵副市长（示例）",
        meeting_attendees="恩阳区分管副区长（示例）、市生态环境局负责人（示例）",
    )  # fmt: skip
    walk.sign(notice, "zhao", said["signed"])
    walk.acknowledge(notice, walk.leader, said["signed"])
    if notice.number is None:
        return
    sun, day = walk.scene.cast["sun"], said["minuted"]
    minutes = draft_minutes(notice, sun, walk.at(day))
    tasks = [{"text": one["text"], "due": one["due"].isoformat()} for one in said["tasks"]]
    walk.on_notice(
        NoticeAct.EDIT, minutes, "sun", day, minutes_points=said["points"],
        minutes_statement=said["statement"], minutes_tasks=tasks,
    )  # fmt: skip
    walk.sign(minutes, "zhou", day)


def enter(cast: Cast, press: Press | None) -> None:
    """Nothing where the machine has no faces to print with."""
    if press is None:
        return
    joint = _write(
        cast, press, "circular", recipients=[BAZHOU, ENYANG], partners="\n".join(PARTNERS[:2]),
        subject="开展农村生活污水和养殖粪污联合排查",
        body="为推动突出生态环境问题举一反三整改，决定开展联合排查，现将有关事项通知如下。\n"
        "一、排查范围\n场镇污水管网、规模以下养殖场粪污收集设施。\n"
        "二、工作要求\n1. 由县（区）人民政府组织排查，建立台账。\n"
        "2. 发现的问题随查随改，不能立改的列入清单。",
        annexes=[{"title": "排查台账（样式）", "text": TABLE}],
    )  # fmt: skip
    for organ, name in zip(PARTNERS, ("何局长（示例）", "岳局长（示例）"), strict=False):
        _do(NoticeAct.OPINE, joint, cast["sun"], press, {
            "step": "cosign", "organ": organ, "name": name, "on": EXAMPLE_DAY.isoformat(),
            "agreed": "yes",
        })  # fmt: skip
    letter = _write(
        cast, press, "letter", addressees="巴中市中级人民法院",
        subject="商请提供环境资源案件执行信息",
        body="为核实有关问题整改情况，商请提供下列信息。\n1. 生态环境损害赔偿案件执行进展\n"
        "2. 涉案场地移交情况",
    )  # fmt: skip
    report = _write(
        cast, press, "statement", addressees="巴中市人民政府",
        subject="突出生态环境问题整改督办工作",
        body="现将近期督办工作情况报告如下。\n一、工作开展\n按规定开展调度、核查和督办。\n"
        "二、下一步打算\n继续督促逾期事项加快整改，完成一件、销号一件。",
    )  # fmt: skip
    for one in (joint, letter, report):
        _do(NoticeAct.SIGN, one, cast["zhou"], press, {})


def _write(cast: Cast, press: Press, form: str, **words: Any) -> Notice:
    made = drafting.draft_by_hand(NoticeKind.N9, [], cast["sun"], _at(), form)
    return _do(NoticeAct.EDIT, made, cast["sun"], press, words)


def _do(act: NoticeAct, notice: Notice, who: Actor, press: Press, raw: dict[str, Any]) -> Notice:
    return acts.do(act, notice.id, who, raw, press, at=_at())


def _at(day: date = EXAMPLE_DAY) -> datetime:
    return datetime.combine(day, AFTERNOON, clock.SHANGHAI)
