"""What an event says, in Chinese: the details of an act by the labels of its own fields."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Set as AbstractSet
from datetime import date
from typing import Any

from issues.act_fields import Field, fields_of
from issues.act_fields.wording import in_words
from issues.evidence.hiding import is_hidden
from issues.ground import signs
from issues.models import Event
from issues.queries.ground.names import region_words
from issues.rules.dates.days import written
from issues.tickets.fields import FIELDS
from issues.vocabulary import Action, Colour, EvidenceKind, FindingResult, ProposalState, Subject

LONGEST = 400
FOUND = frozenset({"note"} | {field.name for field in FIELDS if field.tells_registration})
"""What is said of a registration; the rest stands on the ticket itself."""
REGIONS = tuple(field.name for field in FIELDS if field.type in ("region", "place"))
OTHER = "其他记录"
TAKEN_BACK = "该材料已撤回，名称和理由由市环委办保存"
NONE_HIDDEN: AbstractSet[int] = frozenset()


def label_of(event: Event) -> str:
    act = Subject.TICKET.act_of(event.action)
    return act.label if act else OTHER


def change_of(event: Event) -> str:
    """The step of status, empty where the act left it as it was."""
    if event.before == event.after:
        return ""
    steps = (Subject.TICKET.state_of(word) for word in (event.before, event.after))
    return " → ".join(step for step in steps if step)


def lines_of(
    event: Event,
    without: frozenset[str] = frozenset(),
    region: Callable[[str], str] | None = None,
    hidden: AbstractSet[int] = NONE_HIDDEN,
) -> list[str]:
    """One line a detail, in the order the act asks for them, some left out by name.

    `region` names the region of a code; whoever asks for many events gives one for all of them.
    `hidden` are the files that the reader is not told of.
    """
    if is_hidden(event, hidden):
        return [TAKEN_BACK]
    action = Action.of(event.action)
    if action in (Action.UPLOAD, Action.REPLACE):
        return [signs.bare(line) for line in _file(event)]
    fields = fields_of(action) if action else ()
    if action is Action.REGISTER:
        fields = tuple(field for field in fields if field.name in FOUND)
    detail = _with_regions(event.detail, region or region_words())
    lines = list(_details(fields, detail, without))
    lines = lines + list(_noted(event.detail)) or ([event.reason] if event.reason else [])
    return [signs.bare(line) for line in lines]


def _with_regions(detail: Mapping[str, Any], region: Callable[[str], str]) -> dict[str, Any]:
    """The detail of an act, where it gives a region by its code, with the name."""
    sides = {s: detail[s] for s in ("fields", "before") if isinstance(detail.get(s), Mapping)}
    told = {s: _with_regions(part, region) for s, part in sides.items()}
    named = {name: region(code) for name in REGIONS if (code := detail.get(name))}
    return {**detail, **told, **named}


def _file(event: Event) -> Iterator[str]:
    detail = event.detail
    kind = EvidenceKind.of(detail["kind"])
    version = f"，第{detail['version']}版" if detail["version"] > 1 else ""
    yield f"{kind.label if kind else '其他'}：{detail['name']}{version}"
    if detail.get("note"):
        yield f"说明：{detail['note']}"
    if event.reason:
        yield f"理由：{event.reason}"


def _details(
    fields: Iterable[Field], detail: Mapping[str, Any], without: frozenset[str]
) -> Iterator[str]:
    for field in _kept(fields, without):
        value = detail.get(field.name)
        if value in (None, "", [], {}):
            continue
        if field.type == "changes" and isinstance(value, Mapping):
            yield from _changes(_kept(field.fields, without), value, detail)
        elif field.type == "rows":
            yield from _rows(field, value)
        else:
            yield f"{field.label}：{_said(field, value)}"


def _kept(fields: Iterable[Field], without: frozenset[str]) -> list[Field]:
    return [field for field in fields if field.name not in without]


def _changes(
    fields: Iterable[Field], given: Mapping[str, Any], detail: Mapping[str, Any]
) -> Iterator[str]:
    """Each changed thing with what stood there before."""
    before, after = (detail.get(side) or {} for side in ("before", "after"))
    for field in fields:
        if field.name not in given:
            continue
        if field.name in after:
            for pair in zip(before[field.name], after[field.name], strict=True):
                yield from _both(field, *pair)
        elif field.type == "rows":
            yield from _rows(field, given[field.name])
        else:
            old, new = (_said(field, side.get(field.name)) for side in (before, given))
            yield f"{field.label}：{old or '空'} → {new or '空'}"


def _both(field: Field, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[str]:
    """A measure or a target as it was and as it is: added, struck off or changed."""
    parts = [sub for sub in field.fields if sub.name in (new or old)]
    is_measure = field.name == "measures"
    named = f"措施{(new or old)['no']}" if is_measure else f"目标“{(new or old)['name']}”"
    if not (old and new):
        held = (
            f"{sub.label}{said}" for sub in parts if (said := _said(sub, (new or old)[sub.name]))
        )
        ended = "撤销" if is_measure else "结束"
        yield f"{'新增' if new else ended}{named}：{'；'.join(held)}"
        return
    for sub in parts:
        was, now = (_said(sub, side[sub.name]) for side in (old, new))
        if was != now:
            yield f"{named} {sub.label}：{was or '空'} → {now or '空'}"


def _rows(field: Field, rows: Any) -> Iterator[str]:
    for place, row in enumerate(rows, start=1):
        parts = [
            f"{sub.label}{_said(sub, row.get(sub.name))}"
            for sub in field.fields
            if sub.name != "id" and row.get(sub.name) not in (None, "", [])
        ]
        if parts:
            yield f"{field.label}{place}：{'；'.join(parts)}"


def _said(field: Field, value: Any) -> str:
    text = in_words(field, value)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def _noted(detail: Mapping[str, Any]) -> Iterator[str]:
    """What an act noted beside its own fields."""
    card, finding = (
        Colour.of(detail.get("card", "")),
        FindingResult.of(detail.get("finding", "")),
    )
    if card and "colour" not in detail:
        yield f"牌色：{card.label}"
    if finding:
        yield f"认定：{finding.label}"
    if detail.get("objection"):
        yield f"异议人：{'、'.join(detail['objection'])}"
    if detail.get("old_deadline"):
        old, new = (written(date.fromisoformat(detail[n])) for n in ("old_deadline", "deadline"))
        yield f"时限：{old} → {new}"
    yield from _of_county(detail)
    yield from detail.get("lacks", ())
    if detail.get("calendar"):
        yield f"注意：{detail['calendar']}"


def _of_county(detail: Mapping[str, Any]) -> Iterator[str]:
    """Which centre drives the ticket, whose task it was, and what ended with the delegation."""
    for name, label in (("centre", "县级指挥中心"), ("task_unit", "承办单位")):
        if detail.get(name):
            yield f"{label}：{detail[name]}"
    if state := ProposalState.of(str(detail.get("proposal") or "")):
        yield f"挂牌建议：{state.label}"
    if detail.get("ended_tasks"):
        yield f"随收回结束任务{detail['ended_tasks']}项"
