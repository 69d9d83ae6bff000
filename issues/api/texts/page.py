"""A text into drafts; writes nothing."""

from datetime import date
from decimal import Decimal
from typing import Annotated

from flask import Blueprint, Response

from issues.act_fields import Field, optional
from issues.act_fields.details import read_details
from issues.api.door import sent
from issues.api.door.answers import acting, cut
from issues.api.openapi import bodies
from issues.api.openapi.components import Listing
from issues.api.openapi.described import describes
from issues.ground.shape import Shape
from issues.rights.table import Right
from issues.texts import kept
from issues.texts.record import Draft
from issues.vocabulary import ProblemType, Source
from issues.web.door.guards import requires

blueprint = Blueprint("texts", __name__)
FIELDS = (
    Field("text", "long_text", "文件的文字，一行一段，表格各栏以制表符分隔", limit=kept.LONGEST),
    optional("source", "choice", "问题来源", choices=tuple(Source.choices())),
)


class TextGuess(Shape, heading="推断"):
    field: Annotated[str, "推断的内容"]
    because: Annotated[str, "依据"]


class TextMeasure(Shape, heading="识别的措施"):
    text: Annotated[str, "措施内容"]
    unit: Annotated[str | None, "责任单位代码"]
    deadline: Annotated[date | None, "完成时限"]
    deadline_text: Annotated[str, "时限（原文）"]
    target: Annotated[Decimal | None, "目标值"]
    unit_of_target: Annotated[str, "计量单位"]


class TextDraft(Shape, heading="识别的事项"):
    title: Annotated[str, "标题"]
    problem: Annotated[str, "存在问题"]
    paragraph: Annotated[list[int], "所在段落，起和止"]
    goal: Annotated[str, "整改目标"]
    region: Annotated[str, "行政区域"]
    township: Annotated[str, "乡镇（街道）、村的代码，未写明的为空"]
    types: Annotated[list[ProblemType], "问题类型"]
    measures: Annotated[list[TextMeasure], "整改措施"]
    deadline: Annotated[date | None, "整改时限"]
    deadline_text: Annotated[str, "整改时限（原文）"]
    units: Annotated[list[str], "单位代码，主责在先"]
    guesses: Annotated[list[TextGuess], "推断的内容和依据"]


@blueprint.post("/texts/read")
@describes(
    "文件识别", "把反馈意见、整改方案、工作要点的文字识别为事项草稿，不写入",
    answer=Listing(TextDraft), body=bodies.confirmable(bodies.of_fields(FIELDS)),
)  # fmt: skip
@requires(Right.READ_TEXTS)
@acting
def read() -> Response:
    body = sent.body()
    said = read_details(FIELDS, body, None)
    words = kept.cleaned(sent.as_sent("text"))
    source = Source(said["source"]) if said["source"] else None
    return cut(list(kept.read_words(words, source).drafts), _shape)


def _shape(draft: Draft) -> TextDraft:
    return TextDraft(
        title=draft.title,
        problem=draft.problem,
        paragraph=[draft.first, draft.last],
        goal=draft.goal,
        region=draft.region,
        township=draft.township,
        types=draft.types,
        measures=[
            TextMeasure(
                text=one.text, unit=one.unit or None, deadline=one.deadline,
                deadline_text=one.deadline_text, target=one.target,
                unit_of_target=one.unit_of_target,
            )
            for one in draft.measures
        ],
        deadline=draft.deadline,
        deadline_text=draft.deadline_text,
        units=draft.units,
        guesses=[TextGuess(field=one.field, because=one.because) for one in draft.guesses],
    )  # fmt: skip
