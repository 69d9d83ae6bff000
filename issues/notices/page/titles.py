"""A title broken into even lines where its words end (回行时词意完整、排列对称、长短适宜)."""

import math
import re
from collections.abc import Sequence
from typing import NamedTuple

from issues.notices.page import metrics
from issues.notices.page.lines import NEVER_FIRST, NEVER_LAST

# Words of these titles that are never torn; unit names and the like come with the document.
WORDS = tuple(
    """
    关于 通知书 通知 通报 提示函 移交函 函 纪要 督办 挂牌 摘牌 红牌 黄牌
    约谈 交办 问责 线索 移交 销号 退回 整改 突出 生态环境 环境 问题 工作
    严重 滞后 逾期 限期 有关 情况 事项 推进 调度 督察 反馈 信访 举报
    市级 省级 中央 暗访 督导 办公室 委员会 保护 人民政府 污水 处理站
    处理厂 处理 管网 排放 噪声 扬尘 固体废物 垃圾 养殖 河道 河流 水质
    场镇 农村 黑臭 水体 不到位 不规范 不正常 运行 破损 渗漏 生活 建设
    设施 进一步 加快 切实 做好 开展 及时 提请 解除 以及 第一轮 第二轮
    第三轮 直排 偷排 漏排 溢流 超标 长期 违规 违法 生产 企业 公司 工业 集中区
    园区 支流 流域 水库 水源地 饮用水 矿山 采石场 砂石 加工厂 堆放 堆场 渣土
    弃土 尾矿 秸秆 焚烧 油烟 餐饮 异味 臭气 恶臭 粉尘 施工 工地 道路 雨污 分流
    混流 管道 泵站 提升 改造 修复 复绿 防渗 防尘 降尘 导致 造成 落实 制度 环评
    验收 自然 保护区 湿地 林地 耕地 河段 岸线 断面 达标 配套 有限 责任
    """.split()  # noqa: SIM905 - quoted words are harder to read
)
NEVER_HEAD_WORDS = frozenset("的地得和与及或等了")
_WHOLE = re.compile(
    r"[0-9A-Za-z〔〕\-.%]+[年月日号批轮次份项条个起家户处吨亩座台人]?|[一二三四五六七八九十]+[是、]"
)
_WORD_BREAK = 0.0
_GOOD_BREAK = -6.0  # after 关于, 的, a closing 》 or 、
_LOOSE_BREAK = 9.0  # between characters of no known word
_HANGING = 12.0  # a line of one or two characters looks lost
_SHORT = 4
_PLACES = frozenset("镇乡村县区市河湖")
_LONGEST_PLACE = 5


class Piece(NamedTuple):
    text: str
    known: bool


def title_lines(
    title: str, phrases: Sequence[str] = (), most: int = metrics.TITLE_CELLS
) -> list[str]:
    """As few lines of at most `most` cells as hold the title, as even as its words allow.

    Half a cell is counted for a Latin letter. More than three lines are for `check` to refuse.
    """
    pieces = _pieces("".join(title.split("\n")), phrases, most)
    total = sum(_cells(piece.text) for piece in pieces)
    least = max(1, math.ceil(total / most))
    for count in range(least, len(pieces) + 1):
        lines = _divided(pieces, count, most)
        if lines and _is_torn(pieces, lines) and count < metrics.TITLE_LINES:
            more = _divided(pieces, count + 1, most)
            return lines if not more or _is_torn(pieces, more) else more
        if lines:
            return lines
    return [piece.text for piece in pieces]


def _is_torn(pieces: list[Piece], lines: list[str]) -> bool:
    """Whether a line ends between two characters of no known word: one line more may mend it."""
    ends, place = set(), 0
    for line in lines[:-1]:
        place += len(line)
        ends.add(place)
    place = 0
    for end, piece in enumerate(pieces, 1):
        place += len(piece.text)
        if place in ends and _break_cost(pieces, end) == _LOOSE_BREAK:
            return True
    return False


