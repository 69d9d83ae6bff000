"""An example draft of each template, as its preview shows it."""

from issues.notices import kinds
from issues.notices.kinds.sample import sample

KINDS = tuple(kinds.TEMPLATES)


def example(name):
    return kinds.compose(sample(name, kinds.shipped(name)))
