"""The details of an act read into values, every fault told at its field. Unknown ones are refused.

A value may come from JSON or from a form, so that both are checked by the same lines.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Context, Decimal, InvalidOperation
from typing import Any

from auth.models import Unit
from extensions import db
from issues.act_fields.field import MOST_INTEGER, Field, Wrong
from issues.act_fields.named import account, region, unit
from issues.act_fields.own_words import lack_of_words
from issues.ground import clock, signs
from issues.ground.documents import kept_part, unkept
from issues.ground.numbers import is_digits, whole
from issues.ground.refusals import Incomplete
from issues.models import Evidence, Issue
from issues.rules.dates.deadlines import UnreadableDeadline, read_day

MOST_ROWS = 200
MOST_DIGITS = 15
FIRST_YEAR, LAST_YEAR = 1990, 2099
_TRUE, _FALSE = {"1", "true", "on", "是", "y"}, {"0", "false", "", "off", "否", "n"}


class NestedWrong(Wrong):
    """Faults inside a list or a group, by the path below the field."""

    def __init__(self, errors: dict[str, list[str]]) -> None:
        self.errors = errors
        super().__init__("")


def read_details(
    fields: Sequence[Field], raw: Mapping[str, Any], issue: Issue | None
) -> dict[str, Any]:
    """The values by name; optional ones left empty are None. Raises Incomplete.

    Units become Unit, accounts User, evidence Evidence of this ticket, days date, moments an
    aware datetime, figures Decimal.
    """
    if not isinstance(raw, Mapping):
        raise Incomplete({"": ["应是一组有名称的内容"]})
    values, errors = _read(fields, raw, issue)
    if errors:
        raise Incomplete(errors)
    return values


def _read(
    fields: Sequence[Field], raw: Mapping[str, Any], issue: Issue | None, *, partial: bool = False
) -> tuple[dict[str, Any], dict[str, list[str]]]:
    known = {field.name for field in fields}
    errors = {kept_part(str(name)): ["没有这一项"] for name in raw if name not in known}
    values: dict[str, Any] = {}
    for field in fields:
        if partial and field.name not in raw:
            continue
        value = _seen(field, raw.get(field.name))
        if wrong := unkept(value):
            errors[field.name] = [f"{field.label}{wrong}"]
            continue
        if _is_empty(value):
            values[field.name] = [] if field.type in _LISTS else None
            if field.required:
                errors[field.name] = [field.asks or f"请填写{field.label}"]
            continue
        try:
            values[field.name] = _READERS[field.type](field, value, issue)
        except NestedWrong as nested:
            errors |= {f"{field.name}.{path}": said for path, said in nested.errors.items()}
        except Wrong as fault:
            is_word = field.type in _WORDS
            errors[field.name] = [str(fault) if is_word or not field.asks else field.asks]
    return values, errors


def _seen(field: Field, value: Any) -> Any:
    """Without what nobody sees in it; a password stays as it was typed."""
    if field.type == "password":
        return value
    if isinstance(value, list | tuple):
        return [signs.clean(one) if isinstance(one, str) else one for one in value]
    return signs.clean(value) if isinstance(value, str) else value


def _is_empty(value: Any) -> bool:
    return value is None or value in ("", [], ()) or (isinstance(value, str) and not value.strip())


def _text(field: Field, value: Any, _issue: Issue | None) -> str:
    if not isinstance(value, str):
        raise Wrong(f"{field.label}应是文字")
    words = value.strip()
    if len(words) > field.limit:
        raise Wrong(f"{field.label}超过{field.limit}字，现有{len(words)}字，请精简")
    if field.type != "long_text" and "\n" in words:
        raise Wrong(f"{field.label}只能写一行")
    if wrong := signs.fault(words) or lack_of_words(words, field.least):
        raise Wrong(f"{field.label}{wrong}")
    return words


def _password(field: Field, value: Any, _issue: Issue | None) -> str:
    """As it was typed, to the last sign."""
    if not isinstance(value, str) or len(value) > field.limit:
        raise Wrong(f"{field.label}过长。")
    return value


def _day(_field: Field, value: Any, _issue: Issue | None) -> date:
    try:
        return read_day(value if isinstance(value, str | date) else str(value))
    except UnreadableDeadline as wrong:
        raise Wrong(wrong.sentence) from None


def _moment(field: Field, value: Any, _issue: Issue | None) -> datetime:
    """RFC 3339; without an offset it is the time in Shanghai."""
    try:
        moment = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    except ValueError:
        raise Wrong(f"{field.label}应是日期和时间，如2025-11-25 09:30") from None
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise Wrong(f"{field.label}的年份应在{FIRST_YEAR}年至{LAST_YEAR}年之间")
    return moment if moment.tzinfo else moment.replace(tzinfo=clock.SHANGHAI)


def _decimal(field: Field, value: Any, _issue: Issue | None) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | float | str | Decimal):
        raise Wrong(f"{field.label}应是数字")
    try:
        read = Decimal(str(value).strip())
        figure = Context(prec=MOST_DIGITS).plus(read) if field.name in {"lon", "lat"} else read
    except InvalidOperation:
        raise Wrong(f"{field.label}应是数字") from None
    digits = max(len(figure.as_tuple().digits), abs(figure.adjusted()))
    if digits > MOST_DIGITS or not figure.is_finite():
        raise Wrong(f"{field.label}应是不超过{MOST_DIGITS}位的数字")
    return figure


def _integer(field: Field, value: Any, _issue: Issue | None) -> int:
    if isinstance(value, bool | float) or not is_digits(text := str(value).strip()):
        raise Wrong(f"{field.label}应是整数")
    number = whole(text, field.least, field.most)
    if number is None and field.most < MOST_INTEGER:
        raise Wrong(f"{field.label}应是{field.least}到{field.most}的整数")
    if number is None:
        raise Wrong(f"{field.label}超出范围")
    return number


def _flag(field: Field, value: Any, _issue: Issue | None) -> bool:
    text = str(value).strip().lower()
    if isinstance(value, bool):
        return value
    if text not in _TRUE | _FALSE:
        raise Wrong(f"{field.label}应是“是”或“否”")
    return text in _TRUE


def _choice(field: Field, value: Any, _issue: Issue | None) -> str:
    code = str(value).strip()
    if code not in dict(field.choices):
        known = "、".join(label for _, label in field.choices)
        raise Wrong(f"{field.label}应是下列之一：{known}")
    return code


def _choices(field: Field, value: Any, issue: Issue | None) -> list[str]:
    return list(dict.fromkeys(_choice(field, one, issue) for one in _list(field, value)))


def _names(field: Field, value: Any, issue: Issue | None) -> list[str]:
    if isinstance(value, str):
        value = value.replace(",", "、").replace("，", "、").split("、")
    words = Field(field.name, "text", field.label, limit=40)
    return [_text(words, name, issue) for name in _list(field, value) if not _is_empty(name)]


def _list(field: Field, value: Any) -> list[Any]:
    if isinstance(value, str):
        value = [value]
    if not isinstance(value, Sequence):
        raise Wrong(f"{field.label}应是一个列表")
    if len(value) > MOST_ROWS:
        raise Wrong(f"{field.label}不能超过{MOST_ROWS}项")
    return list(value)


def _units(field: Field, value: Any, issue: Issue | None) -> list[Unit]:
    found = [unit(field, one, issue) for one in _list(field, value) if not _is_empty(one)]
    return list({one.id: one for one in found}.values())


def _issue_number(_field: Field, value: Any, _issue: Issue | None) -> str:
    return str(value).strip()


def _evidence(field: Field, value: Any, issue: Issue | None) -> Evidence:
    found = db.session.get(Evidence, _integer(field, value, issue))
    if found is None or issue is None or found.issue_id != issue.id or found.withdrawn_at:
        raise Wrong(f"{field.label}应是本事项已上传的佐证材料")
    return found


def _evidences(field: Field, value: Any, issue: Issue | None) -> list[Evidence]:
    return [_evidence(field, one, issue) for one in _list(field, value)]


def _rows(field: Field, value: Any, issue: Issue | None) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    errors: dict[str, list[str]] = {}
    for place, row in enumerate(_list(field, value)):
        if not isinstance(row, Mapping):
            raise Wrong(f"{field.label}的每一行应是一组有名称的内容")
        values, wrong = _read(field.fields, row, issue)
        errors |= {f"{place}.{name}": said for name, said in wrong.items()}
        rows.append(values | {"_given": frozenset(row)})
    if errors:
        raise NestedWrong(errors)
    return rows


def _changes(field: Field, value: Any, issue: Issue | None) -> dict[str, Any]:
    """Only what was given: a change to nothing is told from no change."""
    if not isinstance(value, Mapping):
        raise Wrong(f"{field.label}应是一组有名称的内容")
    values, errors = _read(field.fields, value, issue, partial=True)
    if errors:
        raise NestedWrong(errors)
    return values


_WORDS = {"text", "long_text", "place", "tel", "password"}
_LISTS = {"choices", "units", "evidences", "names", "rows"}
_READERS: dict[str, Callable[[Field, Any, Issue | None], Any]] = {
    "text": _text, "long_text": _text, "deadline": _text, "tel": _text, "password": _password,
    "date": _day, "moment": _moment,
    "integer": _integer, "decimal": _decimal, "flag": _flag, "choice": _choice,
    "choices": _choices, "region": region, "place": _text, "unit": unit, "units": _units,
    "account": account,
    "issue": _issue_number, "evidence": _evidence, "evidences": _evidences, "names": _names,
    "rows": _rows, "changes": _changes,
}  # fmt: skip
