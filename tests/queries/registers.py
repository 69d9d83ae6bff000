"""Random registers, written straight into the tables, and counting them by hand.

The rows keep every constraint of the tables but no story: any status may follow any other.
"""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

from sqlalchemy import insert

from extensions import db, transaction
from issues.models import ColourSpan, Issue, IssueFiring, IssueUnit, Notice, NoticeIssue
from issues.rules.colour import NEVER, computed_colour, shown_colour
from issues.vocabulary import (
    OFF_BOARD,
    STRUCK_OFF,
    DeadlineKind,
    NoticeKind,
    NoticeStatus,
    Relation,
    Role,
    Rule,
    Source,
    Status,
)

TODAY = date(2025, 11, 25)
FIRST = date(2025, 6, 1)
AT = datetime(2025, 6, 1, 1, tzinfo=UTC)
EVERYTHING = {Role.OFFICE, Role.HEAD, Role.INSPECTOR, Role.LEADER, Role.PERFORMANCE}
SEES_DRAFTS = {Role.OFFICE, Role.HEAD, Role.INSPECTOR}
RETURNED = {"on": "2025-06-01", "count": 1}
EXPOSED = {"on": "2025-06-01", "by": "省级通报"}
OVERDUE = {"due": "2025-06-01", "grace": 0, "claimed": None, "sent_back": False}
REGIONS = ("511900", "511902", "511903", "511921", "511922")


class Register:
    """`tickets`: each with its `spans`, its `reaches` (unit id, relation) and its `notices`."""

    def __init__(self, rng, people, size=40):
        self.rng = rng
        codes = ("511902", "511903", "511922", "511900-STHJ", "511900-HWB")
        self.codes = {people.unit(code).id: code for code in codes}
        self.units = list(self.codes)
        self.tickets = [self._ticket(number) for number in range(1, size + 1)]
        with transaction():
            self._write()

    def _ticket(self, id_):
        days = sorted(self.rng.sample(range((TODAY - FIRST).days), self.rng.randint(1, 3)))
        begins = [FIRST + timedelta(days=day) for day in days]
        spans = [
            self._span(begin, end) for begin, end in zip(begins, [*begins[1:], NEVER], strict=True)
        ]
        now = spans[-1]
        return SimpleNamespace(
            id=id_, number=f"BZ-QT-2025-{id_:03}", spans=spans, now=now, deadline=self._day(),
            reaches=self._reaches(now), notices=self._notices(),
        )  # fmt: skip

    def _day(self, chance_of_never=0.2):
        if self.rng.random() < chance_of_never:
            return NEVER
        return FIRST + timedelta(days=self.rng.randint(0, 300))

    def _span(self, begin, end):
        apart = {Status.MERGED, Status.TAKEN_BACK}
        statuses = [status for status in Status if status not in apart]
        yellow, red = self._day(), self._day()
        grave = self.rng.choice([(Rule.R5, EXPOSED), (Rule.R1, OVERDUE)])
        firings = [
            {"rule": rule.value, "since": day.isoformat(), "facts": facts}
            for rule, facts, day in ((Rule.Y5, RETURNED, yellow), (*grave, red))
            if day < NEVER
        ]
        return SimpleNamespace(
            begin=begin, end=end, status=self.rng.choice(statuses), yellow_from=yellow,
            red_from=red, card=self.rng.choice(["", "", "", "yellow", "red"]),
            unit_id=self.rng.choice([*self.units, None]), region=self.rng.choice(REGIONS),
            source=self.rng.choice([Source.AF, Source.YD, Source.QT]), firings=firings,
        )  # fmt: skip

    def _reaches(self, now):
        reaches = {(self.rng.choice(self.units), self.rng.choice(list(Relation))) for _ in range(2)}
        reaches = {reach for reach in reaches if reach[1] is not Relation.PRIMARY}
        return reaches | ({(now.unit_id, Relation.PRIMARY)} if now.unit_id else set())

    def _notices(self):
        return [
            SimpleNamespace(
                kind=self.rng.choice([NoticeKind.N0, NoticeKind.N1, NoticeKind.N3]),
                signed_on=self._day(0), sign_due=self._day(0), reply_due=self._day(0),
                acknowledged=self.rng.choice([None, self._day(0)]),
                replied=self.rng.choice([None, None, self._day(0)]),
            )
            for _ in range(self.rng.choice([0, 0, 1, 2]))
        ]  # fmt: skip

    def _write(self):
        db.session.execute(insert(Issue), [_issue_row(ticket) for ticket in self.tickets])
        for table, rows in (
            (ColourSpan, [_span_row(t, span) for t in self.tickets for span in t.spans]),
            (IssueUnit, [
                {"issue_id": t.id, "unit_id": unit, "relation": relation}
                for t in self.tickets for unit, relation in t.reaches
            ]),
            (IssueFiring, [
                {"issue_id": t.id, "rule": Rule(firing["rule"]),
                 "since": date.fromisoformat(firing["since"])}
                for t in self.tickets for firing in t.now.firings
            ]),
        ):  # fmt: skip
            if rows:
                db.session.execute(insert(table), rows)
        told = [(ticket, notice) for ticket in self.tickets for notice in ticket.notices]
        for id_, (ticket, notice) in enumerate(told, start=1):
            db.session.execute(insert(Notice), [_notice_row(id_, notice, self.units[0])])
            row = {"notice_id": id_, "issue_id": ticket.id}
            db.session.execute(insert(NoticeIssue), [row])

    def unit_of(self, row):
        """The code of a row's primary unit, as the board names it."""
        return self.codes.get(row.unit_id, "-")

    def seen_by(self, viewer):
        return [ticket for ticket in self.tickets if sees(viewer, ticket)]


