"""The guesses of a draft in the words of the form of a ticket."""

from issues.texts.record import Draft
from issues.tickets.fields import BY_NAME

_BESIDE = {"targets": "目标", "measures": "整改措施"}


def guesses_of(draft: Draft) -> list[tuple[str, str]]:
    """(what is guessed, why), in the order they were made."""
    return [(_called(one.field), one.because) for one in draft.guesses]


def _called(field: str) -> str:
    name, _, number = field.partition(".")
    known = BY_NAME.get(name)
    label = known.label if known else _BESIDE[name]
    return f"{label}{number}"
