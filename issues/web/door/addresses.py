"""Addresses that leave the system: made from PUBLIC_URL, never from what a request says of itself.

A page's own links stay paths; whoever reads them is already here.
"""

from typing import Any

from flask import current_app

from config import NO_ADDRESS
from issues.ground.refusals import WrongStatus


def outside(endpoint: str, **values: Any) -> str:
    """The address of a view for a reader elsewhere. Raises WrongStatus where none was told."""
    home = current_app.extensions["settings"].public_url
    if not home:
        raise WrongStatus(NO_ADDRESS)
    return f"{home}{current_app.url_map.bind('').build(endpoint, values)}"
