"""The acts and queries as JSON, version 1: the same rights, the same refusals as the pages."""

from flask import Blueprint, Flask, Response, current_app, request
from werkzeug.exceptions import NotAcceptable

from issues.api.admin import docs
from issues.api.door import limits, scopes
from issues.api.openapi.described import call_of
from issues.ground.refusals import Stale
from issues.web.door.answers.errors import Told, refused, tell
from issues.web.door.rooms import blueprints_below

PRECONDITION_FAILED = 412


def add_calls(app: Flask) -> None:
    api = Blueprint("api", __name__, url_prefix="/api/v1")
    api.register_error_handler(Stale, stale)
    for blueprint in blueprints_below(__name__):
        api.register_blueprint(blueprint)
    app.register_blueprint(api)
    app.register_blueprint(docs.pages)
    limits.register(app)
    scopes.register(app)
    app.before_request(refuse_unreadable)


def stale(refusal: Stale) -> Response:
    """412 to a caller that named the version it knows by If-Match."""
    if "If-Match" in request.headers:
        return tell(Told(PRECONDITION_FAILED, refusal.sentence))
    return refused(refusal)


def refuse_unreadable() -> None:
    """Raises NotAcceptable where the caller accepts nothing this call answers."""
    if request.url_rule is None or not request.path.startswith("/api/v1/"):
        return
    call = call_of(current_app.view_functions[request.url_rule.endpoint])
    if call is not None and not call.accepts(request.accept_mimetypes):
        raise NotAcceptable
