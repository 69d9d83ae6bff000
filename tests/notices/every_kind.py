"""An example draft of each template, as its preview shows it."""

from issues.notices import kinds
from issues.notices.kinds.sample import sample

KINDS = tuple(kinds.TEMPLATES)


def example(name):
    text = (kinds.FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    return kinds.compose(sample(name, text))
