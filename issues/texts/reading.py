"""A text into drafts: its tables, its numbered parts, what is left and what to look at."""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from issues.texts import days, outline, tables
from issues.texts.drafting import fill
from issues.texts.labels import Told
from issues.texts.numbering import Node, breaks, tree
from issues.texts.parts import forms, references
from issues.texts.record import Draft, Known, Paragraph, Part, Read
from issues.vocabulary import Source

MOST_DRAFTS = 300
LONGEST_TITLE = 80
_HAN = "一二三四五六七八九"
_DAY = re.compile(
    rf"[（(]?\s*(?:20\d\d|[二〇零○{_HAN}]{{4}})年[\d十{_HAN}]{{1,2}}月[\d十{_HAN}]{{1,3}}日\s*[）)]?"
)
_SIGNED = re.compile(r"[^，。；：]{2,30}(?:委员会|办公室|督察组|工作组|政府|局|委)")
_BESIDE = re.compile(
    r"(?:附件|附|抄送|抄报|主送|印发|联系人|联系方式|联系电话)[：:].*|请(?:你|各|于)[^。]*。|特此[^。]{1,6}。"
)


def read(
    paragraphs: Sequence[Paragraph], known: Known, source: Source | None = None, name: str = ""
) -> Read:
    """Every paragraph is part of a draft or among those left."""
    ending = _ending(paragraphs)
    title = _title(paragraphs) or name
    text = [one for one in paragraphs if one.no not in ending]
    known = _of_the_document(paragraphs, ending, known, title, source)
    parts, roots = _parts(text, known)
    notices = list(breaks(roots))
    if len(parts) > MOST_DRAFTS:
        told = f"超过{MOST_DRAFTS}件，以后的没有识别，请分次粘贴"
        notices.append((parts[MOST_DRAFTS].draft.first, told))
        del parts[MOST_DRAFTS:]
    for place, part in enumerate(parts, 1):
        part.draft.place = place
    references.resolve(parts)
    known = _of_its_deadlines(parts, known)
    drafts = [fill(one.draft, one.told, known, head=one.head) for one in parts]
    used = {no for draft in drafts for no in range(draft.first, draft.last + 1)}
    left = [one for one in paragraphs if one.no not in used]
    return Read(title, paragraphs, drafts, left, sorted(notices))


def _parts(text: Sequence[Paragraph], known: Known) -> tuple[list[Part], list[Node]]:
    """The items of its tables, of its forms and of its numbering, in their order."""
    parts, rest = tables.parts_of(text)
    in_forms, taken = forms.parts_of(rest)
    running = [forms.as_told(one) for one in rest if one.no not in taken]
    before, roots = tree(running)
    held = {one.no for one in running}
    nodes = [one for one in outline.items(roots, known) if not _heads_a_table(one, text, held)]
    parts += [*in_forms, *map(outline.part, nodes)]
    if not parts and before:
        parts = [_whole(before)]
    return sorted(parts, key=lambda one: one.draft.first), roots


def _heads_a_table(node: Node, text: Sequence[Paragraph], running: Collection[int]) -> bool:
    """A line of a few words right above the rows that are items is their heading, and no item."""
    is_above = any(one.no == node.last + 1 for one in text) and node.last + 1 not in running
    return is_above and node.first == node.last and "。" not in node.head


def _of_the_document(
    text: Sequence[Paragraph],
    ending: dict[int, str],
    known: Known,
    title: str,
    source: Source | None,
) -> Known:
    year = known.year or days.year_of(title) or days.year_of("".join(ending.values()))
    places = [c for c in known.directory.mentioned(title) if known.directory.is_territory(c)]
    known = replace(
        known, year=year, is_programme=source is Source.GZ,
        place=places[0] if len(places) == 1 else "",
    )  # fmt: skip
    common = outline.common_deadline(text, known)
    if not common and source is Source.GZ and year:
        common = f"{year}年底前"
    return replace(known, common_deadline=common)


def _of_its_deadlines(parts: Sequence[Part], known: Known) -> Known:
    """Where neither title nor date say the year, that which all its labelled deadlines have."""
    told = " ".join(one.text for part in parts for one in part.told if one.field == "deadline")
    years = set(re.findall(r"(?<!\d)(20\d\d)(?=[年.])", told))
    if known.year or len(years) != 1:
        return known
    return replace(known, year=days.year_of(f"{years.pop()}年"))


def _whole(before: Sequence[Paragraph]) -> Part:
    """A text without any numbering is one draft."""
    draft = Draft(0, before[0].no, before[-1].no)
    told = [one for line in before for one in line.told or outline.of_line(line.text, "")]
    draft.guess("problem", "原文没有编号，全文作为一件")
    return Part(draft, told or [Told("", before[0].text)])


def _title(paragraphs: Sequence[Paragraph]) -> str:
    """The first line that is no sentence and no number of a paper."""
    for one in paragraphs[:5]:
        is_title = not one.cells and not re.search(r"[。；：]|〔|\[", one.text)
        if is_title and len(one.text) <= LONGEST_TITLE and not _DAY.fullmatch(one.text):
            return one.text
    return ""


def _ending(paragraphs: Sequence[Paragraph]) -> dict[int, str]:
    """Who signed and when, and what is enclosed: the last lines belong to no item."""
    found: dict[int, str] = {}
    for one in reversed(paragraphs):
        is_dated = any(map(_DAY.fullmatch, found.values()))
        endings = (_DAY, _BESIDE, _SIGNED) if is_dated else (_DAY, _BESIDE)
        if one.cells or not any(pattern.fullmatch(one.text) for pattern in endings):
            break
        found[one.no] = one.text
    return found
