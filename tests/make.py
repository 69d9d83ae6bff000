"""Tickets of any status, brought there by the acts and the people that bring them there in life."""

import contextlib
import functools
from datetime import date, datetime, time, timedelta
from io import BytesIO

import pytest
from flask import current_app
from people import BAZHOU, BUREAU, CAST
from shelf import Patch

from extensions import transaction
from issues import acts, workflow
from issues.colour.facts_of import measures_of
from issues.evidence import rows as keeping
from issues.evidence.intake import proof
from issues.ground import clock
from issues.vocabulary import Action, EvidenceKind, Role, Standard, Status
from issues.workflow.changes.accepting import required_kinds

FOUND_ON = date(2025, 10, 9)
PDF = b"%%PDF-1.4\n%% %s\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n%%%%EOF\n"
ALL_STANDARDS = [standard.value for standard in Standard]
DETAIL = {
    "source": "AF",
    "title": "大茅坪镇场镇生活污水直排河道",
    "problem": "场镇污水管网破损渗漏，生活污水经雨水沟直排小溪河。",
    "region": BAZHOU,
    "place": "大茅坪镇场镇",
    "goal": "完成破损管网修复2.4公里，污水全收集。",
    "criteria": "沿线无直排，水质达标。",
    "deadline": "2026-06-30",
    "primary_unit": BAZHOU,
    "lead_unit": BUREAU,
    "acceptance_unit": BUREAU,
}
MEASURES = (
    {"text": "完成场镇管网排查", "deadline": "2026-03-31"},
    {
        "text": "修复破损管网", "start": "2026-01-05", "deadline": "2026-06-30",
        "target": "2.4", "unit_of_target": "公里",
    },
)  # fmt: skip


def _path():
    """The status each step leads to, days after the finding, and the step itself."""
    return (
        (Status.DRAFT, 0, None),
        (Status.ASSIGNED, 0, Maker.assign),
        (Status.PLANNING, 1, Maker.acknowledge),
        (Status.PLAN_REVIEW, 6, Maker.submit_plan),
        (Status.RECTIFYING, 7, Maker.approve_plan),
        (Status.FIRST_ACCEPTANCE, 21, Maker.claim),
        (Status.SITE_CHECK, 26, Maker.accept),
        (Status.APPROVAL, 28, Maker.check),
        (Status.PUBLICITY, 29, Maker.approve),
        (Status.CLOSED, 47, Maker.close),
    )


def step(method):
    """Of the maker: done by real acts, or brought back by the shelf if it was done before."""

    @functools.wraps(method)
    def kept(maker, *args, **kwargs):
        if maker.shelf is None or maker.is_stepping:
            return method(maker, *args, **kwargs)
        said = (method.__name__, args, kwargs)
        return maker.brought(said, lambda: method(maker, *args, **kwargs))

    return kept


EXAMINED = {}


def _known_ones(path, filename, *, edges=(), examine=proof.examine):
    told = path.read_bytes(), filename, tuple(edges)
    if told not in EXAMINED:
        EXAMINED[told] = examine(path, filename, edges=edges)
    return EXAMINED[told]


@contextlib.contextmanager
def examined_once():
    """The papers of the maker, the same in every test, are decoded once a worker."""
    with pytest.MonkeyPatch.context() as patch:
        if not Patch.is_touched:
            patch.setattr(proof, "examine", _known_ones)
        yield


