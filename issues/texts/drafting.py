"""One draft from what the text says of it, label by label; what no label says is guessed aloud."""

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from issues.exchange.reading.titles import LONGEST_TITLE, short_title
from issues.rules.targets import units
from issues.rules.targets.words import Proposed, plain, proposed
from issues.texts import bodies, days
from issues.texts.labels import UNITS, Told, in_brackets
from issues.texts.numbering import pieces
from issues.texts.parts import kinds, lower, places
from issues.texts.record import Draft, Known, Step
from issues.vocabulary import Nature, Sense

LONGEST_MEASURE = 5000
MOST_MEASURES = 100
_TOPIC = re.compile(r"[^。；\n]+")
_FIGURE = re.compile(
    r"[^，。；;\n]*(?:不低于|不少于|不超过|不高于|低于|高于|达到|[≥≤＜＞])\d[^，。；;\n]*"
)
_TERM = re.compile(r"(?:\d{1,3}|[一二三四五六七八九十]{1,2})个?(?:工作日|自然日|日|天|月)(?:之)?内")
_IS_SO = re.compile(r"(?<!不得)(?<!不)(?:超过|高于|超出|大于|低于|不足|仅)(?!的?限值)")
"""In a problem a figure is exceeded or missed, as things are; a demand is put otherwise."""
_COUNTED = "|".join(re.escape(one) for one in units.ALL if units.is_counted(one))
_BUILT = re.compile(
    r"(?:新建|新增|改建|扩建|建成|建设|更换|安装|拆除|整治|修复|改造|清运|清理|封堵|购置|配备|关停|关闭|取缔)"
    rf"[^，。；、\d]{{0,16}}(?P<value>\d+(?:\.\d+)?)(?P<unit>{_COUNTED})"
)
_COUNTS = (Sense.GE, Sense.GT)
NOT_SAID = "原文没有写整改时限，请补上"


def fill(draft: Draft, told: Sequence[Told], known: Known, *, head: str = "") -> Draft:
    """Every field of it, from the parts in their order. `head` is the heading's own words."""
    said = {name: _joined(told, name) for name in ("", "problem", "goal", "criteria")}
    draft.problem = said["problem"] or said[""]
    draft.goal, draft.criteria = draft.goal or said["goal"], said["criteria"]
    _title(draft, head or said[""])
    places.take(draft, [one for one in told if one.field == "region"], known)
    kinds.take(draft, [one for one in told if one.field == "types"])
    bodies.take(draft, [one for one in told if one.field in UNITS], known)
    for one in told:
        if one.field == "measures":
            draft.measures += steps(one.text, len(draft.measures), draft, known)
    del draft.measures[MOST_MEASURES:]
    bodies.settle(draft, known)
    places.settle(draft, known)
    _deadline(draft, told, known)
    _targets(draft, is_programme=known.is_programme)
    _unread_figures(draft, f"{draft.goal}\n{draft.problem if known.is_programme else ''}")
    return draft


def steps(text: str, before: int, draft: Draft, known: Known) -> list[Step]:
    """The measures of a text: one for each mark in it, else for each of its lines."""
    lines = [line for line in text.split("\n") if line.strip()]
    cut = [piece for line in lines for piece in pieces(line)]
    found: list[Step] = []
    for mark, words in cut:
        if not words or (not mark and len(cut) > 1 and words.endswith(("：", ":"))):
            continue
        found.append(_step(words, before + len(found) + 1, draft, known))
    return found


def _step(words: str, number: int, draft: Draft, known: Known) -> Step:
    text, told = in_brackets(words)
    step, name = Step(text.strip().rstrip("；;")[:LONGEST_MEASURE]), f"measures.{number}"
    for one in told:
        if one.field == "deadline":
            day = days.told(one.text, known)
            step.deadline, step.deadline_text = day.on, day.words
            if day.because:
                draft.guess(name, day.because)
        elif one.field in UNITS:
            _unit_of(step, one, name, draft, known)
    if not step.deadline_text:
        _in_sentence(step, name, draft, known)
    _quantity(step, name, draft)
    return step


def _quantity(step: Step, name: str, draft: Draft) -> None:
    """What it counts, where it counts one thing once; of several figures none is taken."""
    counts = [(one.value, one.unit, one.quote) for one in proposed(step.text) if _is_count(one)]
    if not counts:
        built = _BUILT.finditer(plain(step.text))
        counts = [(Decimal(one["value"]), one["unit"], one[0]) for one in built]
    if len(counts) != 1:
        return
    value, unit, quote = counts[0]
    if len(set(re.findall(rf"[\d.]+{re.escape(unit)}", plain(step.text)))) > 1:
        draft.guess(name, "写有几个数量，没有采用，请核对")
        return
    step.target, step.unit_of_target = value, unit
    draft.guess(name, f"数量从“{quote}”读出")


