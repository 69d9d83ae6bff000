"""The claims of a paper, proven without the product's table: from history, and rows acts leave.

Beside each proof stands how the claim is read on a page, and sentences that make it.
"""

import re

from pressed import noon
from sqlalchemy import select

from extensions import db
from issues.models import (
    AssessmentRound,
    Card,
    Event,
    Exposure,
    Extension,
    IssueFiring,
    Measure,
    Notice,
    NoticeIssue,
    Objection,
    SiteCheck,
)
from issues.notices.page.document import texts
from issues.vocabulary import Action, NoticeStatus, Status

TODAY = noon("2025-11-25")
BACK = {Action.RETURN_ACCEPTANCE, Action.RETURN_CLOSURE}


def did(issue, *actions, after=None):
    """Whether the history of the ticket tells one of these acts, in the running round."""
    rows = db.session.scalars(
        select(Event).where(Event.subject == "ticket", Event.subject_id == issue.id)
    )
    return any(e.action in actions and (after is None or e.after == after) for e in rows)


def fired(*rules):
    def proof(issue):
        rows = select(IssueFiring).where(
            IssueFiring.issue_id == issue.id, IssueFiring.since <= TODAY.date()
        )
        return any(row.rule.value.startswith(rules) for row in db.session.scalars(rows))

    return proof


def carded(colour=None, *, standing=True):
    def proof(issue):
        rows = select(Card).where(Card.issue_id == issue.id)
        rows = rows.where(Card.lifted_on.is_(None)) if standing else rows
        found = {row.colour for row in db.session.scalars(rows)}
        return bool(found) if colour is None else colour in found

    return proof


def either(*proofs):
    return lambda issue: any(proof(issue) for proof in proofs)


def told_before(issue):
    return {
        notice.number: notice
        for notice in db.session.scalars(
            select(Notice).join(NoticeIssue, NoticeIssue.notice_id == Notice.id).where(
                NoticeIssue.issue_id == issue.id, Notice.status == NoticeStatus.SIGNED
            )
        )
    }  # fmt: skip


def checked(issue):
    rows = select(SiteCheck).where(SiteCheck.issue_id == issue.id)
    return any(row.conclusion.value == "pass" for row in db.session.scalars(rows))


def returned(issue):
    return did(issue, *BACK) or did(issue, Action.RECORD_SITE_CHECK, after="rectifying")


def struck_off(issue):
    return issue.status.value in {"closed", "standing"} and did(
        issue, Action.CLOSE, Action.APPROVE_CLOSURE
    )


def has(model):
    return lambda issue: bool(db.session.scalars(select(model).filter_by(issue_id=issue.id)).all())


def closed_rounds():
    return db.session.scalars(
        select(AssessmentRound).where(AssessmentRound.closed_on.is_not(None))
    ).all()


def all_done(issue):
    rows = db.session.scalars(
        select(Measure).where(
            Measure.issue_id == issue.id, Measure.dropped_at.is_(None),
            Measure.round == issue.round,
        )
    ).all()  # fmt: skip
    return bool(rows) and all(row.is_done for row in rows)


def published(issue):
    """Approved into publicity, and closed since or its last day gone."""
    went = did(issue, Action.APPROVE_CLOSURE, after="publicity")
    is_over = issue.status.value in {"closed", "standing"} or (
        issue.publicity_until is not None and issue.publicity_until < TODAY.date()
    )
    return went and is_over


def long_red(issue):
    rows = select(Card).where(Card.issue_id == issue.id, Card.lifted_on.is_(None))
    return any(
        row.colour == "red" and (TODAY.date() - row.raised_on).days >= 60
        for row in db.session.scalars(rows)
    )


def sent_back(issue, status):
    """From the step of that status, as the history tells it."""
    rows = db.session.scalars(
        select(Event).where(Event.subject == "ticket", Event.subject_id == issue.id)
    )
    back = {*BACK, Action.RECORD_SITE_CHECK}
    step = (status.value, "rectifying")
    return any(e.action in back and (e.before, e.after) == step for e in rows)


def never(_issue):
    return False


