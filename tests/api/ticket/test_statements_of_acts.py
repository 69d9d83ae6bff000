"""How many statements an act by a program takes: few, and as many in a large city as in a small.

While an act writes, every other one waits for it: each statement is waited for by all.
"""

from drafts import DRAFT
from sqlalchemy import insert, select

from extensions import db, transaction
from issues.models import Issue, IssueUnit
from issues.vocabulary import Status

MOST = {"register": 54, "assign": 58, "report_progress": 60, "confirm_progress": 43}
REPORT = {"text": "本周完成管网修复八十米，清淤三处，其余路段下周进场。"}
COPIES = 290


def statements_of(api, make_issue):
    """Of each act on a ticket as most are: with a plan, without cards, doubts or objections."""
    made = api.sun.post("/issues", DRAFT, 201)
    number = make_issue(Status.RECTIFYING).number
    return {
        "register": made.statements,
        "assign": api.sun.act(made["number"], "assign").statements,
        "report_progress": api.chen.act(number, "report_progress", REPORT).statements,
        "confirm_progress": api.sun.act(number, "confirm_progress", {"opinion": "同意"}).statements,
    }


def copy(number):
    """So many more tickets like this one, with its units."""
    issue = db.session.scalar(select(Issue.id).where(Issue.number == number))
    with transaction():
        for table, key in ((Issue.__table__, "id"), (IssueUnit.__table__, "issue_id")):
            for row in db.session.execute(select(table).where(table.c[key] == issue)).mappings():
                copies = [dict(row) | {key: 1000 + place} for place in range(COPIES)]
                if "number" in row:
                    copies = [one | {"number": f"{number}-{one[key]}"} for one in copies]
                db.session.execute(insert(table), copies)


def test_an_act_takes_few_statements_however_many_tickets_there_are(api, make_issue):
    make_issue(Status.RECTIFYING)
    few = statements_of(api, make_issue)
    copy(api.sun.get("/issues")["items"][0]["number"])
    many = statements_of(api, make_issue)

    for name, most in MOST.items():
        assert len(few[name]) <= most, "\n".join(few[name])
        assert len(many[name]) <= most, "\n".join(many[name])
        assert abs(len(many[name]) - len(few[name])) <= 2, name
