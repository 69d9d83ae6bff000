"""The types of a problem: those behind their label, else those whose words the text has."""

from collections.abc import Sequence

from issues.exchange.reading.words.published import TYPES_SAID, read_types
from issues.ground import signs
from issues.texts.labels import Told
from issues.texts.record import Draft
from issues.vocabulary import ProblemType

_OTHERS = (ProblemType.OTHER,)


def take(draft: Draft, told: Sequence[Told]) -> None:
    """Every type that is named; where none is, each that a word of the problem speaks of."""
    for one in told:
        read = read_types(signs.folded(one.text.strip("。；; ")))
        draft.types += [kind for kind in read.types if kind not in draft.types]
        if read.finer:
            draft.guess("types", read.finer)
        for words in read.unknown:
            draft.guess("types", f"没有“{words[:40]}”这个问题类型，没有采用")
    if not draft.types:
        _mentioned(draft)


def _mentioned(draft: Draft) -> None:
    text = f"{draft.title}\n{draft.problem}"
    for word, kind in TYPES_SAID.items():
        if word in text and kind not in (*draft.types, *_OTHERS):
            draft.types.append(kind)
            draft.guess("types", f"原文没有写问题类型，从“{word}”推断为{kind.label}")