PROOFS = {
    "已交办": ("现将.*交办你单位", lambda issue: did(issue, Action.ASSIGN)),
    "触发黄色规则": ("黄色(?:预警|督办)情形", fired("Y")),
    "触发红色规则": ("红色(?:预警|督办)情形", fired("R")),
    "现挂黄牌": ("触发黄牌督办情形|现挂黄牌", carded("yellow")),
    "现挂红牌": ("触发红牌督办情形|现挂红牌", carded("red")),
    "挂过黄牌": ("已挂黄牌", carded("yellow", standing=False)),
    "挂过红牌": ("已挂红牌", carded("red", standing=False)),
    "黄牌督办的情形": ("现予以黄牌督办", either(carded(), fired("Y", "R"))),
    "红牌督办的情形": ("现予以红牌督办", either(carded("red"), fired("R"))),
    "推进不力": ("推进不力", either(carded(), fired("Y", "R"))),
    "已逾期": ("整改工作已逾期", fired("R1", "R3", "R4", "Y3", "Y4", "Y6")),
    "已申请验收": ("提交的验收申请", lambda issue: did(issue, Action.REQUEST_ACCEPTANCE)),
    "验收退回": ("未予通过|退回继续整改", returned),
    "初验": (
        "经初验(?!、现场核查、公示后)|通过初验(?!后|即)",
        lambda issue: did(issue, Action.PASS_FIRST_ACCEPTANCE),
    ),
    "现场核查": ("经[^。，]*现场核查(?!通过后)(?!、公示后)", checked),
    "审定": ("经[^。，]*审定", lambda issue: did(issue, Action.APPROVE_CLOSURE)),
    "公示": (
        "经[^。，]*公示(?!后)",
        lambda i: did(i, Action.APPROVE_CLOSURE, after="publicity")
        and not did(i, Action.UPHOLD_OBJECTION),
    ),
    "销号": ("予以销号|符合销号条件", struck_off),
    "摘牌": ("解除红牌|解除黄牌|符合摘牌条件", lambda issue: did(issue, Action.LIFT_CARD)),
    "虚假整改或反弹": ("(?:查实|存在)(?:虚假整改|反弹)", fired("R6")),
    "通报曝光": ("被[^。，]*(?:通报|曝光)", has(Exposure)),
    "移交的线索": ("发现[^。，]*线索|现将有关线索", never),
    "此前未印发文书": ("此前未就该问题印发", lambda issue: not told_before(issue)),
    "此前已印发文书": ("此前已于", lambda issue: bool(told_before(issue))),
    "督办未回应": ("(?:至今|仍)未(?:签收|答复|反馈)", fired("Y6", "R4")),
    "督办次数": ("第二次督办", lambda issue: bool(told_before(issue))),
    "逾期天数": (r"已逾期\d+天(?!，)", never),
    "滞后幅度": (r"滞后99个百分点", never),
    "已调度": ("进行了调度", lambda _issue: bool(closed_rounds())),
    "引用的文号": ("巴环委办督〔2025〕999号", never),
    "整改完成": ("已完成整改", lambda issue: all_done(issue) or did(issue, Action.APPROVE_CLOSURE)),
    "通过验收": ("已通过验收", lambda issue: did(issue, Action.APPROVE_CLOSURE)),
    "公示期满": ("公示期已满", published),
    "公示无异议": ("公示期间无异议", lambda issue: published(issue) and not has(Objection)(issue)),
    "已签收": ("已签收", lambda issue: any(n.acknowledged_at for n in told_before(issue).values())),
    "已答复": ("已书面答复", lambda issue: any(n.replied_at for n in told_before(issue).values())),
    "已约谈": ("已约谈", never),
    "延期未获批准": ("延期申请未获批准", never),
    "经批准延期": ("已同意延期", never),
    "申请过延期": ("已提出延期申请", has(Extension)),
    "回头看通过": ("回头看合格", never),
    "回头看未通过": ("回头看不合格", never),
    "做过回头看": ("已开展回头看", never),
    "整改时限": ("限[为]?2099年12月31日", never),
    "已填报进展": ("已填报进展", lambda issue: did(issue, Action.REPORT_PROGRESS)),
    "已报方案": ("已报送整改方案", lambda issue: did(issue, Action.SUBMIT_PLAN)),
    "显示黄色": ("转为黄色", either(fired("Y"), carded("yellow"))),
    "显示红色": ("(?<!转)为红色", either(fired("R"), carded("red"))),
    "挂牌天数": ("牌督办已满90天", never),
    "完成比例": ("完成率99%", never),
    "挂牌督办的情形": ("(?!实)实行", either(long_red, fired("R5", "R6"))),
    "已挂牌督办": ("已实行挂牌督办", never),
    "初验未通过": ("初验未通过", lambda issue: sent_back(issue, Status.FIRST_ACCEPTANCE)),
    "现场核查未通过": ("现场核查未通过", lambda issue: sent_back(issue, Status.SITE_CHECK)),
    "立案处罚": ("已立案", never),
    "问责处理": ("已被问责", never),
    "移交处理": ("已移交纪检", never),
    "做过现场核查": ("(?:进行|开展)了现场核查", has(SiteCheck)),
    "措施项数": (r"共有整改措施99项", never),
    "完成数量": (r"已完成99项", never),
    "未完成数量": (r"99项措施未完成", never),
    "目标数量": (r"目标99处", never),
    "事项来源": ("由中央督察交办", never),
    "事项位置": ("位于南江县", never),
    "主责单位": ("主责单位为市公安局", never),
    "牵头单位": ("牵头单位为市公安局", never),
    "责任单位": ("(?<!主)责任单位为市公安局", never),
    "验收单位": ("验收单位为市公安局", never),
    "包案领导": ("包案领导为无此人", never),
    "到期日": ("将于2099年12月31日到期", never),
    "到期天数": ("还剩9999天到期", never),
    "约谈时间": ("时间：另行通知", never),
    "约谈地点": ("地点：(?!另行通知)", never),
    "约谈人": ("约谈人：(?!另行通知)", never),
    "参加人员": ("参加人员：(?!另行通知)", never),
}
"""By the claim: how it is read on a page here, and its proof. What only a person knows has none."""


