"""A page as it is pictured: by whom, under which name, at which address."""

from collections.abc import Callable
from typing import NamedTuple

from flask import url_for

from tools.browsing.places import Values


class Pictured(NamedTuple):
    """The person who opens it ("" for nobody), the picture's name, the endpoint, its places."""

    person: str
    name: str
    endpoint: str
    found: Callable[[], Values] = dict

    def address(self) -> str | None:
        """Where it stands in the city; None where the city has none of the kind."""
        values = self.found()
        return None if values is None else url_for(self.endpoint, **values)
