"""The example's county with a centre: what the city delegated to it, and what came of that."""

from datetime import date

from sqlalchemy import select

from auth.models import Unit
from config import EXAMPLE_DAY
from extensions import db
from issues.models import CountyTask, Issue, Notice
from issues.notices import drafting
from issues.territory import rounds
from issues.vocabulary import Action, CountyRoundAct, NoticeKind
from seed import city
from seed.walk import Scene, Walk

UNITS = "county_units.csv"
FIRST_NUMBER = 90
"""Behind the numbers of the walks: a walk's minutes of the day hang on it."""
HUACHENG, SANJIANG = "511902-104", "511902-107"
FARM, LEAK = "示例：化成镇养殖场粪污还田不规范", "示例：三江镇垃圾中转站渗滤液渗漏"
REASON = "属地问题，交巴州区指挥中心督办。"


def add_units() -> dict[str, Unit]:
    """The centre and two townships by code. Never commits."""
    return city.add_units(UNITS)


def drive(scene: Scene) -> None:
    """Two tickets on their way in the county. Never commits."""
    farm, leak = _walk(scene, FARM, 0), _walk(scene, LEAK, 1)
    _late_and_answered(farm)
    _frozen_round(farm)
    _proposed(farm)
    _reminded(leak)
    rounds.open_on(EXAMPLE_DAY, scene.cast["luo"], leak.at(EXAMPLE_DAY))


def _walk(scene: Scene, title: str, place: int) -> Walk:
    walk = Walk(scene, FIRST_NUMBER + place, "chen", "chenlead")
    walk.issue = db.session.scalars(select(Issue).where(Issue.title == title)).one()
    return walk


def _hand(walk: Walk, on: date, unit: str, text: str, due_on: date) -> int:
    walk.do(Action.HAND_TASK, "luo", on, unit=unit, text=text, due_on=due_on.isoformat())
    rows = select(CountyTask.id).where(CountyTask.issue_id == walk.issue.id)
    return db.session.scalars(rows.order_by(CountyTask.id.desc()).limit(1)).one()


def _late_and_answered(walk: Walk) -> None:
    """One task is answered and waits to be confirmed, the other is late."""
    on = date(2025, 11, 20)
    walk.do(Action.DELEGATE, "sun", on, reason=REASON)
    text = "逐户核实储粪池容积，登记不足的户数和缺口。"
    _hand(walk, on, HUACHENG, text, date(2025, 11, 22))
    text = "走访下游农灌渠沿线农户，了解水体发黑的时段。"
    task = _hand(walk, on, SANJIANG, text, date(2025, 11, 24))
    answer = "已走访沿线农户12户，水体发黑集中在雨后两日内。"
    walk.do(Action.ANSWER_TASK, "san", date(2025, 11, 23), task=task, text=answer)


def _frozen_round(walk: Walk) -> None:
    """The county presses what is late in it; its head freezes the board and signs its 通报."""
    on, luo, ma = date(2025, 11, 24), walk.scene.cast["luo"], walk.scene.cast["ma"]
    opened = rounds.open_on(on, luo, walk.at(on))
    for item in opened.items:
        given = {"number": item.issue.number, "text": "本周内报送储粪池核实结果。"}
        rounds.decide(opened.id, CountyRoundAct.PRESS, luo, given, walk.at(on))
    rounds.close(opened.id, ma, walk.at(on))
    bulletin = select(Notice).where(
        Notice.trigger == drafting.COUNTY_ROUND, Notice.occurrence == str(opened.id)
    )
    walk.sign(db.session.scalars(bulletin).one(), "ma", on)


def _reminded(walk: Walk) -> None:
    """The centre reminds the county of a red one under its own letterhead."""
    walk.do(Action.DELEGATE, "sun", EXAMPLE_DAY, reason=REASON)
    text = "每日巡查渗滤液收集池，有外溢立即报告。"
    _hand(walk, EXAMPLE_DAY, SANJIANG, text, date(2025, 11, 28))
    luo, at = walk.scene.cast["luo"], walk.at(EXAMPLE_DAY)
    paper = drafting.draft_by_hand(NoticeKind.N1, [walk.issue.number], luo, at)
    walk.sign(paper, "ma", EXAMPLE_DAY)


def _proposed(walk: Walk) -> None:
    """Of two proposals to list it the city declined one and owes the other an answer."""
    on, reason = date(2025, 11, 24), "县级调度已督促，储粪池核实结果仍未报送，请市里挂牌督促。"
    walk.do(Action.PROPOSE_CARD, "luo", on, colour="red", reason=reason)
    answer = "先由县里限期催办至11月25日，未见效再挂牌。"
    walk.do(Action.DECLINE_PROPOSAL, "sun", on, reason=answer)
    reason = "限期催办到期，储粪池核实结果仍未报送，再次请市里挂牌。"
    walk.do(Action.PROPOSE_CARD, "luo", EXAMPLE_DAY, colour="red", reason=reason)