def figures(issue, text):
    """The sentences with figures of the record that are not as the rows tell."""
    measures = db.session.scalars(
        select(Measure).where(
            Measure.issue_id == issue.id, Measure.dropped_at.is_(None),
            Measure.round == issue.round,
        )
    ).all()  # fmt: skip
    done = sum(measure.is_done for measure in measures)
    expected = {
        r"处于(.+?)阶段": {issue.status.label},
        r"共有整改措施(\d+)项": {str(len(measures))},
        r"经确认完成(\d+)项": {str(done)} if done else set(),
        r"（([RY]\d)），自": {
            row.rule.value for row in db.session.scalars(
                select(IssueFiring).where(IssueFiring.issue_id == issue.id)
            )
        },
        r"印发[^（]*（(.+?号)）": set(told_before(issue)),
        r"\d日挂(红|黄)牌，理由": {
            {"red": "红", "yellow": "黄"}[row.colour] for row in db.session.scalars(
                select(Card).where(Card.issue_id == issue.id, Card.lifted_on.is_(None))
            )
        },
    }  # fmt: skip
    return [
        f"{pattern}: {said}"
        for pattern, known in expected.items()
        for said in re.findall(pattern, text)
        if said not in known
    ]


def faults_of(document, issue):
    """What the page says happened and no row tells."""
    text = "\n".join(text for place, text in texts(document) if place in {"标题", "正文"})
    found = [
        name
        for name, (pattern, proof) in PROOFS.items()
        if re.search(pattern, text) and not proof(issue)
    ]
    return found + figures(issue, text)


