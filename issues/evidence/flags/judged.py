"""What a person rules on something the system has raised: a word and the reason, both required."""

from typing import TypeVar

from issues.ground.refusals import Incomplete
from issues.vocabulary import Word

LONGEST_REASON = 2000
Kind = TypeVar("Kind", bound=Word)


def read_ruling(name: str, words: type[Kind], given: str, reason: str) -> Kind:
    """The word under its field's name. Raises Incomplete, each fault at its field."""
    errors: dict[str, list[str]] = {}
    word = words.of(given)
    if word is None:
        *others, last = [one.label for one in words]
        errors[name] = [f"请选择{'、'.join(others)}或者{last}"]
    if not reason.strip():
        errors["reason"] = ["请写明判断的理由"]
    if len(reason) > LONGEST_REASON:
        errors["reason"] = [f"理由超过{LONGEST_REASON}字，请精简"]
    if errors or word is None:
        raise Incomplete(errors)
    return word
