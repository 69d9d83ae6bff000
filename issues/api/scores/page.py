"""Scores over the API: the page's figures and points, and the same acts."""

from collections import defaultdict

from flask import Blueprint, Response

from issues.act_fields import Field
from issues.act_fields.details import read_details
from issues.api.door import sent
from issues.api.door.answers import acting, shaped
from issues.api.openapi import bodies
from issues.api.openapi.described import describes
from issues.api.scores import shapes
from issues.ground import clock
from issues.queries.scores import figures, points
from issues.rights.table import Right
from issues.rules.scores.figures import spelled
from issues.scores import appeals, publishing
from issues.scores.appealing import APPEAL, REASON
from issues.web.door.guards import actor, requires
from issues.web.scores.page import asked

blueprint = Blueprint("scores", __name__)
TAG = "考核"
ASKED = {
    "year": ("integer", "年度，缺省为今年"),
    "quarter": ("integer", "季度，1到4；缺省为全年"),
}
PUBLISH = (Field("year", "integer", "年度"), Field("quarter", "integer", "季度"))


@blueprint.get("/scores")
@describes(TAG, "各单位的得分和每一分，单位只见本单位", answer=shapes.Scores, query=ASKED)
@requires(Right.SCORES)
def index() -> Response:
    sent.refuse_unknown(ASKED)
    period = asked()
    found = figures.figures(period, actor())
    lines: dict[str, list[shapes.ScorePoint]] = defaultdict(list)
    for line in points.all_points(period, actor()):
        lines[line.entry.unit.code].append(_point(line))
    units = [
        shapes.ScoredUnit.of(one, unit=one.code, points=lines[one.code]) for one in found.units
    ]
    published = found.published
    return shaped(
        shapes.Scores(
            year=period.year,
            quarter=period.quarter,
            units=units,
            formula=figures.FORMULA,
            version=found.version,
            published_at=published.published_at if published else None,
            sha256=published.sha256 if published else None,
        )
    )


@blueprint.post("/scores/<int:entry_id>/actions/appeal")
@describes(
    TAG, "单位负责人对本单位的一分提出申诉", answer=shapes.ScorePoint,
    body=bodies.confirmable(bodies.of_fields(APPEAL)),
)  # fmt: skip
@requires(Right.APPEAL_SCORE)
@acting
def appeal(entry_id: int) -> Response:
    said = read_details(APPEAL, sent.body(), points.one_point(entry_id, actor()).entry.issue)
    files = [one.id for one in said["evidence"] or []]
    appeals.appeal(entry_id, actor(), said["text"], files, clock.now())
    return shaped(_point(points.one_point(entry_id, actor())))


@blueprint.post("/scores/<int:entry_id>/actions/uphold")
@describes(
    TAG, "裁定申诉成立，恢复这一分", answer=shapes.ScorePoint,
    body=bodies.confirmable(bodies.of_fields((REASON,))),
)  # fmt: skip
@requires(Right.RULE_SCORE)
@acting
def uphold(entry_id: int) -> Response:
    return _ruled(entry_id, is_upheld=True)


@blueprint.post("/scores/<int:entry_id>/actions/reject")
@describes(
    TAG, "裁定申诉不成立", answer=shapes.ScorePoint,
    body=bodies.confirmable(bodies.of_fields((REASON,))),
)  # fmt: skip
@requires(Right.RULE_SCORE)
@acting
def reject(entry_id: int) -> Response:
    return _ruled(entry_id, is_upheld=False)


def _ruled(entry_id: int, *, is_upheld: bool) -> Response:
    said = read_details((REASON,), sent.body(), None)
    appeals.rule(entry_id, actor(), is_upheld=is_upheld, reason=said["reason"], at=clock.now())
    return shaped(_point(points.one_point(entry_id, actor())))


@blueprint.post("/scores/actions/publish")
@describes(
    TAG, "公布一个季度的得分，公布后不再变动", answer=shapes.PublishedQuarter,
    body=bodies.of_fields(PUBLISH),
)  # fmt: skip
@requires(Right.PUBLISH_SCORES)
@acting
def publish() -> Response:
    said = read_details(PUBLISH, sent.body(), None)
    row = publishing.publish(said["year"], said["quarter"], actor(), clock.now())
    return shaped(shapes.PublishedQuarter.of(row))


def _point(line: points.Line) -> shapes.ScorePoint:
    one = line.entry
    exact = {name: spelled(getattr(one, name)) for name in ("base", "share", "weight", "value")}
    return shapes.ScorePoint.of(
        one,
        of_=one.of_id,
        issue=line.number,
        event=one.event_id,
        because=one.reason or one.because,
        state=line.state,
        **exact,
    )
