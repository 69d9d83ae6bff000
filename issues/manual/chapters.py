"""Who reads the manual, and its chapters in their order."""

from typing import NamedTuple

from issues.vocabulary import COUNTY_ROLES, UNIT_ROLES, Role


class Reader(NamedTuple):
    """For whom a manual is put together."""

    slug: str
    label: str
    roles: frozenset[Role]


class Chapter(NamedTuple):
    """`file` is where it is written; `readers` are the slugs of whose it is.

    `more` names what follows the text, told by the product's own records.
    """

    slug: str
    file: str
    readers: tuple[str, ...]
    more: str = ""


READERS = (
    Reader("office", "市环委办经办", frozenset({Role.OFFICE})),
    Reader("head", "市环委办负责人", frozenset({Role.HEAD})),
    Reader("inspector", "督察员", frozenset({Role.INSPECTOR})),
    Reader("unit", "责任单位", UNIT_ROLES),
    Reader("county", "县级指挥中心", COUNTY_ROLES),
    Reader("leader", "市领导", frozenset({Role.LEADER})),
    Reader("performance", "目标绩效办", frozenset({Role.PERFORMANCE})),
    Reader("sysadmin", "系统管理员", frozenset({Role.SYSADMIN})),
    Reader("secadmin", "安全管理员", frozenset({Role.SECADMIN})),
    Reader("auditor", "审计管理员", frozenset({Role.AUDITOR})),
)
BY_SLUG = {reader.slug: reader for reader in READERS}

_EVERYBODY = tuple(reader.slug for reader in READERS)
_CITY = ("office", "head", "inspector")
_BUSINESS = (*_CITY, "unit", "county", "leader", "performance")
RULES, PAPERS, WORDS = "rules", "papers", "words"

CHAPTERS = (
    Chapter("first-week", "docs/manual/办事/第一周.md", ("office", "head", "sysadmin", "secadmin")),
    Chapter("setup", "docs/manual/设置.md", ("office", "sysadmin")),
    Chapter("places", "docs/manual/区域.md", ("office", "sysadmin")),
    Chapter("bodies", "docs/manual/单位和人员.md", ("sysadmin", "secadmin")),
    Chapter("office", "docs/manual/角色/市环委办经办.md", ("office",)),
    Chapter("head", "docs/manual/角色/市环委办负责人.md", ("head",)),
    Chapter("inspector", "docs/manual/角色/督察员.md", ("inspector",)),
    Chapter("unit", "docs/manual/角色/责任单位.md", ("unit",)),
    Chapter("reviewing", "docs/manual/角色/牵头单位和验收单位.md", ("unit",)),
    Chapter("county", "docs/manual/县级指挥中心.md", ("county", *_CITY, "unit")),
    Chapter("leader", "docs/manual/角色/市领导.md", ("leader",)),
    Chapter("performance", "docs/manual/角色/目标绩效办.md", ("performance",)),
    Chapter("sysadmin", "docs/manual/角色/系统管理员.md", ("sysadmin",)),
    Chapter("secadmin", "docs/manual/角色/安全管理员.md", ("secadmin",)),
    Chapter("auditor", "docs/manual/角色/审计管理员.md", ("auditor",)),
    Chapter("life", "docs/manual/办事/事项的一生.md", _BUSINESS),
    Chapter("colours", "docs/manual/办事/颜色和规则.md", _BUSINESS, RULES),
    Chapter("leads", "docs/manual/办事/线索.md", (*_CITY, "unit", "county")),
    Chapter("papers", "docs/manual/办事/督办文书.md", _BUSINESS, PAPERS),
    Chapter("evidence", "docs/manual/办事/佐证和监测.md", (*_CITY, "unit")),
    Chapter("finding", "docs/manual/办事/台账和查找.md", _BUSINESS),
    Chapter("board", "docs/manual/办事/看板和统计.md", _BUSINESS),
    Chapter("polluters", "docs/manual/办事/污染源和准入.md", _BUSINESS),
    Chapter("keepers", "docs/manual/办事/包保.md", _BUSINESS),
    Chapter("scores", "docs/manual/办事/考核.md", (*_CITY, "unit", "leader", "performance")),
    Chapter("burden", "docs/manual/办事/减负.md", (*_CITY, "unit", "county", "leader")),
    Chapter("importing", "docs/manual/导入台账.md", ("office",)),
    Chapter("texts", "docs/manual/文件识别.md", ("office", "head")),
    Chapter("wording", "docs/manual/台账写法.md", ("office", "inspector")),
    Chapter("taking-out", "docs/manual/导出和打印.md", _BUSINESS),
    Chapter("accounts", "docs/manual/账号和登录.md", _EVERYBODY),
    Chapter("messages", "docs/manual/消息.md", _EVERYBODY),
    Chapter("practice", "docs/manual/练习城市.md", _EVERYBODY),
    Chapter("questions", "docs/manual/办事/常见问题.md", _EVERYBODY),
    Chapter("glossary", "docs/manual/办事/术语.md", _EVERYBODY, WORDS),
)
"""A file of docs/manual that is no chapter is found by a test."""


def reader_of(roles: frozenset[Role]) -> Reader:
    """By the first of the person's roles in the order of the readers; of a unit where none is."""
    return next((one for one in READERS if one.roles & roles), BY_SLUG["unit"])


def chapters_of(reader: Reader) -> tuple[Chapter, ...]:
    """What is printed as one manual."""
    return tuple(chapter for chapter in CHAPTERS if reader.slug in chapter.readers)
