"""Somebody who does whatever can be done: acts with details drawn from the table of fields."""

import random
from datetime import datetime, time, timedelta

from make import Maker
from people import BAZHOU, BUREAU, CAST, ENYANG

from extensions import transaction
from issues import acts
from issues.act_fields import FIELDS
from issues.colour.facts_of import measures_of
from issues.ground import clock
from issues.ground.refusals import Refusal
from issues.vocabulary import Action, EvidenceKind, Source, Status

UNITS = (BAZHOU, ENYANG, BUREAU, "511900-SLJ")
ACTORS = [name for name in CAST if not name.endswith("admin") and name != "auditor"]
WORDS = ("管网已修复。", "已完成排查", "无", "=1+1", "<b>粗</b>", "情况属实，同意。")
DEADLINES = ("2025年底前", "立行立改", "2026年6月底前，长期坚持", "按序时进度", "尽快")
HARD_ENDS = frozenset({Action.WITHDRAW, Action.MERGE})
OFTEN = frozenset({Action.COMMENT})
UNDATED = (
    {"text": "完成场镇管网排查"},
    {"text": "修复破损管网", "target": "2.4", "unit_of_target": "公里"},
)
ONWARD = {
    Status.DRAFT: Maker.assign,
    Status.ASSIGNED: Maker.acknowledge,
    Status.PLANNING: Maker.submit_plan,
    Status.PLAN_REVIEW: Maker.approve_plan,
    Status.RECTIFYING: Maker.claim,
    Status.FIRST_ACCEPTANCE: Maker.accept,
    Status.SITE_CHECK: Maker.check,
    Status.APPROVAL: Maker.approve,
    Status.PUBLICITY: Maker.close,
}


class Wanderer:
    """Walks one ticket through acts at random, the same ones for the same seed."""

    def __init__(self, seed, maker):
        self.draw = random.Random(seed)  # noqa: S311 - the same walk every time
        self.maker = maker
        self.people = maker.people
        self.at = datetime(2025, 2, 10, 9, tzinfo=clock.SHANGHAI)
        self.refused = []
        source = self.draw.choice(list(Source))
        self.issue = maker(Status.DRAFT, found_on=self.at.date(), source=source.value)
        maker.measures = UNDATED

    def step(self):
        self.go_on()
        self.act()

    def go_on(self):
        """Some days and some minutes, so that no two acts are of one moment."""
        self.at += timedelta(days=self.draw.randrange(9), minutes=self.draw.randrange(1, 300))

    def act(self):
        """Half the time the next act of the main line, else what can be done, or anything."""
        luck = self.draw.random()
        try:
            if luck < 0.5 and self.issue.status in ONWARD:
                ONWARD[self.issue.status](self.maker, self.issue, self.at)
            elif luck < 0.85:
                self._do(*self._to_be_done())
            else:
                self._do(self.draw.choice(ACTORS), self.draw.choice(list(FIELDS)))
        except Refusal as refusal:
            self.refused.append(refusal)

    def _do(self, name, action):
        detail = {field.name: self._value(field) for field in self._asked(action)}
        with transaction():
            acts.do(action, self.issue, self.people[name], detail, at=self.at)

    def _to_be_done(self):
        ways = [
            (name, action)
            for name in ACTORS
            for action in acts.available(self.issue, self.people[name])
            if action not in HARD_ENDS or self.draw.random() < 0.03
        ]
        rare = [way for way in ways if way[1] not in OFTEN]
        return self.draw.choice(rare or ways or [("sun", Action.COMMENT)])

    def _asked(self, action):
        fields = FIELDS[action]
        return [field for field in fields if field.required or self.draw.random() < 0.6]

    def _value(self, field):
        return getattr(self, f"_{field.type}")(field)

    def _text(self, _field):
        return self.draw.choice(WORDS)

    _long_text = _text

    def _date(self, _field):
        return (self.at.date() + timedelta(days=self.draw.randrange(-20, 200))).isoformat()

    def _moment(self, _field):
        return datetime.combine(self.at.date(), time(8), clock.SHANGHAI).isoformat()

    def _deadline(self, _field):
        return self.draw.choice(DEADLINES)

    def _integer(self, _field):
        return self.draw.choice([measure.id for measure in measures_of(self.issue)] or [1])

    def _decimal(self, _field):
        return self.draw.choice(["1", "2.4", "31.8", "-3", "0.333"])

    def _flag(self, _field):
        return self.draw.random() < 0.7

    def _choice(self, field):
        return self.draw.choice(field.choices)[0]

    def _choices(self, field):
        codes = [code for code, _ in field.choices]
        return codes if self.draw.random() < 0.8 else self.draw.sample(codes, 1)

    def _unit(self, _field):
        return self.draw.choice(UNITS)

    def _units(self, _field):
        return self.draw.sample(UNITS, 2)

    def _region(self, _field):
        return self.draw.choice((BAZHOU, ENYANG))

    def _place(self, _field):
        return self.draw.choice(("", "枣林镇", "登科街道"))

    def _account(self, _field):
        return self.draw.choice(ACTORS)

    def _names(self, _field):
        return ["lin", "lin2"]

    def _issue(self, _field):
        return self.issue.number

    def _evidence(self, _field):
        return self.maker.evidence(self.issue, EvidenceKind.OTHER, "sun", on=self.at).id

    def _evidences(self, field):
        return [self._evidence(field) for _ in range(2)]

    def _rows(self, field):
        """A row for each measure where rows name measures, else two new ones."""
        known = [measure.id for measure in measures_of(self.issue)]
        if any(inner.name == "id" for inner in field.fields):
            return [self._row(field) | {"id": key} for key in known]
        return [self._row(field) for _ in range(2)]

    def _row(self, field):
        return {inner.name: self._value(inner) for inner in field.fields if self._is_drawn(inner)}

    def _changes(self, field):
        inner = self.draw.choice(field.fields)
        return {inner.name: self._value(inner)}

    def _is_drawn(self, field):
        return field.required or self.draw.random() < 0.5
