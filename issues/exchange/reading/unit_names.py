"""Units read from the words of a cell: full and short names, roles, 各县（区）. Never a guess."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from issues.exchange.reading.words import unit_forms, unit_noise, unit_refusals
from issues.exchange.reading.words.unit_noise import EACH, HEAD, LABEL, Role, label_role, stripped
from issues.exchange.workbook.sheet import plain
from issues.vocabulary import COUNTY, ZONE

LEADING_BODY = "牵头机构"
LONGEST_NAME, LONGEST_JOINED = 40, 400
SHORTEST_IN_TEXT = 3
MOST_KEPT = 2000
"""Cells whose reading is remembered: a ledger names the same units in row after row."""
MOST_SUGGESTIONS = 200
"""Likeness is slow to measure: a sheet of nothing but wrong names is not searched to its end."""

_CLAUSES = re.compile(r"[;。\n]+")
_NAMES = re.compile(r"[、/]+")
_JOINTS = re.compile(r"\s+|会同|联合|以及|[和及与]")
_HALF = str.maketrans("，：；（）／．【】〔〕", ",:;()/.()()")


@dataclass(frozen=True, slots=True)
class UnitName:
    """A unit by what a sheet may call it. `kind` is that of units.csv.

    `aliases` are what somebody has said that it is called besides.
    """

    code: str
    name: str
    short_name: str
    kind: str
    region_code: str
    aliases: tuple[str, ...] = ()
    is_ended: bool = False


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
    role: Role


class Directory:
    """The names of the units, with the forms a sheet may write them in."""

    def __init__(self, units: Sequence[UnitName]) -> None:
        self.units = {unit.code: unit for unit in units}
        units = [unit for unit in units if not unit.is_ended]
        self.counties = tuple(unit.code for unit in units if unit.kind == COUNTY)
        self.city_code = next((u.region_code for u in units if u.kind == LEADING_BODY), "")
        self.city = _city(units)
        self._codes = _codes(units, self.city)
        self._pairs = unit_forms.pairs(units, self.city)
        self._county_names = [self.called(code) for code in self.counties]
        stems = {name[:-1]: name for name in self._county_names}
        bodies = stems | {form: self.called(code) for form, code in self._codes.items()}
        self._bodies = sorted(bodies.items(), key=lambda body: -len(body[0]))
        self._cores = unit_refusals.cores(units, self.city)
        self._near: dict[str, str | None] = {}
        self._read: dict[str, UnitsRead] = {}
        self._in_text: re.Pattern[str] | None = None

    def find(self, text: str) -> str | None:
        """By any of its forms, whichever conjunction stands in it."""
        words = plain(text)
        bare = unit_forms.CONJUNCTIONS.sub("", words)
        return self._codes.get(words) or self._codes.get(bare)

    def mentioned(self, text: str) -> list[str]:
        """The units that a running text names by a form of three signs or more, in its order."""
        if self._in_text is None:
            forms = sorted((f for f in self._codes if len(f) >= SHORTEST_IN_TEXT), key=len)
            self._in_text = re.compile("|".join(map(re.escape, reversed(forms))) or "(?!)")
        found = (self._codes[match[0]] for match in self._in_text.finditer(plain(text)))
        return list(dict.fromkeys(found))

    def called(self, code: str) -> str:
        return self.units[code].short_name

    def nearest(self, text: str) -> str | None:
        """The short name of the unit whose name is most like the words; None where none is."""
        words = plain(text)
        if words not in self._near and len(self._near) < MOST_SUGGESTIONS:
            own = words[:LONGEST_NAME]
            self._near[words] = unit_refusals.nearest(own, self.city, self._cores)
        return self._near.get(words)

    def why_unknown(self, text: str, kind: str = "单位") -> str:
        """What to write instead of words no unit bears, after the words themselves."""
        words = plain(text)[:LONGEST_NAME]
        if why := unit_refusals.why_unknown(words, self.city, self._county_names):
            return why
        if why := unit_refusals.why_more(words, self._bodies):
            return why
        near = self.nearest(text)
        known = "单位名录中的全称或简称" if kind == "单位" else "县（区）、园区或全市"
        return f"，是不是“{near}”" if near else f"，请写{known}"

    def is_no_name(self, text: str) -> str:
        """Why words cannot be the name of one unit, after the words; "" where they may be."""
        words = plain(text)[:LONGEST_NAME]
        if _NAMES.search(words) or _CLAUSES.search(words) or "," in words:
            return "，一次只写一个名称"
        return unit_refusals.why_no_name(words, self.city, self._county_names, self._bodies)

    def is_county_code(self, code: str) -> bool:
        return code in self.counties

    def is_territory(self, code: str) -> bool:
        """Whether a unit governs the region it lies in."""
        return self.units[code].kind in {COUNTY, ZONE}

    def body_of(self, region: str) -> str | None:
        """The county that governs a region."""
        return next(
            (code for code in self.counties if self.units[code].region_code == region), None
        )

    def region(self, text: str) -> str | None:
        """The region a county, a zone or the whole city lies in; None for other words."""
        words = plain(text)
        if words in {self.city, "全市", "市本级", "市级", "市直"} and self.city_code:
            return self.city_code
        code = self.find(text)
        unit = self.units.get(code) if code else None
        return unit.region_code if unit and unit.kind in {COUNTY, ZONE} else None

    def read(self, text: str) -> UnitsRead:
        found = self._read.get(text)
        if found is None:
            found = self._anew(text)
            if len(self._read) < MOST_KEPT:
                self._read[text] = found
        return found

    def _anew(self, text: str) -> UnitsRead:
        merged = self._pairs.sub(unit_forms.paired, text.translate(_HALF))
        tidy = unit_noise.tidied(merged, self._county_names)
        words = [word for clause in _CLAUSES.split(tidy) for word in self._clause(clause.strip())]
        known = [word for word in words if word.code]
        collective = bool(known) and not known[0].is_named
        collective = collective and all(word.role is not Role.LEADS for word in known)
        first = _first(known, is_collective=collective)
        return UnitsRead(
            primary=None if first is None or collective else first.code,
            codes=_once(word.code for word in known),
            responsible=_once(word.code for word in known if word.role is Role.ANSWERS),
            named=_once(word.code for word in known if word.is_named),
            collective=collective,
            unknown=tuple(word.text for word in words if not word.code),
        )

    def _clause(self, clause: str) -> list[_Word]:
        """责任单位:甲、乙. The role of the last name of a list is that of the list, if it helps."""
        match = LABEL.fullmatch(clause)
        role, names = (label_role(match["label"]), match["names"]) if match else (Role.NONE, clause)
        found = []
        for listed in names.split(","):
            words = [word for token in _NAMES.split(listed) for word in self._token(token)]
            of_list = Role.HELPS if words and words[-1].role is Role.HELPS else role
            for word in words:
                word.role = of_list if word.role is Role.NONE else word.role
            found += words
        return found

    def _token(self, token: str) -> list[_Word]:
        known = self.find(token)
        name, role = (token, Role.NONE) if known or len(token) > LONGEST_JOINED else stripped(token)
        if not plain(name):
            return []
        if plain(HEAD.sub("", name)) == EACH:
            return [_Word(code, name, is_named=False, role=Role.NONE) for code in self.counties]
        pieces = self._pieces(name) or self._pieces(name := HEAD.sub("", name))
        return [_Word(c, name.strip(), is_named=True, role=role) for c in pieces or [None]]

    def _pieces(self, name: str) -> list[str | None] | None:
        """Names joined by spaces or by 和, only where every one of them is known."""
        if (code := self.find(name)) is not None:
            return [code]
        if len(name) > LONGEST_JOINED:
            return None
        for joint in _JOINTS.finditer(name):
            head = self.find(stripped(name[: joint.start()])[0])
            rest = self._pieces(name[joint.end() :]) if head else None
            if head and rest:
                return [head, *rest]
        return None


def _first(known: Sequence[_Word], *, is_collective: bool) -> _Word | None:
    """Who leads, else who answers, else the first that does not merely help."""
    wanted = [Role.LEADS] if is_collective else [Role.LEADS, Role.ANSWERS, Role.NONE]
    for role in wanted:
        for word in known:
            if word.role is role:
                return word
    return known[0] if known else None


def _codes(units: Sequence[UnitName], city: str) -> dict[str, str]:
    """By each form its unit: registered names first, then those that are of one unit alone."""
    codes: dict[str, str] = {}
    for unit in units:
        for name in unit_forms.registered(unit):
            codes.setdefault(plain(name), unit.code)
    made: dict[str, set[str]] = {}
    for unit in units:
        for form in unit_forms.derived(unit, city):
            made.setdefault(plain(form), set()).add(unit.code)
    for form, of in made.items():
        if len(of) == 1:
            codes.setdefault(form, next(iter(of)))
    return codes


def _city(units: Sequence[UnitName]) -> str:
    """绵阳市 for the bodies called 绵阳市…, the name the units have in common; "" where none."""
    heads = [match[0] for u in units if (match := re.match(r"[^县区市]{1,6}市", u.name))]
    return max(set(heads), key=heads.count) if heads else ""


def _once(codes: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code for code in codes if code))