ELSEWHERE = {
    "显示绿色", "没有进展", "方案未获批准",
    "未批准延期", "未报方案", "未填报进展", "未申请验收", "通报数字", "连续和排名", "约谈安排未定",
}  # fmt: skip
"""Denials, and what a bulletin or a summons alone says: proven in `test_wordings` and
`test_told_otherwise`."""
SAID = {
    "做过现场核查": ["我办进行了现场核查。"],
    "措施项数": ["共有整改措施99项。"],
    "完成数量": ["已完成99项。"],
    "未完成数量": ["99项措施未完成。"],
    "目标数量": ["目标99处。"],
    "事项来源": ["由中央督察交办。"],
    "事项位置": ["位于南江县。"],
    "主责单位": ["主责单位为市公安局。"],
    "牵头单位": ["牵头单位为市公安局。"],
    "责任单位": ["责任单位为市公安局。"],
    "验收单位": ["验收单位为市公安局。"],
    "包案领导": ["包案领导为无此人。"],
    "到期日": ["将于2099年12月31日到期。"],
    "到期天数": ["还剩9999天到期。"],
    "整改时限": ["整改时限为2099年12月31日。", "请在整改期限2099年12月31日前完成整改。"],
    "已填报进展": ["你单位已填报进展。"],
    "已交办": ["现将有关事项交办你单位。"],
    "触发黄色规则": ["整改工作已出现黄色预警情形。"],
    "触发红色规则": ["整改工作已触发红色督办情形，望抓紧。"],
    "现挂黄牌": ["已触发黄牌督办情形。", "该事项现挂黄牌。"],
    "现挂红牌": ["已触发红牌督办情形。", "该事项现挂红牌，将按规定约谈。"],
    "挂过黄牌": ["该事项已挂黄牌。"],
    "挂过红牌": ["该事项已挂红牌。"],
    "黄牌督办的情形": ["根据规定，现予以黄牌督办。"],
    "红牌督办的情形": ["现予以红牌督办，有关事项通知如下。"],
    "推进不力": ["因整改推进不力，决定约谈。"],
    "已逾期": ["整改工作已逾期，将按规定予以约谈。"],
    "已申请验收": ["你单位提交的验收申请已收悉。"],
    "验收退回": ["你单位提交的验收申请经审核未予通过，退回继续整改。"],
    "初验": ["经初验、现场核查、审定和公示，该事项符合销号条件。", "该事项已通过初验。"],
    "现场核查": ["经初验、现场核查、审定和公示，该事项符合销号条件。"],
    "审定": ["经初验、现场核查、审定和公示，该事项符合销号条件。"],
    "公示": ["经初验、现场核查、审定和公示，该事项符合销号条件。"],
    "销号": ["该事项符合销号条件，予以销号。"],
    "摘牌": ["该事项符合摘牌条件，解除红牌。"],
    "虚假整改或反弹": ["经查实虚假整改。", "该事项存在反弹。"],
    "通报曝光": ["该问题被省级媒体曝光。"],
    "移交的线索": ["发现有关责任单位涉嫌履职不力问题线索。", "现将有关线索移交你单位。"],
    "此前未印发文书": ["此前未就该问题印发督办文书。"],
    "此前已印发文书": ["此前已于2025年9月2日印发提示函。"],
    "督办未回应": ["你单位至今未答复。"],
    "督办次数": ["这是第二次督办。"],
    "逾期天数": ["已逾期999天。"],
    "滞后幅度": ["滞后99个百分点。"],
    "已调度": ["对全市进行了调度。"],
    "引用的文号": ["巴环委办督〔2025〕999号已有要求。"],
    "整改完成": ["该事项已完成整改。"],
    "通过验收": ["该事项已通过验收。"],
    "公示期满": ["公示期已满。"],
    "公示无异议": ["公示期间无异议。"],
    "已签收": ["你单位已签收。"],
    "已答复": ["你单位已书面答复。"],
    "已约谈": ["已约谈你单位。"],
    "延期未获批准": ["延期申请未获批准。"],
    "经批准延期": ["已同意延期。"],
    "申请过延期": ["你单位已提出延期申请。"],
    "回头看通过": ["回头看合格。"],
    "回头看未通过": ["回头看不合格。"],
    "做过回头看": ["已开展回头看。"],
    "显示黄色": ["该事项已转为黄色。"],
    "显示红色": ["该事项为红色。"],
    "挂牌天数": ["黄牌督办已满90天。"],
    "完成比例": ["整改完成率99%。"],
    "已挂牌督办": ["已实行挂牌督办。"],
    "初验未通过": ["初验未通过。"],
    "现场核查未通过": ["现场核查未通过。"],
    "立案处罚": ["已立案查处。"],
    "问责处理": ["有关责任人已被问责。"],
    "移交处理": ["线索已移交纪检监察机关。"],
    "已报方案": ["你单位已报送整改方案。"],
}
