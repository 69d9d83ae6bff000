"""Units read from the words of a cell: full and short names, roles, 各县（区）. Never a guess."""

import difflib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from issues.exchange.workbook.sheet import plain
from issues.vocabulary import COUNTY, ZONE

LEADING_BODY = "牵头机构"
NEAREST = 0.5
LONGEST_NAME, LONGEST_JOINED = 40, 400
MOST_SUGGESTIONS = 200
"""Likeness is slow to measure: a sheet of nothing but wrong names is not searched to its end."""

_EACH_COUNTY = re.compile(
    r"(?:五|全市)?各?(?:县\(区\)|区\(县\)|县区|区县)(?:人民政府|政府|党委政府)?"
)
_PARTS = re.compile(r"[;。\n]+")
_NAMES = re.compile(r"[、,/]+")
_LABEL = re.compile(
    r"(?P<label>主责单位|责任主体|责任单位|牵头单位|配合单位|协助单位)[:：](?P<names>.*)"
)
_HELP = re.compile(r"\(?(?:等)?(?:共同)?(?:配合|协助|参与|协同)(?:落实|整改|实施)?\)?$")
_LEADS = re.compile(r"\(?(?:牵头|主责|负责)\)?(?:落实|整改|实施)?$")
_JOINTS = re.compile(r"\s+|[和及与]")
_OWN_SUFFIXES = {
    COUNTY: ("人民政府", "政府", "党委政府"),
    ZONE: ("管委会", "管理委员会"),
}


@dataclass(frozen=True, slots=True)
class UnitName:
    """A unit by what a sheet may call it. `kind` is that of units.csv."""

    code: str
    name: str
    short_name: str
    kind: str
    region_code: str


@dataclass(frozen=True, slots=True)
class UnitsRead:
    """Units of a cell in the order written. `primary` is who is marked, or the first named.

    `responsible` are those written after 责任单位：, `named` those written by their own name,
    `collective` is true where the first words are 各县（区）. `unknown` are words no unit bears.
    """

    primary: str | None = None
    codes: tuple[str, ...] = ()
    responsible: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    collective: bool = False
    unknown: tuple[str, ...] = ()


@dataclass(slots=True)
class _Word:
    code: str | None
    text: str
    is_named: bool
    leads: bool
    label: str


class Directory:
    """The names of the units, with the forms a sheet may write them in."""

    def __init__(self, units: Sequence[UnitName]) -> None:
        self.units = {unit.code: unit for unit in units}
        self.counties = tuple(unit.code for unit in units if unit.kind == COUNTY)
        self.city_code = next((u.region_code for u in units if u.kind == LEADING_BODY), "")
        self.city = _city(units)
        self._codes: dict[str, str] = {}
        self._near: dict[str, str | None] = {}
        for unit in units:
            for form in _forms(unit, self.city):
                self._codes.setdefault(form, unit.code)

    def find(self, text: str) -> str | None:
        return self._codes.get(plain(text))

    def called(self, code: str) -> str:
        return self.units[code].short_name

    def nearest(self, text: str) -> str | None:
        """The short name of the unit whose name is most like the words; None where none is."""
        words = plain(text)
        if words not in self._near and len(self._near) < MOST_SUGGESTIONS:
            forms = list(self._codes)
            close = difflib.get_close_matches(words[:LONGEST_NAME], forms, 1, NEAREST)
            self._near[words] = self.called(self._codes[close[0]]) if close else None
        return self._near.get(words)

    def is_county_code(self, code: str) -> bool:
        return code in self.counties

    def is_territory(self, code: str) -> bool:
        """Whether a unit governs the region it lies in."""
        return self.units[code].kind in {COUNTY, ZONE}

    def region(self, text: str) -> str | None:
        """The region a county, a zone or the whole city lies in; None for other words."""
        words = plain(text)
        if words in {self.city, "全市", "市本级", "市级", "市直"} and self.city_code:
            return self.city_code
        code = self.find(text)
        unit = self.units.get(code) if code else None
        return unit.region_code if unit and unit.kind in {COUNTY, ZONE} else None

    def read(self, text: str) -> UnitsRead:
        words = [word for part in _parts(text) for word in self._words(*part)]
        known = [word for word in words if word.code]
        marked = next((word for word in known if word.leads), None)
        labelled = [w.code for w in known if w.label in {"责任单位", "主责单位", "责任主体"}]
        collective = bool(known) and not known[0].is_named and marked is None
        first = marked or (known[0] if known else None)
        if marked is None and labelled and not collective:
            first = next(word for word in known if word.code == labelled[0])
        return UnitsRead(
            primary=None if first is None or collective else first.code,
            codes=_once(word.code for word in known),
            responsible=_once(labelled),
            named=_once(word.code for word in known if word.is_named),
            collective=collective,
            unknown=tuple(word.text for word in words if not word.code),
        )

    def _words(self, label: str, names: str) -> list[_Word]:
        head, mark, rest = names.partition("牵头")
        if mark and not head.endswith("("):
            leading = [word for token in _NAMES.split(head) for word in self._token(token, label)]
            for word in leading[-1:]:
                word.leads = True
            names, before = rest, leading
        else:
            before = []
        return before + [
            word
            for token in _NAMES.split(_HELP.sub("", names))
            for word in self._token(token, label)
        ]

    def _token(self, token: str, label: str) -> list[_Word]:
        text = _HELP.sub("", token.strip())
        name = _LEADS.sub("", text)
        leads = name != text
        if not plain(name):
            return []
        if _EACH_COUNTY.fullmatch(plain(name)):
            return [
                _Word(code, name, is_named=False, leads=False, label=label)
                for code in self.counties
            ]
        pieces = self._pieces(name)
        if pieces:
            return [_Word(c, name, is_named=True, leads=leads, label=label) for c in pieces]
        return [_Word(None, name.strip(), is_named=True, leads=False, label=label)]

    def _pieces(self, name: str) -> list[str] | None:
        """Names joined by spaces or by 和, only where every one of them is known."""
        if (code := self.find(name)) is not None:
            return [code]
        if len(name) > LONGEST_JOINED:
            return None
        for joint in _JOINTS.finditer(name):
            head = self.find(name[: joint.start()])
            rest = self._pieces(name[joint.end() :]) if head else None
            if head and rest:
                return [head, *rest]
        return None


def _parts(text: str) -> list[tuple[str, str]]:
    """(label, names) of each clause: 责任单位：甲；配合单位：乙."""
    half = text.translate(str.maketrans("，：；（）／", ",:;()/"))
    found = []
    for part in _PARTS.split(half):
        match = _LABEL.fullmatch(part.strip())
        found.append((match["label"], match["names"]) if match else ("", part))
    return found


def _forms(unit: UnitName, city: str) -> list[str]:
    names = [unit.name, unit.short_name]
    if city and unit.short_name.startswith("市"):
        names.append(city + unit.short_name[1:])
    if city and unit.name.startswith(city):
        names.append("市" + unit.name.removeprefix(city))
    names += [name + suffix for name in names[:2] for suffix in _OWN_SUFFIXES.get(unit.kind, ())]
    return [plain(name) for name in names]


def _city(units: Sequence[UnitName]) -> str:
    """巴中市 for the bodies called 巴中市…, the name the units have in common; "" where none."""
    heads = [match[0] for u in units if (match := re.match(r"[^县区市]{1,6}市", u.name))]
    return max(set(heads), key=heads.count) if heads else ""


def _once(codes: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code for code in codes if code))
