"""The pages: one module a thing a person sets out to do, each with its blueprint."""

from importlib import import_module
from pkgutil import iter_modules

from flask import Blueprint, Flask

from issues.web import admission, errors, headers, navigation, requests


def add_pages(app: Flask) -> None:
    """Add what every request passes through, then the blueprint of every module here."""
    requests.register(app)
    app.before_request(admission.guard)
    app.after_request(headers.harden)
    errors.register(app)
    navigation.register(app)
    for name in sorted(found.name for found in iter_modules(__path__)):
        module = import_module(f"{__name__}.{name}")
        blueprint = getattr(module, "blueprint", None)
        if isinstance(blueprint, Blueprint):
            app.register_blueprint(blueprint)
