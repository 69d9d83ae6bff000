"""Many rows of a round decided at once: what would become of each, then each by itself.

Each row is its own transaction. What is refused is told at its row and harms no other; the same
form sent twice decides each once.
"""

from collections.abc import Sequence
from typing import NamedTuple

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from issues import once, rounds
from issues.act_fields import Field, optional
from issues.ground import clock
from issues.ground.refusals import Incomplete, Refusal
from issues.models import AssessmentRound, RoundItem
from issues.queries.supervision import room as queries
from issues.rights.table import Right
from issues.supervision.rounds.deciding import (
    DECISIONS,
    LONGEST_REASON,
    Decision,
    faults,
    held_last,
    mark_of,
)
from issues.vocabulary import CARDS, Colour, RoundAct, WorkKind
from issues.web.door import drawing, forms
from issues.web.door.guards import actor, requires
from issues.web.door.once import Kept, digest_of, form_key, once_only, sent_key
from issues.works import asking

blueprint = Blueprint("round_bulk", __name__)
MOST, KEY_PART, DONE = 500, 60, 200
SAMPLE = "预览"
_REASON = Field("reason", "long_text", "理由", limit=LONGEST_REASON, asks="请填写理由")
_COLOUR = Field(
    "colour", "choice", "牌色", choices=tuple((card.value, f"{card.label}牌") for card in CARDS),
    asks="请选择黄牌或红牌",
)  # fmt: skip
FIELDS: dict[RoundAct, tuple[Field, ...]] = {
    RoundAct.CONFIRM: (),
    RoundAct.HOLD: (_REASON,),
    RoundAct.RAISE: (_COLOUR, _REASON, optional("unable", "flag", "认定单位无法按期完成")),
}
NONE_CHOSEN = f"请勾选1至{MOST}件事项。"


class Line(NamedTuple):
    """A row of the choice: `told` is what would become of it, or became; `why` why nothing does."""

    item: RoundItem
    mark: str
    told: str
    why: str


@blueprint.post("/rounds/<int:round_id>/bulk")
@requires(Right.ROUNDS)
def preview(round_id: int) -> ResponseReturnValue:
    """Nothing is kept of it."""
    act, numbers = _act(), list(dict.fromkeys(forms.marked("number")))
    if not 0 < len(numbers) <= MOST:
        raise Incomplete({"number": [NONE_CHOSEN]}, NONE_CHOSEN)
    return _previewed(queries.whole(round_id), act, numbers)


def _act() -> RoundAct:
    act = RoundAct.of(forms.carried("act"))
    if act not in DECISIONS:
        raise Incomplete({"act": ["请选择结论"]}, "请选择结论。")
    return act


def _previewed(
    row: AssessmentRound, act: RoundAct, numbers: Sequence[str], refusal: Incomplete | None = None
) -> ResponseReturnValue:
    chosen = set(numbers)
    lines = _foretold(row, act, [i for i in queries.in_order(row) if i.issue.number in chosen])
    html = render_template(
        "rounds/bulk.html",
        round=row,
        act=act,
        able=[line for line in lines if not line.why],
        unable=[line for line in lines if line.why],
        fields=list(drawing.drawn(FIELDS[act], refusal).values()),
        errors=refusal.errors if refusal else {},
        labels={field.name: field.label for field in FIELDS[act]},
        key=form_key(),
    )
    return html, refusal.status if refusal else 200


def _foretold(row: AssessmentRound, act: RoundAct, items: Sequence[RoundItem]) -> list[Line]:
    """One statement more, however many rows: the words that are not typed yet are taken as good."""
    held = held_last(row)
    told = Decision(act, SAMPLE, Colour.RED.value, is_unable=False)
    found = []
    for item in items:
        wrong = faults(item, told, held) if row.closed_on is None else {"": ["本次调度已结束"]}
        why = "；".join(said for sentences in wrong.values() for said in sentences)
        found.append(Line(item, mark_of(item), _becomes(item, act), why))
    return found


def _becomes(item: RoundItem, act: RoundAct) -> str:
    """What the row is decided as; that it was decided otherwise before is told with it."""
    told = f"挂{Colour(item.computed).label}牌" if act is RoundAct.CONFIRM else act.label
    before = item.decision and item.decision != act.value
    return f"{told}（原为{RoundAct(item.decision).label}）" if before else told


@blueprint.post("/rounds/<int:round_id>/bulk/do")
@requires(Right.ROUNDS)
def do(round_id: int) -> ResponseReturnValue:
    act, row = _act(), queries.whole(round_id)
    asking.refuse_beside(WorkKind.ROUND)
    chosen = dict(raw.rpartition(":")[::2] for raw in forms.marked("row"))
    if not 0 < len(chosen) <= MOST:
        raise Incomplete({"number": [NONE_CHOSEN]}, NONE_CHOSEN)
    try:
        given = forms.read(FIELDS[act])
    except Incomplete as refusal:
        return _previewed(row, act, list(chosen), refusal)
    told = {n: _decided(round_id, act, n, chosen[n], given) for n in chosen}
    row = queries.whole(round_id)
    lines = [
        Line(item, "", RoundAct(item.decision).label if item.decision else "", told[number])
        for item in queries.in_order(row)
        if (number := item.issue.number) in told
    ]
    return render_template(
        "rounds/bulk_result.html",
        round=row,
        act=act,
        lines=lines,
        done=sum(not line.why for line in lines),
        refused=sum(bool(line.why) for line in lines),
        undecided=sum(not item.decision for item in row.items),
    )


def _decided(round_id: int, act: RoundAct, number: str, mark: str, given: forms.Values) -> str:
    """Nothing, or why it was not."""

    def decide() -> str:
        said = {**given, "number": number, "seen": mark}
        rounds.decide(round_id, act, actor(), said, clock.now())
        return ""

    kept = Kept(lambda _: once.Answer(DONE, ""), lambda _: "")
    what, key = digest_of("rows of a round", round_id, act.value, number, given), sent_key()
    try:
        return once_only(decide, kept, key=f"{key[:KEY_PART]}:{number}" if key else "", what=what)
    except Refusal as refusal:
        inner = [said for sentences in refusal.errors.values() for said in sentences]
        return "；".join([refusal.sentence.rstrip("。"), *inner])
