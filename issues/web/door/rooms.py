"""Finding the pages: every module below a package that has a blueprint."""

from collections.abc import Iterator
from importlib import import_module
from pkgutil import walk_packages

from flask import Blueprint


def blueprints_below(package: str) -> Iterator[Blueprint]:
    """Every module's `blueprint`, in the order of the modules' names."""
    found = walk_packages(import_module(package).__path__, f"{package}.")
    for name in sorted(module.name for module in found):
        blueprint = getattr(import_module(name), "blueprint", None)
        if isinstance(blueprint, Blueprint):
            yield blueprint
