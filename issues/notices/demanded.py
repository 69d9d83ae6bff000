"""What an answer to each kind of notice has to hold: as its paper demands, in one table."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from auth.actor import Actor
from issues.act_fields import Field, optional
from issues.act_fields.field import COMING
from issues.evidence.intake.proof import FileType
from issues.ground.refusals import Incomplete
from issues.models import Evidence
from issues.notices.receipts.points import POINTS, sentence_of, words_of
from issues.rules.dates.bounds import from_today
from issues.rules.dates.days import written
from issues.vocabulary import EvidenceKind, NoticeKind, Role


class Answer(NamedTuple):
    """`signed_by`: whose answer it is, "" for anybody's of the unit; then its leader answers.

    `plan`: what the dated plan is called, "" for none. `proof`: what is to be attached, the same;
    one of the files is a report then. `words`: how many its text has beside stock phrases.
    """

    signed_by: str = ""
    plan: str = ""
    proof: str = ""
    words: int = 0


ANSWERS: dict[NoticeKind, Answer] = {
    NoticeKind.N1: Answer(),
    NoticeKind.N2: Answer("单位分管负责同志", plan="赶上进度的措施"),
    NoticeKind.N3: Answer("单位主要负责同志", plan="追赶计划", proof="反馈表和佐证材料", words=20),
    NoticeKind.N4: Answer("单位主要负责同志", proof="整改落实情况报告", words=20),
    NoticeKind.N6: Answer("单位主要负责同志", plan="挂牌整改方案"),
}
_PLAN = (
    Field("text", "long_text", "措施", limit=500),
    Field("person", "text", "责任人", limit=40),
    Field("due", "date", "完成日期", when=COMING),
)
_CHOOSE = "事项下已上传的材料，勾选后随答复报送"
REPORTS = (EvidenceKind.PLAN, EvidenceKind.COMPLETION, EvidenceKind.OTHER)
REPORT_TYPES = (FileType.PDF, FileType.DOCX)
_REPORT = (
    f"其中至少一份由主要负责同志签字的PDF或DOCX，种类为{'、'.join(k.label for k in REPORTS)}，"
    "在本文书签发后上传或随答复上传，照片和以前的材料不能代替"
)


def answer_to(kind: NoticeKind) -> Answer:
    return ANSWERS.get(kind, Answer())


def fields_of_answer(kind: NoticeKind) -> tuple[Field, ...]:
    """The form, and what the door checks."""
    asked = answer_to(kind)
    hint = (
        f"写明采取了哪些措施、完成到什么程度，不少于{asked.words}字；"
        "只写“已整改”“已完成”“属实”“同意”的不予受理"
    )
    said = hint if asked.words else ""
    found = [Field("text", "long_text", "答复内容", limit=5000, least=asked.words, hint=said)]
    if asked.plan:
        sentence = f"请逐项写明{asked.plan}、责任人和完成日期"
        found.append(Field("plan", "rows", asked.plan, fields=_PLAN, asks=sentence))
    if asked.proof:
        sentence = f"请附{asked.proof}"
        found.append(
            Field(
                "evidence",
                "names",
                "佐证材料",
                asks=sentence,
                hint=f"{sentence}，{_REPORT}；{_CHOOSE}",
            )
        )
    else:
        found.append(optional("evidence", "names", "佐证材料", hint=_CHOOSE))
    return (*found, POINTS)


def may_sign_answer(actor: Actor, kind: NoticeKind) -> bool:
    """Where the paper wants a leader of the unit, the leader's own account answers."""
    return not answer_to(kind).signed_by or Role.UNIT_LEADER in actor.roles


def whose_answer(kind: NoticeKind) -> str:
    return f"{kind.label}须由{answer_to(kind).signed_by}答复，请由单位负责人的账号提交。"


def whole_text(values: Mapping[str, Any], kind: NoticeKind) -> str:
    """The answer with its points and its plan, as it is kept and shown."""
    plan = values.get("plan") or []
    lines = [
        f"{number}. {row['text'].rstrip('。；')}（责任人：{row['person']}，"
        f"完成日期：{written(row['due'])}）"
        for number, row in enumerate(plan, 1)
    ]
    points = values.get("points") or []
    text = [] if values["text"] == told_by(points) else [values["text"]]
    plans = [f"{answer_to(kind).plan}："] if lines else []
    return "\n".join([*map(sentence_of, points), *text, *plans, *lines])


def told_by(points: Sequence[Mapping[str, Any]]) -> str:
    """What stands for the text of an answer that has none beside its points."""
    return words_of(points) or "\n".join(map(sentence_of, points))


def plain(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, str]]:
    """The plan as the history keeps it."""
    return [
        {"text": row["text"], "person": row["person"], "due": row["due"].isoformat()}
        for row in rows
    ]


def refuse_unfit(
    kind: NoticeKind,
    values: Mapping[str, Any],
    files: Iterable[Evidence],
    *,
    signed_at: datetime,
    today: date,
) -> None:
    """A plan is of days to come, a report is of the time since the paper. Raises Incomplete."""
    bound = from_today("完成日期", today)
    wrong = {
        f"plan.{place}.due": [said]
        for place, row in enumerate(values.get("plan") or [])
        if (said := bound.why_not(row["due"]))
    }
    proof = answer_to(kind).proof
    if proof and not any(_may_report(file, signed_at) for file in files):
        wrong["evidence"] = [f"请附{proof}，{_REPORT}"]
    if wrong:
        raise Incomplete(wrong)


def _may_report(file: Evidence, signed_at: datetime) -> bool:
    """Whether the file can be the report the paper demands; what stands in it nobody reads here."""
    return (
        file.kind in REPORTS
        and file.media_type in {one.media_type for one in REPORT_TYPES}
        and file.uploaded_at >= signed_at
    )
