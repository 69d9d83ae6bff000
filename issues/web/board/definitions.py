"""What the figures of the board mean: the same sentences on the page, the wall and the sheet."""

from issues.queries.board.page import Board

PLACES = (
    "县（区）按事项所在行政区域计，各行相加等于上板总数；"
    "园区按主责单位计，已含在所在县（区）内，不再相加"
)
SEEN = "当日所见：以前各日只计当日已在系统中的事项，不含导入时补记的颜色"
FILLED = "以前各日：导入的事项，导入以前按台账所载事实补记颜色；导入以后为当日记录"


def definitions(board: Board) -> tuple[str, ...]:
    """One sentence for each kind of figure, without its full stop."""
    total, within = board.total, board.within
    lasting = total.struck - total.closed
    return (
        f"灰（◇）为已销号、不再计色的{total.closed}件；已销号·长期坚持的{lasting}件仍计颜色；"
        f"销号进度的“已销号”含这两类，共{total.struck}件",
        PLACES,
        f"新增红色：{board.on}为红而{board.compare}不为红的事项；"
        f"将转色：若无新的进展，{within}天内计算颜色将变的事项，先后转黄、转红的各计一次",
        "有件无效：已申请验收或已通过验收，而必需的读数未达标的事项；"
        "达标反弹：销号以后确认的读数未达标的事项",
        "目标：按浓度、比例等目标最差的一项归入，不含按进度填报的数量；无读数指没有未达标而有目标尚无确认的读数",
        SEEN if board.is_seen else FILLED,
    )
