"""The rules in force on a ticket as a list names them: each once, with the measures it is of.

A lighter rule is folded within the graver one that says the same of the same thing.
"""

from collections.abc import Collection, Iterable

from issues.rules.colour import Folded
from issues.vocabulary import Rule


def named(found: Iterable[Folded]) -> list[str]:
    """By their labels."""
    return [_label(rule, "", measures) for rule, measures in _by_rule(found).items()]


def coded(found: Iterable[Folded], codes: Collection[str]) -> list[str]:
    """These rules of a ticket by label and code; one of which no firing tells any more as well."""
    found = list(found)
    kept = _by_rule(one for one in found if one.firing.rule.value in codes)
    said = {rule.value for rule in kept}
    said |= {lighter.rule.value for one in found for lighter in one.within}
    names = [_label(rule, rule.value, measures) for rule, measures in kept.items()]
    return names + [_label(Rule(code), code, []) for code in codes if code not in said]


def marked(label: str, code: str, measures: Iterable[object]) -> str:
    """A rule's label, then in brackets its code and the measures it is of, as far as told."""
    numbers = "、".join(dict.fromkeys(str(no) for no in measures))
    more = "，".join(filter(None, (code, f"措施{numbers}" if numbers else "")))
    return f"{label}（{more}）" if more else label


def _label(rule: Rule, code: str, measures: Iterable[object]) -> str:
    return marked(rule.label, code, measures)


def _by_rule(found: Iterable[Folded]) -> dict[Rule, list[object]]:
    """The measures of each rule, in the order of the reasons."""
    kept: dict[Rule, list[object]] = {}
    for one in found:
        measure = one.firing.facts.get("measure")
        kept.setdefault(one.firing.rule, []).extend([measure] if measure is not None else [])
    return kept
