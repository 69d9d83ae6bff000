"""`python -m bench.texts`: tickets with many long reports, drawn, flagged and added to.

Every time stands beside a plain read of the same reports' texts in the same run.
"""

import argparse
import json
import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select

from app import create_app
from auth.models import User
from auth.signin import actor_for
from bench.data import PASSWORD, PERSON, prepare
from bench.serving.visitor import TOKEN
from config import Config
from extensions import db, transaction
from issues import acts, workflow
from issues.ground import clock
from issues.models import Issue, ProgressReport
from issues.vocabulary import Action, Status

ISSUES = 400
FEW, MANY, LENGTH = 15, 150, 1990
SIGNS = tuple(chr(0x4E00 + place) for place in range(900))
KINDS = {"alike": 60, "just_unlike": 140}
"""Signs changed of one model: of two such reports about 88, or 74, of a hundred pairs are alike."""
READS = 20
REPORTER = "chen"


def main() -> int:
    asked = _arguments()
    with tempfile.TemporaryDirectory() as folder:
        ground = prepare(Path(folder), ISSUES)
        app = create_app(Config.from_env(dict(ground.environ)))
        with app.app_context():
            chosen = _tickets(len(KINDS))
        found = {
            kind: _measure(app, number, changed, asked.reports)
            for (kind, changed), number in zip(KINDS.items(), chosen, strict=True)
        }
    print(json.dumps(found, indent=1))
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.texts", description=__doc__)
    parser.add_argument("--reports", type=int, default=MANY, help="每个问题的填报数量")
    return parser.parse_args()


def _tickets(count: int) -> list[str]:
    """Tickets the reporter may report on."""
    unit = select(User.unit_id).where(User.name == REPORTER).scalar_subquery()
    rows = select(Issue.number).where(
        Issue.status == Status.RECTIFYING, Issue.primary_unit_id == unit
    )
    return list(db.session.scalars(rows.order_by(Issue.id).limit(count)))


def _measure(app: Flask, number: str, changed: int, reports: int) -> dict[str, Any]:
    chance = random.Random(number)  # noqa: S311 - texts that are the same in every run
    model = chance.choices(SIGNS, k=LENGTH)
    person = _signed_in(app)
    seconds, pages = [], {}
    for count in range(1, reports + 1):
        text = _variant(model, changed, chance)
        seconds.append(_timed(lambda text=text: _report(app, number, text)))
        if count in (FEW, reports):
            pages[str(count)] = _pages(app, person, number)
    raw = _raw(app, number)
    return {
        "writing_first_ms": 1000 * sum(seconds[:FEW]) / FEW,
        "writing_last_ms": 1000 * sum(seconds[-FEW:]) / FEW,
        "raw_read_ms": raw * 1000,
        "pages": pages,
        "ticket_of_raw": pages[str(reports)]["ticket"]["seconds"] / raw,
    }


def _variant(model: list[str], changed: int, chance: random.Random) -> str:
    said = list(model)
    for place in chance.sample(range(LENGTH), changed):
        said[place] = chance.choice(SIGNS)
    return "".join(said)


def _report(app: Flask, number: str, text: str) -> None:
    with app.app_context(), transaction():
        user = db.session.scalars(select(User).where(User.name == REPORTER)).one()
        actor = actor_for(user)
        issue = workflow.load(number, actor, for_change=True)
        acts.do(Action.REPORT_PROGRESS, issue, actor, {"text": text}, at=clock.now())


def _signed_in(app: Flask) -> FlaskClient:
    client = app.test_client()
    token = TOKEN.search(client.get("/login").text).group(1)
    client.post("/login", data={"csrf_token": token, "username": PERSON, "password": PASSWORD})
    return client


def _pages(app: Flask, person: FlaskClient, number: str) -> dict[str, dict[str, float]]:
    """Each drawn for the first time after the last report."""
    addresses = {
        "ticket": f"/issues/{number}",
        "decision": f"/issues/{number}/acts/{Action.CONFIRM_PROGRESS.value}",
        "flags": f"/issues/{number}/flags",
    }
    return {name: _drawn(app, person, address) for name, address in addresses.items()}


def _drawn(app: Flask, person: FlaskClient, address: str) -> dict[str, float]:
    statements: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        statements.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    answers: list[Any] = []
    seconds = _timed(lambda: answers.append(person.get(address)))
    event.remove(engine, "before_cursor_execute", note)
    if answers[0].status_code != 200:  # noqa: PLR2004 - the one good answer
        sys.exit(f"{address}: {answers[0].status}")
    return {"seconds": seconds, "statements": len(statements)}


def _raw(app: Flask, number: str) -> float:
    """A plain read of the texts of the ticket, the best of some."""
    rows = (
        select(ProgressReport.id, ProgressReport.text)
        .join(Issue, Issue.id == ProgressReport.issue_id)
        .where(Issue.number == number)
    )
    with app.app_context():
        return min(_timed(lambda: db.session.execute(rows).all()) for _ in range(READS))


def _timed(what: Callable[[], Any]) -> float:
    start = time.perf_counter()
    what()
    return time.perf_counter() - start


if __name__ == "__main__":
    sys.exit(main())
