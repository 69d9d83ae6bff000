"""The pages: a room for each thing a person looks for, and in it one module a page."""

from importlib import import_module
from pkgutil import walk_packages

from flask import Blueprint, Flask

from issues.web.door import admission, errors, headers, navigation, requests


def add_pages(app: Flask) -> None:
    """Add what every request passes through, then the blueprint of every module below."""
    requests.register(app)
    app.before_request(admission.guard)
    app.after_request(headers.harden)
    errors.register(app)
    navigation.register(app)
    for name in sorted(found.name for found in walk_packages(__path__, f"{__name__}.")):
        blueprint = getattr(import_module(name), "blueprint", None)
        if isinstance(blueprint, Blueprint):
            app.register_blueprint(blueprint)
