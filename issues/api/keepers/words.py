"""What a program sends about keepers, in the words that the acts of the pages read."""

from collections.abc import Sequence

from issues.act_fields import Field
from issues.act_fields.details import read_details
from issues.api.door import sent


def worded(fields: Sequence[Field]) -> dict[str, str]:
    """Every field as text, "" for what was left out. Raises Incomplete, each fault at its field."""
    given = read_details(fields, sent.body(), None)
    return {name: "" if value is None else str(value) for name, value in given.items()}
