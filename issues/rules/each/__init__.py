"""Every rule's record, gathered from the modules of this folder: a new rule is a new module here.

tests/house/test_rules.py holds that each word of Rule has exactly one complete record.
"""

import pkgutil
from collections.abc import Iterator
from importlib import import_module

from issues.rules.rule_record import RuleRecord
from issues.vocabulary import Rule


def gathered() -> Iterator[RuleRecord]:
    for module in pkgutil.iter_modules(__path__):
        values = vars(import_module(f"{__name__}.{module.name}")).values()
        yield from (value for value in values if isinstance(value, RuleRecord))


RULES = tuple(sorted(gathered(), key=lambda record: list(Rule).index(record.rule)))
"""In the order of the vocabulary."""
RECORDS = {record.rule: record for record in RULES}
