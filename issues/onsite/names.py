"""The two names an inspector wrote last: the next form begins with them."""

from collections.abc import Sequence

from auth.actor import Actor
from issues import personal

KEY = "inspectors"
MOST = 4


def remember(actor: Actor, names: Sequence[str]) -> None:
    """Never commits. No names are remembered as none."""
    said = [name for name in names if name][:MOST]
    if said and said != remembered(actor):
        personal.choose(actor, KEY, said)


def remembered(actor: Actor) -> list[str]:
    """As they were last written; the person's own where nobody has written any."""
    held = personal.chosen(actor, KEY, None)
    return [str(name) for name in held] if isinstance(held, list) else [actor.display_name]


def told_in(said: str | Sequence[str]) -> list[str]:
    """The names of a field as it is written: with 顿号 between them."""
    if not isinstance(said, str):
        return list(said)
    parts = said.replace(",", "、").replace("，", "、").split("、")
    return [name.strip() for name in parts if name.strip()]
