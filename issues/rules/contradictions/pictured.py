"""C14, C17: when and where photos were taken, by what the camera wrote into them."""

from collections.abc import Iterator

from issues.rules.contradictions.quantities import LENGTH, quantities
from issues.rules.contradictions.sources import Found, Paper
from issues.rules.contradictions.words import plain
from issues.rules.dates.days import written
from issues.vocabulary import ContradictionKind, EvidenceKind

FAR_METRES = 5000
"""Nobody stands there by mistake; what is nearer is a doubt of the evidence page."""


def taken_too_early(paper: Paper) -> Iterator[Found]:
    """“整改后” before the problem was assigned, else before every picture of “整改前”."""
    before = [f for f in paper.files if f.kind is EvidenceKind.BEFORE and f.taken_on is not None]
    first = min(before, key=lambda one: one.taken_on or one.uploaded_on, default=None)
    for file in paper.files:
        if file.kind is not EvidenceKind.AFTER or file.taken_on is None:
            continue
        said = f"{file.name}：拍摄日期{written(file.taken_on)}"
        if paper.assigned_on is not None and file.taken_on < paper.assigned_on:
            yield Found(
                ContradictionKind.TAKEN_TOO_EARLY,
                f"整改后照片拍摄于{written(file.taken_on)}，早于交办之日"
                f"{written(paper.assigned_on)}（相差{(paper.assigned_on - file.taken_on).days}日）",
                file.side(said),
                paper.ticket(f"交办日期{written(paper.assigned_on)}"),
            )
        elif first is not None and first.taken_on and file.taken_on < first.taken_on:
            yield Found(
                ContradictionKind.TAKEN_TOO_EARLY,
                f"整改后照片拍摄于{written(file.taken_on)}，早于整改前照片的"
                f"{written(first.taken_on)}（相差{(first.taken_on - file.taken_on).days}日）",
                file.side(said),
                first.side(f"{first.name}：拍摄日期{written(first.taken_on)}"),
            )


def _far_from(paper: Paper) -> float:
    """A river of twelve kilometres is the ticket's place on all of its way."""
    said = (paper.own_words, *(step.text for step in paper.steps))
    lengths = (one.amount for words in said for one in quantities(plain(words))
               if one.dimension == LENGTH)  # fmt: skip
    return float(max(lengths, default=0)) + FAR_METRES


def taken_far(paper: Paper) -> Iterator[Found]:
    """More than five kilometres from the ticket's point, or in another county."""
    far_from = _far_from(paper) if any(file.metres for file in paper.files) else FAR_METRES
    for file in paper.files:
        if file.metres is not None and file.metres > far_from:
            far = f"{file.metres / 1000:.1f}公里"
            yield Found(
                ContradictionKind.TAKEN_FAR,
                f"拍摄地点距事项点位{far}",
                file.side(f"{file.name}：拍摄地点距点位{far}"),
                paper.ticket("事项点位坐标"),
            )
        elif file.county and paper.county and file.county != paper.county:
            yield Found(
                ContradictionKind.TAKEN_FAR,
                f"拍摄地点在{file.county}，事项在{paper.county}",
                file.side(f"{file.name}：拍摄地点在{file.county}"),
                paper.ticket(f"行政区域{paper.county}"),
            )
