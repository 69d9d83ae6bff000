"""The example tickets of walks.toml, taken step by step as far as their days go."""

import tomllib
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from config import EXAMPLE_DAY
from extensions import db
from issues.models import Issue
from issues.vocabulary import Action, EvidenceKind, NoticeKind
from seed.beside import answers, papers
from seed.city import BAZHOU, BUREAU, DATA, ENYANG, OFFICE
from seed.walk import Scene, Walk

Told = dict[str, Any]
SIDES = {"bazhou": (BAZHOU, "chen", "chenlead"), "enyang": (ENYANG, "wu", "wulead")}
A_DAY = timedelta(days=1)
SPONSORS = {
    "city": {"sponsor": "赵副市长（示例）", "sponsor_account": "zhao"},
    "county": {"sponsor": "分管副区长（示例）"},
}
CRITERIA = "达到整改目标要求，现场无反弹，资料齐全。"


def walks() -> list[Told]:
    return tomllib.loads((DATA / "walks.toml").read_text(encoding="utf-8"))["walk"]


def notes() -> list[Told]:
    """What inspectors found on visits nobody knew of, not yet any ticket."""
    return tomllib.loads((DATA / "walks.toml").read_text(encoding="utf-8"))["covert"]


def take_all(scene: Scene) -> Iterator[Issue]:
    """One ticket after the other. Never commits."""
    for number, told in enumerate(walks(), start=1):
        _, unit, leader = SIDES[told["side"]]
        walk = Walk(scene, number, unit, leader)
        for name, step in STEPS.items():
            if name in told:
                step(walk, told)
        yield walk.issue


def _details(told: Told) -> Told:
    """What is registered of a ticket, by the names of its fields."""
    plain = ("title", "problem", "place", "region", "township", "types", "goal", "deadline_text",
             "lon", "lat")  # fmt: skip
    return (
        {name: told[name] for name in plain if name in told}
        | {
            "source": "AF",
            "criteria": CRITERIA,
            "primary_unit": SIDES[told["side"]][0],
            "lead_unit": BUREAU,
            "acceptance_unit": BUREAU,
            "supervising_unit": OFFICE,
            "contact": "示例联系人 0827-0001003",
        }
        | SPONSORS[told.get("sponsored", "county")]
        | told.get("keepers", {})
    )


def _draft(walk: Walk, told: Told) -> None:
    walk.register("lin", told["drafted"], **_details(told))


def _assign(walk: Walk, told: Told) -> None:
    day = told["assigned"]
    walk.register("sun", day - A_DAY, **_details(told))
    walk.do(Action.ASSIGN, "sun", day)
    notice = walk.notice(NoticeKind.N0, "assigned", f"round-1-{day}", day)
    walk.sign(notice, "sun", day)


def _acknowledge(walk: Walk, told: Told) -> None:
    walk.do(Action.ACKNOWLEDGE, walk.unit, told["acknowledged"])


def _plan(walk: Walk, told: Told) -> None:
    day = told["planned"]
    default = [
        {"text": "制定方案，完成清理和设施建设。"},
        {"text": "建立日常巡查和长效管护机制。"},
    ]
    start = told["assigned"]
    rows = [{"start": start, "deadline": walk.issue.deadline} | row
            for row in told.get("measures", default)]  # fmt: skip
    walk.plan(day, [{k: _sent(v) for k, v in row.items()} for row in rows])


def _sent(value: Any) -> str:
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _approve(walk: Walk, told: Told) -> None:
    walk.do(Action.APPROVE_PLAN, "liulead", told["approved"], opinion="措施可行,同意实施。")
    walk.prove(walk.unit, told["approved"], EvidenceKind.BEFORE)


def _report(walk: Walk, told: Told) -> None:
    """The last report of a ticket that goes on to its acceptance says that all is done."""
    days = told["report"]
    for place, day in enumerate(days, start=1):
        is_last = place == len(days)
        done = is_last and "claimed" in told
        text = "整改措施已全部完成。" if done else f"第{place}次进展填报：正按方案推进。"
        text = dict(enumerate(told.get("texts", ()), start=1)).get(place) or text
        walk.report(day, text, done=done, values=tuple(told.get("values", ())) if is_last else ())
        walk.prove(walk.unit, day, EvidenceKind.AFTER if done else EvidenceKind.DURING)
        walk.confirm(day + A_DAY)


def _send_back(walk: Walk, told: Told) -> None:
    walk.send_back(**told["sent_back"])


