"""The city's own words as they are kept: a setting each. What was not said is empty, never made up.

Five settings are rules rather than words, and have the usual value until they are set.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from auth.models import Unit
from extensions import db
from issues.colour.policies import setting
from issues.models import Setting
from issues.search.initials import in_full
from issues.vocabulary import Source

Words = Mapping[str, Any]

NAME, PREFIX = "city", "number_prefix"
SOURCES = "sources_in_use"
PHRASES, REPLY_WORKDAYS = "instruction_phrases", "instruction_workdays"
"""What leaders instruct with, and how long an answer to it is given."""
OPINIONS = ("opinion_phrases_yes", "opinion_phrases_no")
"""What the office writes where it agrees, and where it sends back."""
USUAL_OPINIONS = {
    OPINIONS[0]: ("经核对材料，同意。", "情况属实，予以确认。", "符合要求，请继续抓好落实。"),
    OPINIONS[1]: (
        "材料不齐，请补充后再报。",
        "与佐证材料不一致，请核实后重报。",
        "未达到整改目标，请继续整改。",
    ),
}
USUAL_PHRASES = (
    "请抓紧整改，按期完成。",
    "请说明未按期完成的原因、责任人和完成日期。",
    "请主要负责同志到现场研究，限期解决。",
    "请核实情况，书面报告办理结果。",
    "请举一反三，防止问题反弹。",
)
OF_NOTICES: dict[str, Any] = {
    "notice_issuers": {},
    "notice_series": {},
    "notice_basis": [],
    "notice_basis_inspection": "",
    "notice_copies": {},
    "notice_report_to": [],
    "notice_everybody": "",
    "notice_discipline": "",
    "notice_partners": [],
    "notice_contact": {"name": "", "phone": ""},
    "notice_urgency": {"N3": "特急", "N2": "加急"},
    "hanging_reply_workdays": 10,
}
OF_THE_CITY: dict[str, Any] = {
    NAME: "", PREFIX: "", SOURCES: [source.value for source in Source],
    PHRASES: list(USUAL_PHRASES), REPLY_WORKDAYS: 5,
    **{key: list(texts) for key, texts in USUAL_OPINIONS.items()},
}  # fmt: skip
UNNAMED = "本市"
"""What pages and papers call a city that has not said its name."""
COUNTY = "县（区）"
ENDINGS = "市州盟县区旗"
SHORTEST_STEM = 2


def words() -> Words:
    """What notices are written with, empty where the city has not said it. One statement."""
    return _over(OF_NOTICES)


def every_word() -> Words:
    """The same with the city's name, code and prefix. One statement."""
    return _over(OF_THE_CITY | OF_NOTICES)


def _over(empty: dict[str, Any]) -> Words:
    rows = db.session.execute(select(Setting.key, Setting.value).where(Setting.key.in_(empty)))
    return empty | {row.key: row.value for row in rows}


def phrases_and_days() -> tuple[list[str], int]:
    """The city's phrases of leaders, and the working days an answer is given. One statement."""
    usual = {key: OF_THE_CITY[key] for key in (PHRASES, REPLY_WORKDAYS)}
    said = _over(usual)
    return list(said[PHRASES]) or list(USUAL_PHRASES), said[REPLY_WORKDAYS]


def opinions() -> Words:
    """The office's phrases of opinions by their keys. One statement."""
    said = _over({key: list(texts) for key, texts in USUAL_OPINIONS.items()})
    return {key: list(said[key]) or list(USUAL_OPINIONS[key]) for key in USUAL_OPINIONS}


def name() -> str:
    """What the city is called on pages, papers and files. One statement."""
    return str(setting(NAME) or UNNAMED)


def sources() -> list[Source]:
    """Those a problem may be registered under, in the order of the words. One statement."""
    held = setting(SOURCES, OF_THE_CITY[SOURCES])
    return [source for source in Source if source.value in held]


def told_first() -> list[str]:
    """What somebody guesses first here: the city and its counties, in Chinese and by sound."""
    counties = select(Unit.short_name).where(Unit.kind == COUNTY)
    called = [str(setting(NAME) or ""), *db.session.scalars(counties)]
    stems = {stem_of(one) for one in called} - {""}
    return sorted(stems | {sound for stem in stems for sound in in_full(stem)})


def stem_of(called: str) -> str:
    """绵阳 of 绵阳市: a name without what kind of place it is; nothing where too little is left."""
    stem = called[:-1] if called[-1:] in ENDINGS else called
    return stem if len(stem) >= SHORTEST_STEM else ""


def placed(document: Any, path: tuple[str, ...], value: Any) -> Any:
    """The document with this value at its place; the one given stays as it is."""
    if not path:
        return value
    first, *rest = path
    held = document or {}
    return {**held, first: placed(held.get(first), tuple(rest), value)}
