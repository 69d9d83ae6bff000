"""The example's text: the sample plan read, two of its items registered, the others waiting."""

from datetime import datetime

from auth.actor import Actor
from config import EXAMPLE_DAY
from issues.evidence.storage.store import Store
from issues.texts import accepting, kept, sample
from issues.vocabulary import Source

TAKEN = (1, 2)
"""Their places: one with measures of its own, one to be put right at once."""


def enter(store: Store, actor: Actor, at: datetime) -> None:
    """By the acts of the page. Never commits."""
    words = sample.text(*kept.sample_of(), year=EXAMPLE_DAY.year + 1)
    row = kept.note(f"{sample.NAME}{kept.PASTED}", kept.paste(store, words), Source.AF, actor, at)
    read = kept.read_again(row, store)
    for place in TAKEN:
        draft = read.drafts[place - 1]
        accepting.accept(row, read, draft, actor, {"title": f"示例：{draft.title}"})