class Maker:
    """`make_issue(Status.PUBLICITY, title=…)`. On the test day the default ticket is green."""

    def __init__(self, people, shelf=None):
        self.people = people
        self.shelf = shelf
        self.measures = []
        self.files_made = 0
        self.is_stepping = False

    def __call__(self, status=Status.RECTIFYING, **how):
        """A ticket of this status: see `_made`. From the farthest on its way that is kept."""
        if self.shelf is None or self.is_stepping:
            return self._made(status, **how)
        line = [reached for reached, _, _ in _path()]
        way = line[: line.index(status)] if status in line else []

        def onward(issue, files_made, measures):
            self.files_made, self.measures = files_made, measures
            return self.advance(issue, status, how.get("found_on", FOUND_ON))

        before = [("made", one, how) for one in reversed(way)]
        return self.brought(
            ("made", status, how), lambda: self._made(status, **how), onward, before
        )

    def brought(self, said, build, onward=None, before=()):
        """What the step gives, and the maker as it is after it."""
        state = self.files_made, self.measures

        def with_state(made):
            return lambda *begun: (made(*begun), self.files_made, self.measures)

        self.is_stepping = True
        try:
            row, self.files_made, self.measures = self.shelf.of(
                (said, *state), with_state(build),
                onward=with_state(onward), before=[(less, *state) for less in before],
            )  # fmt: skip
            return row
        finally:
            self.is_stepping = False

    def _made(self, status, *, found_on=FOUND_ON, measures=MEASURES, **fields):
        """`fields` are those of the register act."""
        if status is Status.STANDING:
            lasting = {"deadline": None, "deadline_text": "2026年6月底前，长期坚持"}
            fields = lasting | fields
        self.measures = list(measures)
        with transaction():
            moment = self._moment(found_on, 0)
            issue = acts.register(self.people.sun, DETAIL | fields, at=moment)
        if status is Status.WITHDRAWN:
            return self.act(Action.WITHDRAW, issue, "zhou", reason="登记有误")
        if status is Status.MERGED:
            into = self(Status.ASSIGNED, found_on=found_on, **fields)
            return self.act(Action.MERGE, issue, "zhou", into=into.number, reason="同一问题")
        return self.advance(issue, status, found_on)

    @step
    def advance(self, issue, status, found_on=FOUND_ON):
        """Go on along the main line until the ticket has this status."""
        goal = Status.CLOSED if status is Status.STANDING else status
        for reached, days, step in _path():
            if issue.status is status:
                break
            if step and reached is not issue.status and self._is_ahead(issue, reached, goal):
                step(self, issue, self._moment(found_on, days))
        assert issue.status is status, f"{issue.number} stands at {issue.status}"
        return issue

    @step
    def act(self, action, issue, name, *, on=None, **detail):
        """One act by one of the cast, saved. `on` is the moment; now where it is not given."""
        with transaction():
            person = self.people[name]
            issue = workflow.load(issue.number, person, for_change=True)
            return acts.do(action, issue, person, detail, at=on)

    @step
    def evidence(self, issue, kind=EvidenceKind.OTHER, name="chen", *, on=None, file=None):
        """One file on the ticket; every one made here has bytes of its own."""
        self.files_made += 1
        own = f"材料{self.files_made}.pdf", PDF % str(self.files_made).encode()
        filename, data = file or own
        person, store = self.people[name], current_app.extensions["evidence"]
        at = on or clock.now()
        with transaction(), contextlib.nullcontext() if file else examined_once():
            return keeping.keep(
                issue, person, BytesIO(data), filename, store=store, kind=kind.value, at=at
            )

    def of_the_unit(self, issue, role):
        """Who of the cast has this role in the ticket's primary unit."""
        code = issue.primary_unit.code
        return next(name for name, (_, unit, held) in CAST.items() if (unit, held) == (code, role))

    def assign(self, issue, on):
        self.act(Action.ASSIGN, issue, "sun", on=on)

    def acknowledge(self, issue, on):
        self.act(Action.ACKNOWLEDGE, issue, self.of_the_unit(issue, Role.UNIT_LEADER), on=on)

    def submit_plan(self, issue, on):
        leader = self.of_the_unit(issue, Role.UNIT_LEADER)
        self.act(Action.SUBMIT_PLAN, issue, leader, on=on, measures=self.measures)

    def approve_plan(self, issue, on):
        self.act(Action.APPROVE_PLAN, issue, "liu", on=on, opinion="同意")

    def finish(self, issue, on):
        """Every measure reported done and confirmed, and every required file on the ticket."""
        reporter = self.of_the_unit(issue, Role.REPORTER)
        done = [_done(measure) for measure in measures_of(issue)]
        said = "各项措施均已完成。"
        self.act(Action.REPORT_PROGRESS, issue, reporter, on=on, text=said, measures=done)
        self.act(Action.CONFIRM_PROGRESS, issue, "liu", on=on, opinion="属实")
        for kind, count in required_kinds(issue).items():
            for _ in range(count):
                self.evidence(issue, kind, reporter, on=on)

    def claim(self, issue, on):
        self.finish(issue, on - timedelta(days=1))
        leader = self.of_the_unit(issue, Role.UNIT_LEADER)
        self.act(Action.REQUEST_ACCEPTANCE, issue, leader, on=on, text="已全面完成，申请验收。")

    def accept(self, issue, on):
        self.act(Action.PASS_FIRST_ACCEPTANCE, issue, "liulead", on=on, opinion="符合验收标准")

    def check(self, issue, on, **changes):
        photo = self.evidence(issue, EvidenceKind.SITE_CHECK, "lin", on=on)
        found = [{"id": measure.id, "conclusion": "pass"} for measure in measures_of(issue)]
        detail = {
            "at": on.isoformat(),
            "place": "大茅坪镇场镇",
            "inspectors": ["lin", "lin2"],
            "conclusion": "pass",
            "measures": found,
            "photos": [photo.id],
        }
        self.act(Action.RECORD_SITE_CHECK, issue, "lin", on=on, **detail | changes)

    def approve(self, issue, on):
        conclusion = self.evidence(issue, EvidenceKind.CONCLUSION, "sun", on=on)
        self.act(
            Action.APPROVE_CLOSURE, issue, "zhou", on=on,
            standards=ALL_STANDARDS, opinion="同意", conclusion=conclusion.id,
        )  # fmt: skip

    def close(self, issue, on):
        self.act(Action.CLOSE, issue, "sun", on=on)

    def _is_ahead(self, issue, reached, goal):
        line = [status for status, _, _ in _path()]
        return line.index(issue.status) < line.index(reached) <= line.index(goal)

    def _moment(self, found_on, days):
        """Ten in the morning so many days after the finding, but never after today."""
        day = min(found_on + timedelta(days=days), clock.today())
        return datetime.combine(day, time(10), clock.SHANGHAI)


def _done(measure):
    figure = {} if measure.target is None else {"reported": format(measure.target, "f")}
    return {"id": measure.id, "done": True, **figure}