def _unit_of(step: Step, one: Told, name: str, draft: Draft, known: Known) -> None:
    read, stand = lower.read(one.text, known)
    for words, county in stand:
        draft.guess(name, f"“{words[:40]}”不在单位名录中，按{county}")
    step.unit = step.unit or read.primary or next(iter(read.codes), "")
    if len(read.codes) > 1:
        draft.guess(name, f"措施写有多个单位，以{known.directory.called(step.unit)}为责任单位")
        draft.supporting_units += [code for code in read.codes if code != step.unit]
    for words in read.unknown:
        draft.guess(name, f"“{words[:40]}”不在单位名录中，没有采用")


def _in_sentence(step: Step, name: str, draft: Draft, known: Known) -> None:
    found = list(days.said_in(step.text, known))
    if found:
        day, clause = max(found, key=lambda one: (one[0].on or date.min))
        step.deadline, step.deadline_text = day.on, day.words
        draft.guess(name, f"时限从“{clause}”读出{'；' if day.because else ''}{day.because}")


def _title(draft: Draft, head: str) -> None:
    """The heading where it is short enough to be one; else what the matter is, and said so."""
    if draft.title:
        return
    topic = match[0].strip() if (match := _TOPIC.match(head.strip())) else ""
    if topic and len(topic) <= LONGEST_TITLE:
        draft.title = topic
    else:
        draft.title = short_title("", draft.problem or head)
        draft.guess("title", "原文没有短标题，从问题描述中摘出")


def _deadline(draft: Draft, told: Sequence[Told], known: Known) -> None:
    labelled = [days.told(one.text, known) for one in told if one.field == "deadline"]
    if labelled:
        day = max(labelled, key=lambda one: one.on or date.min)
        draft.deadline, draft.deadline_text = day.on, day.words
        if day.because or not day.words:
            draft.guess("deadline", day.because or NOT_SAID)
        if len({one.words for one in labelled}) > 1:
            each = "、".join(f"“{one.words}”" for one in labelled)
            draft.guess("deadline", f"原文写有几个时限（{each}），取最晚的")
        return
    found = list(days.said_in(f"{draft.problem}\n{draft.goal}", known))
    if found:
        day, clause = max(found, key=lambda one: (one[0].on or date.min))
        draft.deadline, draft.deadline_text = day.on, day.words
        more = f"；{day.because}" if day.because else ""
        several = "，有几个日期，取最晚的" if len({one[0].on for one in found}) > 1 else ""
        draft.guess("deadline", f"原文没有标明整改时限，从“{clause}”读出{several}{more}")
    elif dated := [one for one in draft.measures if one.deadline]:
        last = max(dated, key=lambda one: one.deadline or date.min)
        draft.deadline, draft.deadline_text = last.deadline, last.deadline_text
        draft.guess("deadline", "原文没有标明整改时限，取各项措施中最晚的时限")
    else:
        _common(draft, known)


def _common(draft: Draft, known: Known) -> None:
    day = days.told(known.common_deadline, known)
    if not day.words and (term := _TERM.search(f"{draft.problem}\n{draft.goal}")):
        draft.guess("deadline", f"“{term[0]}”没有写从哪一天起算，没有采用，请补上")
        return
    draft.deadline, draft.deadline_text = day.on, day.words
    said = f"原文没有为本项写整改时限，按全文的“{day.words}”计" if day.words else NOT_SAID
    draft.guess("deadline", said)


def _targets(draft: Draft, *, is_programme: bool) -> None:
    """Targets of the whole: what a measure counts stands in the measure."""
    texts = (draft.goal, draft.problem, *(one.text for one in draft.measures))
    for place, text in enumerate(texts):
        for one in proposed(text):
            if place == 1 and not is_programme and _IS_SO.search(one.quote):
                continue
            in_measure = place > 1 and _is_count(one)
            is_new = all((one.name, one.value) != (old.name, old.value) for old in draft.targets)
            if one.nature is not None and is_new and not in_measure and _is_fit(one):
                draft.targets.append(one)
                draft.guess("targets", f"目标“{one.name}”从“{one.quote}”读出")


def _unread_figures(draft: Draft, text: str) -> None:
    """A clause that sets a figure, of which no target was read, is told and not passed over."""
    read = [plain(one.quote) for one in draft.targets]
    for match in _FIGURE.finditer(text):
        if plain(match[0]) not in read:
            draft.guess("targets", f"“{match[0]}”像是数量目标，没有认出，请核对")


def _is_count(one: Proposed) -> bool:
    return one.nature is Nature.COUNT and one.sense in _COUNTS and bool(one.unit)


def _is_fit(one: Proposed) -> bool:
    """A figure behind a day (8月31日前完成42家) has the day for a name, and is none."""
    is_day = re.match(r"\d+[日月]", one.name) is not None
    return not is_day and (one.nature is not Nature.COUNT or _is_count(one))


def _joined(told: Sequence[Told], name: str) -> str:
    return "\n".join(one.text for one in told if one.field == name and one.text)