def _pieces(title: str, phrases: Sequence[str], most: int) -> list[Piece]:
    known = sorted({*WORDS, *(p for p in phrases if 1 < len(p) <= most)}, key=len, reverse=True)
    pieces: list[Piece] = []
    rest = title
    while rest:
        taken = _taken(rest, known)
        pieces.append(taken)
        rest = rest[len(taken.text) :]
    return _joined(_placed(pieces))


def _taken(rest: str, known: list[str]) -> Piece:
    word = next((word for word in known if rest.startswith(word)), None)
    if word:
        return Piece(word, known=True)
    whole = _WHOLE.match(rest)
    return Piece(whole.group() if whole else rest[0], known=bool(whole))


def _placed(pieces: list[Piece]) -> list[Piece]:
    """Unknown characters that end in 镇, 村 and the like are the name of a place: 大茅坪镇."""
    found: list[Piece] = []
    run: list[Piece] = []
    for piece in pieces:
        run = [*run, piece] if not piece.known else []
        found.append(piece)
        if 1 < len(run) <= _LONGEST_PLACE and piece.text in _PLACES:
            found[-len(run) :] = [Piece("".join(one.text for one in run), known=True)]
            run = []
    return found


def _joined(pieces: list[Piece]) -> list[Piece]:
    """A mark or 的 that may not begin a line is glued to the word before it, an opening one after.

    A short bracket stays whole: （红牌）.
    """
    glued: list[Piece] = []
    for piece in pieces:
        last = glued[-1] if glued else None
        closes = piece.text[0] in NEVER_FIRST or piece.text in NEVER_HEAD_WORDS
        if last and (closes or last.text[-1] in NEVER_LAST or _in_short_bracket(last.text)):
            glued[-1] = Piece(last.text + piece.text, last.known or piece.known)
        else:
            glued.append(piece)
    return glued


def _in_short_bracket(text: str) -> bool:
    opened = max(text.rfind("（"), text.rfind("("))
    return opened >= 0 and not re.search(r"[）)]", text[opened:]) and len(text) - opened <= _SHORT


def _divided(pieces: list[Piece], count: int, most: int) -> list[str]:
    """The cheapest division into exactly `count` lines, or nothing where one is too long."""
    ideal = sum(_cells(piece.text) for piece in pieces) / count
    ends = len(pieces)
    best: list[dict[int, tuple[float, int]]] = [{0: (0.0, 0)}]
    for _ in range(count):
        row: dict[int, tuple[float, int]] = {}
        for start, (cost, _before) in best[-1].items():
            for end, more in _line_costs(pieces, start, ideal, most):
                if end not in row or cost + more < row[end][0]:
                    row[end] = (cost + more, start)
        best.append(row)
    if ends not in best[-1]:
        return []
    lines = []
    for row in reversed(best[1:]):
        start = row[ends][1]
        lines.append("".join(piece.text for piece in pieces[start:ends]))
        ends = start
    return lines[::-1]


def _line_costs(
    pieces: list[Piece], start: int, ideal: float, most: int
) -> list[tuple[int, float]]:
    costs = []
    used = 0.0
    for end in range(start + 1, len(pieces) + 1):
        used += _cells(pieces[end - 1].text)
        if used > most:
            break
        lost = _HANGING if used < _SHORT else 0.0
        costs.append((end, (used - ideal) ** 2 + lost + _break_cost(pieces, end)))
    return costs


def _break_cost(pieces: list[Piece], end: int) -> float:
    if end == len(pieces):
        return 0.0
    before, after = pieces[end - 1], pieces[end]
    if before.text.endswith(("关于", "的", "》", "、", "”")) or after.text.startswith("关于"):
        return _GOOD_BREAK
    if before.known or after.known:
        return _WORD_BREAK
    return _LOOSE_BREAK


def _cells(text: str) -> float:
    return sum(0.5 if character.isascii() else 1.0 for character in text)
