"""The forms a sheet may write a unit in, made by rule from the names it is registered under."""

import re
from collections.abc import Iterator, Sequence
from itertools import product
from typing import Protocol

from issues.vocabulary import COUNTY, ZONE


class Named(Protocol):
    """What of a unit its forms are made of."""

    @property
    def name(self) -> str: ...
    @property
    def short_name(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def aliases(self) -> tuple[str, ...]: ...


LEVELS = "区县市旗"
CONJUNCTIONS = re.compile(r"[和与及、]")
CONTRACTIONS = {
    "中国人民银行": ("人民银行", "人行"),
    "生态环境保护委员会": ("生态环保委", "生环委", "环委", "环委会"),
    "发展改革": ("发改",), "经济信息化": ("经信",), "工业信息化": ("工信",),
    "教育体育": ("教体",), "科学技术": ("科技",), "民族宗教事务": ("民族宗教", "民宗"),
    "人力资源社会保障": ("人社",), "自然资源规划": ("自然资源", "自规", "资规"),
    "住房城乡建设": ("住建",), "交通运输": ("交通", "交运"), "卫生健康": ("卫健",),
    "文化广播电视体育旅游": ("文化广电体育旅游", "文广体旅", "文广旅", "文体旅", "文旅"),
    "文化广播电视旅游": ("文化广电旅游", "文广旅", "文旅"),
    "文化广电旅游": ("文广旅", "文旅"), "文化体育旅游": ("文体旅", "文旅"), "文化旅游": ("文旅",),
    "退役军人事务": ("退役军人",), "应急管理": ("应急",), "医疗保障": ("医保",),
    "市场监督管理": ("市场监管", "市监"), "国有资产监督管理": ("国资",), "林业草原": ("林草",),
    "城市管理综合行政执法": ("城管执法", "城管", "综合执法"),
    "城市管理行政执法": ("城管执法", "城管"), "城市管理": ("城管",), "综合行政执法": ("综合执法",),
    "行政审批": ("审批",), "政务服务管理": ("政务服务",), "机关事务管理": ("机关事务",),
    "目标绩效管理": ("目标绩效", "绩效"), "乡村振兴": ("振兴",), "经济合作": ("经合",),
    "经济技术开发": ("经开",), "经济开发": ("经开",), "高新技术产业开发": ("高新",),
}  # fmt: skip
"""How the names of departments are shortened all over the country, the conjunctions left out."""

SUFFIXES = {"委员会": ("委员会", "委"), "委": ("委员会", "委"), "办公室": ("办公室", "办"),
            "办": ("办公室", "办"), "局": ("局",), "部": ("部",)}  # fmt: skip
PARTY, GOVERNMENT = ("党委", "委", "委员会"), ("人民政府", "政府")
ZONE_OFFICES = ("管委会", "管理委员会", "党工委", "工委", "党工委管委会")


def registered(unit: Named) -> Iterator[str]:
    yield unit.name
    yield unit.short_name


def of_alias(alias: str, kind: str, city: str) -> Iterator[str]:
    """An alias of a county or a zone is no more than itself."""
    yield alias
    yield CONJUNCTIONS.sub("", alias)
    if kind not in {COUNTY, ZONE}:
        yield from _of_a_department(alias, city)


def derived(unit: Named, city: str) -> Iterator[str]:
    """Every other form, which is the unit's where no other unit has it too."""
    for alias in unit.aliases:
        yield from of_alias(alias, unit.kind, city)
    for name in registered(unit):
        if unit.kind == COUNTY:
            yield from _of_a_county(bare_county(name, city), city)
        elif unit.kind == ZONE:
            yield from _of_a_zone(name, city)
        else:
            yield from _of_a_department(name, city)


def shortened(name: str) -> set[str]:
    """A name without conjunctions and with its parts shortened, as itself too."""
    found = {name, CONJUNCTIONS.sub("", name)}
    for long, shorts in CONTRACTIONS.items():
        found |= {one.replace(long, short) for one in found if long in one for short in shorts}
    return found


def bare_county(name: str, city: str) -> str:
    """涪城区 for 绵阳市涪城区人民政府."""
    name = re.sub(r"(?:人民)?政府$", "", name)
    return name.removeprefix(city) if name != city else name


def core_of(name: str, city: str) -> str:
    """What tells a body from its like: without the city, the level and the kind of office."""
    body = _body(name, city)
    suffix = next((one for one in SUFFIXES if body.endswith(one)), "")
    if not suffix and body[-1:] in (*LEVELS,):
        suffix = body[-1]
    return CONJUNCTIONS.sub("", body.removesuffix(suffix))


def _body(name: str, city: str) -> str:
    name = name.removeprefix("中共")
    for prefix in (city, city[:-1], "市"):
        if prefix and name.startswith(prefix):
            return name.removeprefix(prefix)
    return name


def _of_a_department(name: str, city: str) -> Iterator[str]:
    prefixes = ("市", city) if city else ("市",)
    body = _body(name, city)
    if city and city in body and body.endswith("局"):  # 国家税务总局某某市税务局
        body = body.partition(city)[2]
    elif city and city[:-1] in body:  # 中国人民银行某某市分行
        for whole in (body, body.replace(city, city[:-1]), body.replace(city[:-1], city)):
            if city + "市" not in whole:
                yield from shortened(whole)
        return
    if body == name:
        yield from shortened(name)
        return
    suffix = next((one for one in SUFFIXES if body.endswith(one)), "")
    cores, ends = shortened(body.removesuffix(suffix)), SUFFIXES.get(suffix, (suffix,))
    for prefix, core, end in product(prefixes, cores, ends):
        yield f"{prefix}{core}{end}"
        if name.startswith("中共"):
            yield f"中共{prefix}{core}{end}"


def _of_a_county(base: str, city: str) -> Iterator[str]:
    level = base[-1]
    for prefix in {"", city}:
        yield prefix + base
        for government in GOVERNMENT:
            yield f"{prefix}{base}{government}"
        for start, party in product((prefix, f"中共{prefix}"), PARTY):
            yield f"{start}{base}{party}"
            for joint, again, government in product(
                ("", "和", "及", "与"), ("", level, base), GOVERNMENT
            ):
                yield f"{start}{base}{party}{joint}{again}{government}"


def _of_a_zone(name: str, city: str) -> Iterator[str]:
    for office in ZONE_OFFICES:
        name = name.removesuffix(office)
    for prefix, base in product({"", "市", city, city[:-1]}, shortened(_body(name, city))):
        yield prefix + base
        yield from (f"{prefix}{base}{office}" for office in ZONE_OFFICES)


def paired(match: re.Match[str]) -> str:
    """The one unit of a pair; the words as they stand where 县政府 follows a 区委."""
    level, county = match["level"], match["county"]
    return match[0] if level and not county.endswith(level) else county or match["zone"]


def pairs(units: Sequence[Named], city: str) -> re.Pattern[str]:
    """A county's or a zone's party committee followed by its government: one unit, named twice."""
    bases = {bare_county(unit.name, city) for unit in units if unit.kind == COUNTY}
    named = (form for unit in units if unit.kind == ZONE for form in derived(unit, city))
    zones = {form for form in named if not form.endswith(ZONE_OFFICES)}
    joint = r"(?:[、,/\s]|和|及|与)*"
    outside = f"(?:{_any({'中共', city, f'中共{city}'} - {''})})?"
    county = (
        rf"{outside}(?P<county>{_any(bases)})(?:党委|委员会|委){joint}"
        rf"(?:(?P=county)|(?P<level>[{LEVELS}]))?(?:人民)?政府"
    )
    zone = (
        rf"(?P<zone>{_any(zones)})(?:党工委|工委){joint}"
        rf"(?:(?P=zone)|[园新]?区|开发区)?(?:管委会|管理委员会)"
    )
    return re.compile(rf"(?:{county}|{zone})(?![办部局委科组室])")


def _any(words: set[str]) -> str:
    """Never matches where there are none."""
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True)) or r"(?!)"
