"""Which numbered parts of a text are items, and what belongs to each of them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from issues.texts import days
from issues.texts.labels import MATTER, Told, begins_with_label, in_brackets, labelled, part_of
from issues.texts.numbering import Node, pieces
from issues.texts.record import Draft, Known, Paragraph, Part

LONGEST_HEADING = 24
_PASSED_OVER = re.compile(
    r"(?:[^。]{0,16}(?:成效|进展|总体要求|工作目标|整改目标|目标任务|指导思想|基本情况|总体情况|总体评价|基本原则|工作原则|主要目标"
    r"|总体目标|保障措施|组织保障|组织实施|组织领导|工作要求|有关要求|相关要求|整改要求|意见建议|督察建议"
    r"|工作建议|整改建议|参会人员|出席人员|列席人员|会议要求|附则|附件)|下一步[^。]{0,12}|加强[^。]{0,8}领导)[。：:]?"
)
_OF_ALL = re.compile(r"(?:以上|上述|所有|全部|各项|反馈的?|交办的?)[^。]{0,12}(?:问题|任务|事项)")
_REPORTED = re.compile(r"书面|报送|上报|反馈.{0,8}(?:情况|结果)|回复")
"""Until when one is to tell of it, which is not until when it is to be done."""
_DEMAND = re.compile(r"(?:由|责成|请)[^，。；]{2,60}(?:牵头|负责|主办|落实|组织)")


def is_passed_over(head: str) -> bool:
    """A part of what was achieved, of principles or of demands: it holds no item."""
    head = head.strip()
    return len(head) <= LONGEST_HEADING and _PASSED_OVER.fullmatch(head) is not None


def items(nodes: Iterable[Node], known: Known) -> Iterator[Node]:
    """The parts that are an item each, in their order."""
    for node in nodes:
        if is_passed_over(node.head):
            continue
        if not node.children or _is_whole(node, known):
            yield node
        else:
            yield from items(node.children, known)


def part(node: Node) -> Part:
    told = list(_told(node))
    head = next((one.text for one in told if not one.field), "")
    draft = Draft(0, node.first, node.last, node.mark)
    return Part(draft, told, "" if part_of(node.head) else head)


def common_deadline(paragraphs: Sequence[Paragraph], known: Known) -> str:
    """What a text demands of all its items in one sentence; "" where it does not."""
    for one in paragraphs:
        if not _OF_ALL.search(one.text) or _REPORTED.search(one.text):
            continue
        found = [day for day, _ in days.said_in(one.text, known, is_demand=True)]
        found.sort(key=lambda day: day.on or date.min)
        if found and re.search(r"整改|完成|办结|销号", one.text):
            return found[-1].words
    return ""


def _is_whole(node: Node, known: Known) -> bool:
    """Its labels, or those of its children, are of one item; or they tell what is done about it."""
    lines = [node.head, *(one.text for one in node.body)]
    if any(map(_has_label, lines)) or any(one.told for one in node.body):
        return True
    if any(part_of(one.head) or begins_with_label(one.head) for one in node.children):
        return True
    if not MATTER.fullmatch(node.head.partition("。")[0]):
        return False
    demands = [one for one in node.children if _demands(one, known)]
    return len(demands) * 2 >= len(node.children)


def _demands(node: Node, known: Known) -> bool:
    words = node.all_words()
    return bool(_DEMAND.search(words)) or next(days.said_in(words, known), None) is not None


def _has_label(line: str) -> bool:
    return any(one.field for one in labelled(line)) or bool(in_brackets(line)[1])


def _told(node: Node) -> Iterator[Told]:
    """What a node says by its labels; a child that is none of them is a measure."""
    field = ""
    for line in (Paragraph(node.first, node.head), *node.body):
        for one in line.told or of_line(line.text, field):
            field = one.field
            yield one
    for child in node.children:
        yield from _of_child(child, field)


def _of_child(child: Node, field: str) -> Iterator[Told]:
    part = part_of(child.head)
    if part:
        below = [one.text for one in child.body if not _is_told(one)]
        yield Told(part, "\n".join(below), child.head.strip("：:。"))
        for one in child.children:
            yield from _of_child(one, part)
    elif begins_with_label(child.head):
        yield from _told(child)
        return
    else:
        held = [one.text for one in child.body if not _is_told(one)]
        deeper = [f"{one.mark}{one.all_words()}" for one in child.children]
        yield Told(field or "measures", "".join([child.head, *held, *deeper]))
    field = part or field
    for line in child.body:
        if _is_told(line):
            yield from line.told or labelled(line.text)


def _is_told(line: Paragraph) -> bool:
    return bool(line.told) or begins_with_label(line.text)


def of_line(line: str, field: str) -> Iterator[Told]:
    """A line goes on with the field before it, unless it begins with a label of its own."""
    *_, last = [Told(field, ""), *labelled(line)]
    is_several = last.field == "measures" and len(list(pieces(last.text))) > 1
    text, told = (line, []) if field == "measures" or is_several else in_brackets(line)
    for one in labelled(text):
        yield one if one.field else Told(field, one.text)
    yield from told
