"""Which claims a paper makes, by its kind, its template and the words of a person; each proven.

What a ticket's own record says inside a sentence (its name, a place) is not the paper's claim: it
stands as a mark while the sentence is read.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from issues.notices.kinds.checking import block_of
from issues.notices.kinds.claims import (
    CITED,
    CLAIMS,
    DOCUMENT,
    MARKS,
    Made,
    doubted_by,
    made_by,
    steps_by,
)
from issues.notices.kinds.claims.figures import plain
from issues.notices.kinds.named import PHRASES, Facts, Values
from issues.notices.kinds.template import Template, Text, filled

_SENTENCE = re.compile(r"[^。；]*[。；]|[^。；]+")
_FIRST_MARK = 0xE000
_QUOTED = re.compile(r"“[^”〔［【\[]{5,}”|‘[^’〔［【\[]{5,}’|《[^》]*》")
"""Other people's sentences. A short word in marks is a word, and a number is cited as one."""


class Marked(dict[str, str]):
    """The values of a notice's fields, each as one sign that says nothing; an empty one is empty.

    A field of PHRASES is written out: its words are the paper's own.
    """

    def __init__(self, values: Values) -> None:
        self.values_of, self.kept = values, dict[str, str]()

    def __missing__(self, name: str) -> str:
        text = self.values_of[name]
        if text and name not in PHRASES:
            mark = chr(_FIRST_MARK + len(self.kept))
            self.kept[mark], text = text, mark
        self[name] = text
        return text


class Sentence(NamedTuple):
    """As it would be printed, as it is read, and those of its claims that are not proven."""

    printed: str
    read: str
    lacking: list[Made]


def told(text: Text, values: Values) -> str:
    """The text of a template with its fields, without the sentences whose fact is not there."""
    return "".join(one.printed for one in sentences(text, values) if not one.lacking)


def sentences(text: Text, values: Values) -> Iterator[Sentence]:
    marked, is_guarded = Marked(values), _is_guarded(values.facts)
    for found in _SENTENCE.finditer(filled(text, marked)):
        read = found.group()
        printed = "".join(marked.kept.get(sign, sign) for sign in read)
        made = made_by(read) if is_guarded else []
        yield Sentence(printed, read, [one for one in made if one.lacking(values.facts)])


def _is_guarded(facts: Facts) -> bool:
    """Facts frozen before the past was told with them are drawn as they were."""
    return "rounds" in facts or any("past" in issue for issue in facts.get("issues") or [])


def left_out(facts: Facts, template: Template) -> list[str]:
    """The sentences of the template that this paper does not print."""
    values = Values(facts)
    return [
        one.printed
        for text in _texts(facts, template)
        for one in sentences(text, values)
        if one.lacking
    ]


def claims_of(facts: Facts, template: Template, name: str) -> list[tuple[str, Made]]:
    """Every claim of the paper, with the field at which a fault of it is told."""
    values = Values(facts)
    found = [(claim.field, Made(claim)) for claim in CLAIMS if name in claim.papers]
    for text in _texts(facts, template):
        printed = [one.read for one in sentences(text, values) if not one.lacking]
        found += [
            (DOCUMENT, made) for read in printed for made in (*made_by(read), *steps_by(read))
        ]
    for field, words in _words(facts):
        found += [(field, made) for made in _made(_own(words, facts))]
    return list(dict.fromkeys(found))


def doubted(facts: Facts) -> list[str]:
    """What a person wrote that no record of the system can hold."""
    told = [one for _field, words in _words(facts) for one in doubted_by(_own(words, facts))]
    return list(dict.fromkeys(told))


def made_in(words: str, facts: Facts) -> list[Made]:
    """What a person's words claim, without what they quote and what the record says itself."""
    return _made(_own(words, facts))


def doubted_in(words: str, facts: Facts) -> list[str]:
    return list(doubted_by(_own(words, facts)))


def _made(text: str) -> list[Made]:
    return [*made_by(text), *steps_by(text)]


def unproven(claims: Iterable[tuple[str, Made]], facts: Facts) -> dict[str, list[str]]:
    """What is missing, at its field."""
    found: dict[str, list[str]] = {}
    for field, made in claims:
        said = made.sentence(facts)
        if said and said not in found.setdefault(field, []):
            found[field].append(said)
    return {field: told for field, told in found.items() if told}


def _texts(facts: Facts, template: Template) -> Iterator[Text]:
    """Of a template what is printed: its demands and consequence where a person wrote none."""
    yield from (line.text for line in template.body if block_of(line.text) is None)
    if not facts.get("demands"):
        yield from (demand.text for demand in template.demands)
    if not facts.get("consequence"):
        yield template.consequence


def _words(facts: Facts) -> Iterator[tuple[str, str]]:
    """What a person may write, by its field."""
    for name in ("title", "consequence", "subject", "body"):
        yield name, str(facts.get(name) or "")
    for place, annex in enumerate(facts.get("annexes") or []):
        yield f"annexes.{place}.text", annex.get("text", "")
    for place, demand in enumerate(facts.get("demands") or []):
        yield f"demands.{place}.text", demand.get("text", "")
    held: Mapping[str, Any] = facts
    for name in ("basis", "copies"):
        yield name, "\n".join(held.get(name) or [])
    for group in ("clue", "meeting", "outcome"):
        for part, said in (held.get(group) or {}).items():
            yield f"{group}_{part}", "\n".join(said) if isinstance(said, list) else str(said)


def _own(words: str, facts: Facts) -> str:
    """Without what it quotes, and without what stands in the record word for word."""
    for issue in facts.get("issues") or []:
        past = issue.get("past") or {}
        done = (*past.get("returns", ()), *past.get("lifts", ()))
        own = [issue.get("title"), issue.get("problem"), *(one.get("reason") for one in done)]
        for said in filter(None, own):
            words = words.replace(said, "")
    return MARKS.sub("", _QUOTED.sub(_numbers_alone, words))


def _numbers_alone(quoted: re.Match[str]) -> str:
    """Of other people's sentence, or of a title, the numbers that it cites."""
    numbers = CITED.findall(plain(quoted.group()))
    return f"《{'》《'.join(numbers)}》" if numbers else ""