def _judge(walk: Walk, told: Told) -> None:
    walk.judge(told["judged"]["on"], told["judged"]["verdict"], told["judged"]["reason"])


def _pending(walk: Walk, told: Told) -> None:
    text = "本月已清理到48户，回收点正在建设。"
    walk.report(told["pending"], text, values=tuple(told["pending_values"]))


def _remind(walk: Walk, told: Told) -> None:
    day = told["reminded"]
    walk.sign(walk.notice(NoticeKind.N1, "first_yellow", "round-1", day), "sun", day)


def _extend(walk: Walk, told: Told) -> None:
    asked = told["extension"]
    walk.do(
        Action.REQUEST_EXTENSION,
        walk.leader,
        asked["on"],
        cause=asked["cause"],
        progress=asked["progress"],
        deadline=asked["deadline"].isoformat(),
    )


def _claim(walk: Walk, told: Told) -> None:
    day = told["claimed"]
    walk.prove(walk.unit, day, EvidenceKind.COMPLETION)
    walk.do(Action.REQUEST_ACCEPTANCE, walk.leader, day, text="各项措施已完成，申请验收。")


def _pass(walk: Walk, told: Told) -> None:
    walk.do(Action.PASS_FIRST_ACCEPTANCE, "liulead", told["passed"], opinion="初验合格。")


def _return(walk: Walk, told: Told) -> None:
    walk.do(
        Action.RETURN_ACCEPTANCE, "liulead", told["returned"], code="3", ground="substance",
        reason="植被恢复面积不足，效果未达标。",
    )  # fmt: skip


def _duty(walk: Walk, told: Told) -> None:
    walk.report(told["duty"], "本季度巡护正常,未发现反弹。")
    walk.confirm(told["duty"] + A_DAY)


def _instruct(walk: Walk, told: Told) -> None:
    said = told["instructed"]
    unit = {} if said.get("to") == "office" else {"unit": SIDES[told["side"]][0]}
    due_on = said["due_on"].isoformat()
    walk.do(Action.INSTRUCT, "zhao", said["on"], text=said["text"], due_on=due_on, **unit)
    if "answered" in said:
        walk.do(Action.REPLY_INSTRUCTION, walk.leader, said["answered"], text=said["answer"])


def _look_back(walk: Walk, told: Told) -> None:
    for said in told["lookbacks"]:
        if "visited" in said:
            walk.visit(said["visited"], said["text"])
            continue
        walk.do(
            Action.PLAN_LOOKBACK, "sun", said["on"], planned_on=said["planned"].isoformat(),
            reason=said["reason"], inspector=said["inspector"],
        )  # fmt: skip


def _merge(walk: Walk, told: Told) -> None:
    told = told["merged"]
    into = db.session.scalars(select(Issue.number).where(Issue.title == told["into"])).one()
    walk.do(Action.MERGE, "zhou", told["on"], into=into, reason=told["reason"])


def _withdraw(walk: Walk, told: Told) -> None:
    told = told["withdrawn"]
    walk.do(Action.WITHDRAW, "zhou", told["on"], reason=told["reason"])


def _measure(walk: Walk, told: Told) -> None:
    """A target with its readings: the last step, known on the day of the example."""
    for said in told["measured"]:
        fields = {"targets": [said["target"]]}
        walk.do(Action.AMEND, "sun", EXAMPLE_DAY, fields=fields, reason="按验收标准登记目标")
        walk.read(said["target"], said["told"])


STEPS: dict[str, Callable[[Walk, Told], None]] = {
    "drafted": _draft,
    "assigned": _assign,
    "acknowledged": _acknowledge,
    "planned": _plan,
    "approved": _approve,
    "report": _report,
    "sent_back": _send_back,
    "judged": _judge,
    "pending": _pending,
    "extension": _extend,
    "reminded": _remind,
    "claimed": _claim,
    "passed": _pass,
    "returned": _return,
    "checked": lambda walk, told: walk.check(told["checked"]),
    "agreed": lambda walk, told: walk.agree(told["agreed"]),
    "closed": lambda walk, told: walk.do(Action.CLOSE, "sun", told["closed"]),
    "duty": _duty,
    "pressed": answers.press,
    "red_card": answers.card,
    "instructed": _instruct,
    "summoned": papers.summon,
    "lookbacks": _look_back,
    "merged": _merge,
    "withdrawn": _withdraw,
    "measured": _measure,
}
"""In the order of the chain: a ticket takes the steps it has a day for."""
