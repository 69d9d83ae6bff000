"""Whether the process lives, whether it can serve, and its figures for a monitor."""

import logging
from collections import Counter
from ipaddress import ip_address
from threading import Lock

from flask import Blueprint, Response, current_app, jsonify, request
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from extensions import db
from issues.city.items import lacks
from issues.evidence.refusals import EvidenceRefused
from issues.ground import clock
from issues.ground.database import is_room_left
from issues.ground.refusals import NotAllowed
from issues.rights.table import Right, holds
from issues.web.door.guards import actor, public

blueprint = Blueprint("health", __name__)
logger = logging.getLogger(__name__)

NO_FILE = "0" * 64
UNAVAILABLE = 503
METRICS = "text/plain; version=0.0.4; charset=utf-8"


class Figures:
    """Answers of this process, by class of status, since it began."""

    def __init__(self) -> None:
        self.began = clock.real_now().timestamp()
        self._counts: Counter[tuple[str, str]] = Counter()
        self._lock = Lock()

    def count(self, response: Response) -> Response:
        with self._lock:
            self._counts[request.method, f"{response.status_code // 100}xx"] += 1
        return response

    def lines(self) -> list[str]:
        with self._lock:
            counts = sorted(self._counts.items())
        return [
            "# TYPE process_start_time_seconds gauge",
            f"process_start_time_seconds {self.began:.0f}",
            "# TYPE http_responses_total counter",
            *(
                f'http_responses_total{{method="{method}",status="{status}"}} {count}'
                for (method, status), count in counts
            ),
        ]


@blueprint.record_once
def count_answers(state: BlueprintSetupState) -> None:
    app = state.app
    app.extensions["figures"] = figures = Figures()
    app.after_request(figures.count)


@blueprint.get("/healthz")
@public
def alive() -> ResponseReturnValue:
    return jsonify(status="ok")


@blueprint.get("/readyz")
@public
def ready() -> ResponseReturnValue:
    """Whether database and evidence store answer and can be written; says which does not."""
    failing = [name for name, answers in CHECKS.items() if not answers()]
    if failing:
        return jsonify(status="failing", failing=failing), UNAVAILABLE
    if lacks():
        return jsonify(status="ok", setup="unfinished")  # it serves, whatever the city has to say
    return jsonify(status="ok")


def _database_answers() -> bool:
    try:
        db.session.execute(text("SELECT 1 FROM account LIMIT 1"))
    except SQLAlchemyError:
        logger.warning("the database does not answer", exc_info=True)
        db.session.rollback()
        return False
    return True


def _store_answers() -> bool:
    try:
        current_app.extensions["evidence"].exists(NO_FILE)
    except (EvidenceRefused, OSError):
        logger.warning("the evidence store does not answer", exc_info=True)
        return False
    return True


def _room_is_left() -> bool:
    try:
        return is_room_left()
    except SQLAlchemyError:
        db.session.rollback()
        return True  # a database that does not answer has a name of its own


CHECKS = {"database": _database_answers, "space": _room_is_left, "evidence": _store_answers}


@blueprint.get("/metrics")
@public
def metrics() -> ResponseReturnValue:
    """For this machine, or by the token of who keeps the system."""
    if not (_is_local() or (current_user.is_authenticated and holds(actor(), Right.ACCOUNTS))):
        raise NotAllowed("运行指标只供本机或系统管理员的接口令牌读取。")
    lines = current_app.extensions["figures"].lines()
    return Response("\n".join([*lines, ""]), content_type=METRICS)


def _is_local() -> bool:
    """Not through a proxy: a proxy on this machine would make the whole world local."""
    if request.environ.get("product.forwarded"):
        return False
    try:
        return ip_address(request.remote_addr or "").is_loopback
    except ValueError:
        return False