def sees(viewer, ticket):
    is_draft = ticket.now.status is Status.DRAFT
    if viewer.roles & EVERYTHING:
        return not is_draft or bool(viewer.roles & SEES_DRAFTS)
    related = any(unit == viewer.unit_id for unit, _ in ticket.reaches)
    return related and not is_draft


def standing(ticket, day):
    """How the ticket stood on a day; None before it was there. The future is as of now."""
    if day >= TODAY:
        return ticket.now
    return next((span for span in ticket.spans if span.begin <= day < span.end), None)


def on_board(ticket, day):
    found = standing(ticket, day)
    return found is not None and found.status not in OFF_BOARD


def colour(ticket, day):
    return shown_colour(standing(ticket, day), day) if on_board(ticket, day) else None


def is_struck(ticket, day):
    return standing(ticket, day).status in STRUCK_OFF


def is_overdue(ticket, day):
    """Overdue by the rule, on the board, not struck off."""
    row = standing(ticket, day)
    if row.status in STRUCK_OFF or row.status is Status.CLOSED:
        return False
    return any(f["rule"] == "R1" and f["since"] <= day.isoformat() for f in row.firings)


def changes(ticket, day, within):
    """Each change of computed colour in the days to come, found day by day."""
    if not on_board(ticket, day):
        return []
    found, last = [], None
    for step in range(within + 1):
        on = day + timedelta(days=step)
        now = computed_colour(standing(ticket, day), on)
        if step and now is not last:
            found.append((on, now))
        last = now
    return found


def waits(notice, day):
    supervising = notice.kind is not NoticeKind.N0
    return (
        supervising and notice.signed_on <= day and not (notice.replied and notice.replied <= day)
    )


def is_late(notice, day):
    unsigned = not (notice.acknowledged and notice.acknowledged <= day)
    return waits(notice, day) and (notice.reply_due < day or (unsigned and notice.sign_due < day))


def _issue_row(ticket):
    now = ticket.now
    is_ended = now.status in (Status.DRAFT, Status.WITHDRAWN)
    return {
        "id": ticket.id, "version": 1, "number": ticket.number, "source": now.source,
        "title": f"第{ticket.id}个问题", "problem": "污水直排", "goal": "", "criteria": "",
        "region": now.region, "place": "", "types": ["水"], "remark": "", "extra": {},
        "primary_unit_id": now.unit_id, "sponsor": "", "contact": "", "deadline_text": "",
        "deadline": None if ticket.deadline == NEVER else ticket.deadline,
        "deadline_kind": DeadlineKind.FIXED, "assigned_on": None if is_ended else FIRST,
        "round": 1, "declined_round": 0, "status": now.status, "claimed_on": FIRST,
        "publicity_from": FIRST, "publicity_until": FIRST,
        "closed_on": FIRST if now.status in STRUCK_OFF else None, "unlawful": False,
        "yellow_from": now.yellow_from, "red_from": now.red_from, "card": now.card,
        "policy": 0, "firings": now.firings, "created_at": AT, "is_starred": False,
    }  # fmt: skip


def _span_row(ticket, span):
    names = ("yellow_from", "red_from", "card", "status", "unit_id", "region", "source", "firings")
    kept = {name: getattr(span, name) for name in names}
    return kept | {
        "issue_id": ticket.id, "valid_from": span.begin, "valid_to": span.end, "policy": 0,
    }  # fmt: skip


def _noon(day):
    return None if day is None else datetime(day.year, day.month, day.day, 4, tzinfo=UTC)


def _notice_row(id_, notice, unit_id):
    return {
        "id": id_, "version": 1, "kind": notice.kind, "status": NoticeStatus.SIGNED,
        "unit_id": unit_id, "trigger": "by_hand", "occurrence": str(id_), "title": "督办",
        "facts": {}, "drafted_at": AT, "number": f"巴环委〔2025〕{id_}号", "sha256": "0" * 64,
        "signed_on": notice.signed_on, "sign_due": notice.sign_due, "reply_due": notice.reply_due,
        "acknowledged_at": _noon(notice.acknowledged), "replied_at": _noon(notice.replied),
        "acknowledged_name": "", "acknowledged_phone": "", "reply": "", "reply_evidence": [],
        "void_reason": "",
    }  # fmt: skip
