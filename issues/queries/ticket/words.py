"""What an event says, in Chinese: the details of an act by the labels of its own fields."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from issues.act_fields import Field, fields_of
from issues.ground import clock
from issues.models import Event
from issues.rules.dates.days import written
from issues.tickets.fields import FIELDS
from issues.vocabulary import Action, Colour, EvidenceKind, FindingResult, Status

LONGEST = 400
FOUND = frozenset({"note"} | {field.name for field in FIELDS if field.tells_registration})
"""What is said of a registration; the rest stands on the ticket itself."""
_ACTIONS = {action.value: action for action in Action}
OTHERS = {
    "view_complainant": "查看举报人信息",
    "grant_clearance": "授权查看举报人信息",
    "add_original": "封存信访件原件",
    "view_original": "打开信访件原件",
    "rule_flag": "复核佐证疑点",
    "withdraw_evidence": "撤回佐证材料",
    "record_reading": "登记监测数据",
    "withdraw_reading": "撤回监测数据",
    "export_dossier": "导出一题一档",
    "check_thresholds": "核对颜色",
}
_STATUSES = {status.value: status.label for status in Status}


def label_of(event: Event) -> str:
    action = _ACTIONS.get(event.action)
    return action.label if action else OTHERS.get(event.action, "其他记录")


def change_of(event: Event) -> str:
    """The step of status, empty where the act left it as it was."""
    if event.before == event.after:
        return ""
    steps = [_STATUSES[word] for word in (event.before, event.after) if word in _STATUSES]
    return " → ".join(steps)


def lines_of(event: Event) -> list[str]:
    """One line a detail, in the order the act asks for them."""
    action = _ACTIONS.get(event.action)
    if action in (Action.UPLOAD, Action.REPLACE):
        return list(_file(event))
    fields = fields_of(action) if action else ()
    if action is Action.REGISTER:
        fields = tuple(field for field in fields if field.name in FOUND)
    lines = list(_details(fields, event.detail))
    return lines + list(_noted(event.detail)) or ([event.reason] if event.reason else [])


def _file(event: Event) -> Iterator[str]:
    detail = event.detail
    kinds = {kind.value: kind.label for kind in EvidenceKind}
    version = f"，第{detail['version']}版" if detail["version"] > 1 else ""
    yield f"{kinds.get(detail['kind'], '其他')}：{detail['name']}{version}"
    if detail.get("note"):
        yield f"说明：{detail['note']}"
    if event.reason:
        yield f"理由：{event.reason}"


def _details(fields: Iterable[Field], detail: Mapping[str, Any]) -> Iterator[str]:
    for field in fields:
        value = detail.get(field.name)
        if value in (None, "", [], {}):
            continue
        if field.type == "changes" and isinstance(value, Mapping):
            yield from _changes(field.fields, value, detail)
        elif field.type == "rows":
            yield from _rows(field, value)
        else:
            yield f"{field.label}：{_said(field, value)}"


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
                yield from _measure(field, *pair)
        elif field.type == "rows":
            yield from _rows(field, given[field.name])
        else:
            old, new = (_said(field, side.get(field.name)) for side in (before, given))
            yield f"{field.label}：{old or '空'} → {new or '空'}"


def _measure(field: Field, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[str]:
    """A measure of the plan as it was and as it is: added, struck off or changed."""
    parts = [sub for sub in field.fields if sub.name in (new or old)]
    if not (old and new):
        held = (
            f"{sub.label}{said}" for sub in parts if (said := _said(sub, (new or old)[sub.name]))
        )
        yield f"{'新增' if new else '撤销'}措施{(new or old)['no']}：{'；'.join(held)}"
        return
    for sub in parts:
        was, now = (_said(sub, side[sub.name]) for side in (old, new))
        if was != now:
            yield f"措施{new['no']} {sub.label}：{was or '空'} → {now or '空'}"


def _rows(field: Field, rows: Any) -> Iterator[str]:
    for place, row in enumerate(rows, start=1):
        parts = (
            f"{sub.label}{_said(sub, row.get(sub.name))}"
            for sub in field.fields
            if sub.name != "id" and row.get(sub.name) not in (None, "", [])
        )
        yield f"{field.label}{place}：{'；'.join(parts)}"


def _said(field: Field, value: Any) -> str:
    if value in (None, "", []):
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return "、".join(_said(field, one) for one in value)
    if isinstance(value, Mapping):
        return str(value.get("name", ""))
    text = _text(field, value)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def _text(field: Field, value: Any) -> str:
    if field.type == "date":
        return written(date.fromisoformat(value))
    if field.type == "moment":
        return f"{clock.local(datetime.fromisoformat(value)):%Y-%m-%d %H:%M}"
    return dict(field.choices).get(value, str(value))


def _noted(detail: Mapping[str, Any]) -> Iterator[str]:
    """What an act noted beside its own fields."""
    cards = {colour.value: colour.label for colour in Colour}
    findings = {result.value: result.label for result in FindingResult}
    if detail.get("card") in cards and "colour" not in detail:
        yield f"牌色：{cards[detail['card']]}"
    if detail.get("finding") in findings:
        yield f"认定：{findings[detail['finding']]}"
    if detail.get("objection"):
        yield f"异议人：{'、'.join(detail['objection'])}"
    if detail.get("old_deadline"):
        old, new = (written(date.fromisoformat(detail[n])) for n in ("old_deadline", "deadline"))
        yield f"时限：{old} → {new}"
    if detail.get("calendar"):
        yield f"注意：{detail['calendar']}"
