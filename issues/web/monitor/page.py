"""Whether the process lives, whether it can serve, and its figures for a monitor."""

import logging

from flask import Blueprint, Response, current_app, jsonify
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from extensions import db
from issues.city.items import lacks
from issues.evidence.refusals import EvidenceRefused
from issues.ground.database import is_room_left
from issues.ground.refusals import NotAllowed
from issues.operations import scrape
from issues.operations.readings import Ground, readings
from issues.rights.table import Right, holds
from issues.vocabulary import TokenScope
from issues.web.door.guards import actor, public
from issues.web.door.requests import is_from_here

blueprint = Blueprint("health", __name__)
logger = logging.getLogger(__name__)

NO_FILE = "0" * 64
UNAVAILABLE = 503
READERS = frozenset({TokenScope.FULL, TokenScope.ACT, TokenScope.READ})
"""Scopes that may look; a token that only brings leads may not."""


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
    """For this machine, or by the token of who keeps the system, of a scope that may look."""
    if not (is_from_here() or _may_read()):
        raise NotAllowed("运行指标只供本机或系统管理员的接口令牌读取。")
    return Response(scrape.text(readings(ground())), content_type=scrape.CONTENT_TYPE)


def ground() -> Ground:
    """What the figures are read of, here."""
    given = current_app.extensions
    return Ground(given["settings"], given["figures"], given["signer"])


def _may_read() -> bool:
    """By a token alone: who is signed in has the page of the same figures."""
    token = actor().token if current_user.is_authenticated else None
    if token is None or not holds(actor(), Right.OPERATIONS):
        return False
    return token.scope in READERS
