"""What is asked of a unit: all of it to another one, or shared out among several."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from issues.ground.numbers import LARGEST_ID, whole


@dataclass(frozen=True, slots=True)
class Wanted:
    """`to` is the code of who takes all, or of a split what nobody named.

    `tickets` and `people` are codes by number and by account.
    """

    code: str
    to: str
    reason: str
    is_split: bool = False
    tickets: Mapping[str, str] = field(default_factory=dict)
    people: Mapping[int, str] = field(default_factory=dict)

    def document(self) -> dict[str, Any]:
        """To be kept as JSON, whose names are words."""
        return asdict(self) | {"people": {str(key): to for key, to in self.people.items()}}

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> "Wanted":
        people = {
            number: to
            for key, to in told["people"].items()
            if (number := whole(key, 1, LARGEST_ID)) is not None
        }
        return cls(**{**told, "people": people})

    @property
    def field(self) -> str:
        """The one of the form that says where all of it goes, or what nobody named."""
        return "usual" if self.is_split else "into"
