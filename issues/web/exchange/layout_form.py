"""The form that says what each column of a ledger is, and what stands in for columns it lacks."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from issues.act_fields import Field, optional
from issues.exchange.matching.match import LONGEST_NAME, Columns, faults_of
from issues.exchange.matching.targets import GROUPS, KEEP, LEAVE, TARGETS, of_group
from issues.exchange.reading.profile import BY_REGION, STARTS
from issues.ground.refusals import Incomplete, Refusal
from issues.queries.register import imports as queries
from issues.vocabulary import Source
from issues.web.door import drawing, forms

NAME = Field(
    "name", "text", "格式名称", limit=LONGEST_NAME, hint="如 某市2025年整改台账；以后按表头自动识别"
)
SOURCES = tuple(Source.choices())
CONSTANTS = (
    optional("source", "choice", "问题来源", choices=SOURCES),
    optional("assigned_on", "date", "交办日期"),
    optional("region", "region", "行政区域", hint="责任单位中写明县（区）的按写明的，其余记为这里"),
    optional("responsible", "choice", "责任单位"),
    optional("lead", "unit", "牵头单位"),
    optional(
        "acceptance", "unit", "验收单位",
        hint="牵头单位不是主责单位的由牵头单位验收，其余由这里所选单位验收",
    ),
    optional("deadline_days", "integer", "整改时限", hint="自交办之日起的天数"),
    optional("goal", "long_text", "整改目标"),
    optional("criteria", "long_text", "验收标准"),
    optional(
        "start", "choice", "没有写明整改阶段的问题",
        choices=tuple((one.value, one.label) for one in STARTS),
        hint="整改中：方案按已通过计；待交办：导入后是草稿，可批量交办",
    ),
    optional(
        "by_order", "rows", "按序号开头分别记的来源、交办日期", hint="序号以所填文字开头的按这里记",
        fields=(
            optional("prefix", "text", "序号开头", limit=20),
            optional("source", "choice", "问题来源", choices=SOURCES),
            optional("assigned_on", "date", "交办日期"),
        ),
    ),
    optional(
        "by_region", "rows", "按行政区域分别记的责任单位、验收单位",
        fields=(
            optional("region", "region", "行政区域"),
            optional("unit", "unit", "责任单位"),
            optional("acceptance", "unit", "验收单位"),
        ),
    ),
)  # fmt: skip
CHOICES = (
    ("", ((KEEP, "保留在补充信息"), (LEAVE, "不导入"))),
    *((group, tuple((n, one.label) for n, one in of_group(group).items())) for group in GROUPS),
)
"""What a column may be, under the heads of the list."""
COUNTY_ANSWERS = (BY_REGION, "由行政区域所在的县（区）负责")


def drawn(refusal: Refusal | None, current: Mapping[str, Any]) -> dict[str, drawing.Drawn]:
    """The name and the constants."""
    known = queries.units()
    units = [(unit.code, unit.short_name) for unit in known]
    lists = {"region": queries.regions(), "responsible": [COUNTY_ANSWERS, *units]}
    return drawing.drawn([NAME, *CONSTANTS], refusal, current, choices=lists)


class Choice(NamedTuple):
    """One column as the form draws it; `because` says why it is taken for what it is."""

    place: int
    heading: str
    letters: str
    samples: list[str]
    because: str
    first: str
    second: str


def both(fields: tuple[str, ...]) -> tuple[str, str]:
    """What a column holds, as the two lists beside it say it."""
    first, second = (*fields, "", "")[:2]
    return first or KEEP, second


def chosen(places: Iterable[int], refusal: Refusal | None) -> dict[int, tuple[str, str]] | None:
    """What was chosen for each column, to be drawn again; None where nothing was refused."""
    if refusal is None:
        return None
    said = forms.typed(_fields(places))
    return {place: (said[f"column_{place}"], said[f"also_{place}"]) for place in places}


def read_columns(keys: Mapping[int, str]) -> dict[int, tuple[str, ...]]:
    """By its place, what each column holds. Raises Incomplete, each fault at its column."""
    said = forms.typed(_fields(keys))
    given = {
        place: tuple(filter(None, (said[f"column_{place}"] or KEEP, said[f"also_{place}"])))
        for place in keys
    }
    known = {*TARGETS, KEEP, LEAVE}
    errors = {
        f"column_{place}": ["请从列表中选择"]
        for place, names in given.items()
        if not known.issuperset(names)
    }
    columns: Columns = {keys[place]: tuple(dict.fromkeys(n)) for place, n in given.items()}
    at = {key: f"column_{place}" for place, key in keys.items()}
    if not errors:
        errors = {at.get(key, "columns"): told for key, told in faults_of(columns).items()}
    if errors:
        raise Incomplete(errors)
    return {place: columns[key] for place, key in keys.items()}


def read_constants() -> dict[str, Any]:
    """The name and the constants. Raises Incomplete, also for what stands in no list."""
    said = forms.worded((NAME, *CONSTANTS))
    said["name"] = said["name"].strip()
    known = queries.units()
    units = {unit.code for unit in known}
    regions = {code for code, _ in queries.regions()} | {unit.region for unit in known}
    lines = said["by_region"]
    places = {said["region"], *(line["region"] for line in lines)} - {""}
    named = {said[one] for one in ("responsible", "lead", "acceptance")} | {
        line[one] for line in lines for one in ("unit", "acceptance")
    }
    if not places <= regions or not named - {"", BY_REGION} <= units:
        raise Incomplete({"constants": ["行政区域或单位已不在名录中，请重新选择"]})
    return said


def _fields(places: Iterable[int]) -> list[Field]:
    return [Field(f"{n}_{place}", "choice", "栏目") for place in places for n in ("column", "also")]
