"""An app on the test's own database with a few views of a test beside the product's."""

from contextlib import contextmanager

from page import Visitor
from people import PASSWORD

from app import create_app
from extensions import db


@contextmanager
def planted(place, *views, **changes):
    """`views`: (rule, methods, view). Yields what makes a visitor: of a name, or a stranger."""
    app = create_app(place.config(**changes))
    for rule, methods, view in views:
        app.add_url_rule(rule, endpoint=rule, methods=methods, view_func=view)

    def visitor(name=None):
        new = Visitor(app)
        if name:
            new.post("/login", username=name, password=PASSWORD)
        return new

    yield visitor
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
