"""The pages: a room for each thing a person looks for, and in it one module a page."""

from flask import Flask

from issues.web.door import admission, long_work, navigation, requests
from issues.web.door.answers import errors, headers, leaving
from issues.web.door.kept import hook
from issues.web.door.rooms import blueprints_below
from issues.web.help import steps
from issues.web.monitor import counting
from issues.web.practice import gate, marks


def add_pages(app: Flask) -> None:
    """Add what every request passes through, then the blueprint of every module below."""
    requests.register(app)
    counting.register(app)
    gate.register(app)
    app.before_request(admission.guard)
    app.after_request(headers.harden)
    hook.register(app)
    errors.register(app)
    leaving.register(app)
    navigation.register(app)
    steps.register(app)
    long_work.register(app)
    marks.register(app)
    for blueprint in blueprints_below(__name__):
        app.register_blueprint(blueprint)
