"""The figures of letters in the shape of the API's contract."""

from typing import Annotated

from issues.ground.shape import Shape


class LetterFigures(Shape, heading="信访件办理情况"):
    round: Annotated[str, "来源和轮次；全部合计为空"]
    region: Annotated[str, "行政区域代码；合计为空"]
    name: Annotated[str, "行政区域"]
    letters: Annotated[int, "件数"]
    true: Annotated[int, "属实，含基本属实、部分属实"]
    untrue: Annotated[int, "不属实"]
    unsaid: Annotated[int, "未认定"]
    closed: Annotated[int, "已办结"]
    interim: Annotated[int, "阶段性办结"]
    ordered: Annotated[int, "责令整改（家）"]
    penalised: Annotated[int, "立案处罚（件）"]
    fine: Annotated[float, "罚款（万元）"]
    investigated: Annotated[int, "立案侦查（件）"]
    detained: Annotated[int, "拘留（人）"]
    summoned: Annotated[int, "约谈（人）"]
    held_to_account: Annotated[int, "问责（人）"]
    called: Annotated[int, "回访过的件数"]
    reached: Annotated[int, "回访接通的件数"]
    satisfied: Annotated[int, "最近一次接通为满意、基本满意的件数"]
    dissatisfied: Annotated[int, "最近一次接通为不满意的件数"]
