"""What a paper may say that the system keeps no record of: it is not said, or quoted."""

from issues.notices.kinds.claims.claim import Claim, row
from issues.notices.kinds.claims.records import never

_DONE = r"(?:已|曾|先后|被)[^，。；：未不]{0,14}"

UNRECORDED: tuple[Claim, ...] = (
    row(
        "立案处罚",
        _DONE + r"(?:立案|罚款|处罚|拘留|查封|责令停产|关停|批捕|起诉)"
        r"(?!的?(?:单位|人|对象|情况|信息|标准))|"
        r"罚款(?:人民币)?\d+(?:\.\d+)?余?[万亿]?元|"
        r"(?:立案|查处|拘留|处罚|关停|查封|批捕|起诉)(?:了)?[^，。；：未不]{0,6}"
        r"[\d一二两三四五六七八九十]+余?(?:起|件|宗|人|家|名)",
        never("立案、处罚记录"), unless="[以之]下|[以之]上|可以|可处",
    ),
    row(
        "问责处理",
        _DONE + r"(?:问责|追责|处分|诫勉|免职|停职)(?!线索|办法|条例|情形|人员名|人员情况|情况)|"
        r"(?:问责|处分|追责)(?:了)?(?:责任人|干部|人员|相关人员|有关人员)?\d+(?:名|人)",
        never("问责、处分记录"),
    ),
    row(
        "移交处理",
        _DONE + r"移[交送][^，。；]{0,12}(?:纪检|监察|纪委|监委|公安|司法|检察|线索)|"
        + r"(?:线索|案件)[^，。；未不]{0,6}(?:已|被)[^，。；未不]{0,8}移[交送]",
        never("移交记录"),
    ),
)  # fmt: skip
