"""What in a ledger or a text would tell who complained.

Columns by their headings, cells by what stands in them, and the words that name a person.

Judged by form alone, so some are taken for persons that are none: what is taken is kept sealed, not
lost, and whoever brings it in is told which cells.
"""

import re
from collections.abc import Iterator, Mapping

SEALED = "〔已封存〕"
"""Stands in a text where a person was named."""
GUARDED = ("problem", "title", "place", "remark", "findings", "handling", "punished")
"""The texts of a ticket, and of a ledger's row, that may name who complained."""

_WHO = r"(?:举报|投诉|来信|来访|来电|反映|信访|上访|检举|控告|申诉|爆料|报料|求助|诉求)(?:人|者)"
_OF_WHOM = re.compile(rf"(?:{_WHO}(?!数|次|员|群)|(?:投诉|举报|信访)群众)")
_KINDS = (
    (
        "note",
        re.compile(r"身份证|证件号|护照|户籍|微信|QQ|邮箱|电子邮件|E-?mail|银行卡", re.IGNORECASE),
    ),
    ("phone", re.compile(r"电话|手机|固话|座机|联系方式|联络方式")),
    ("address", re.compile(r"住址|住所|家庭地址|通讯地址|通信地址|门牌|地址")),
    ("name", re.compile(r"姓名|名字|称呼|联系人|联络人")),
)
_OF_A_FIRM = re.compile(r"企业|单位|公司|工厂|厂区|项目|污染源|点位|事发|案发|问题|发生|网址")
_WHERE = re.compile(r"点位|位置|地点|企业|单位|项目|区域|污染源|问题|坐标")

_SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章苏潘葛奚范彭郎"
    "鲁韦马苗凤花俞任袁柳鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐傅皮卞齐康伍余元卜顾孟黄穆萧尹"
    "姚邵汪祁毛禹狄米贝明臧戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵季贾路娄危江童颜郭梅盛林刁钟徐邱骆"
    "高夏蔡田樊胡凌霍虞万支柯管卢莫房裘缪解应宗丁宣邓郁单杭洪包诸左石崔吉龚程嵇邢裴陆荣翁荀羊惠甄"
    "封芮储靳汲邴糜松井段富巫乌焦巴弓牧隗谷车侯宓蓬郗班仰秋仲伊宫宁仇栾暴甘厉戎祖武符刘景詹束龙"
    "叶幸司韶黎薄印白怀蒲台鄂索咸籍赖卓蔺屠蒙池乔阴胥闻党翟谭贡劳逄姬申扶堵冉宰郦雍桑桂濮牛寿通"
    "边扈燕冀浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙"
    "东欧殳沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾毋沙乜养鞠须丰巢关蒯相查后荆红游竺权逯盖"
    "肖付代闫涂青"
)
_COMMON = set("于时和成从经应向都国东通空那须后满广终易居利越相关应农别明常安乐时花")
"""Surnames that are words oftener than names: alone they name nobody."""
_ONE = "[" + "".join(dict.fromkeys(sign for sign in _SURNAMES if sign not in _COMMON)) + "]"
_GIVEN = r"(?!某)[一-龥]{1,2}"
_NO_NAME = (
    r"(?!曾(?:多|经|先|在|向|于)|白天|周边|周围|周末|高度|高新|万人|马上|金额|黄昏|冷却|温度|路面|路边|"
    r"石材|石料|江河|江边|田地|田间|车辆|车间|房屋|房顶|林地|林木|井水|池塘|池水|牛粪|羊粪|鱼塘|龙头|"
    r"包括|谈话|支持|单独|充分|习惯|游客|权限|查实|查处|代表|管道|管理|连续|师生|解决|钟点|任何|施工|"
    r"何时|何人|何种|成都|武汉|康复|养殖|简单|简易|宣传|应当|盛夏|夏季|夏天|秋季|毛猪|计划)"
)
_NAME = rf"{_NO_NAME}{_ONE}{_GIVEN}"
_BODY = r"(?<![区县市镇乡村局办委所站院校部厂场家民众户主人士员处组社会企店里边体河湖库])"
_AFTER = (
    r'(?=$|[\s，。；、：:,;.（(）)】\]”"]'
    r"|[电手联住家身在反称说举投来实等及与和先女同老自表要请提信])"
)
_VERB = r"(?:来信|来电|来访|写信|实名|举报|投诉|反映|信访|上访|检举|控告)"
_TITLE = r"(?:同志|先生|女士|老师|师傅|大爷|大妈)?"
_DIGITS = str.maketrans("０１２３４５６７８９－", "0123456789-")
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_OF_WHOM.pattern}(?:的)?(?:姓名|名字)?(?:是|为|系|叫)?[:：\s（(“]*(?P<it>{_NAME}){_AFTER}",
        rf"(?:^|[，。；、：:,;\s“（(]|市民|村民|居民|群众|业主|住户|户主|网友)"
        rf"(?P<it>{_NAME}{_BODY}){_TITLE}(?:等人|等)?{_VERB}",
        rf"{_OF_WHOM.pattern}[^，。；\n]{{0,12}}?(?:家住|住址|现住|住在|住)[:：]?"
        r"(?P<it>(?!房)[^，。；;）)\n]{2,40})",
        r"(?<![\d.])(?P<it>1[3-9]\d[ -]?\d{4}[ -]?\d{4})(?![\d.]\d|\d)",
        r"(?<![\d-])(?P<it>0\d{2,3}[- ]\d{7,8})(?!\d)",
        r"(?<![\dA-Za-z])(?P<it>[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
        r"\d{3}[\dXx])(?![\dA-Za-z])",
    )
)
_HOUSEHOLD = re.compile(
    r"[\d一二三四五六七八九十](?:栋|幢|号楼|单元)|\d(?:室|号附\d)|(?:路|街|巷|大道)\S{0,6}?\d{1,5}号"
    r"|(?:村|社区)\S{0,6}?[\d一二三四五六七八九十](?:组|社)"
)


def kind_of(heading: str) -> str | None:
    """Which of the complainant's fields a column of this heading holds; None where of nobody."""
    words = "".join(heading.split())
    of_whom = _OF_WHOM.search(words) is not None
    for kind, pattern in _KINDS:
        if pattern.search(words):
            return kind if of_whom or not _OF_A_FIRM.search(words) else _of_a_firm(kind)
    return "name" if of_whom else None


def _of_a_firm(kind: str) -> str | None:
    """Where a firm lies is nobody's secret; who answers its telephone is a person."""
    return None if kind == "address" else "note"


def is_personal(heading: str, text: str) -> bool:
    """Whether a cell of a column that is no field may tell of a person."""
    if kind_of(heading) is not None or any(_found(text)):
        return True
    return _WHERE.search(heading) is None and _HOUSEHOLD.search(text) is not None


def sorted_out(cells: Mapping[str, str]) -> dict[str, str]:
    """What cells by their headings say, by the complainant's fields."""
    found: dict[str, list[str]] = {}
    for heading, text in cells.items():
        kind = kind_of(heading) or "note"
        found.setdefault(kind, []).append(f"{heading}：{text}" if kind == "note" else text)
    return {kind: "\n".join(dict.fromkeys(texts)) for kind, texts in found.items()}


def is_name(text: str) -> bool:
    """Whether the whole of it may be the name of a person."""
    return re.fullmatch(_NAME, text) is not None


def masked(text: str) -> str:
    """The text with every person that it names taken out; itself where it names none."""
    places = sorted(_found(text), reverse=True)
    for begin, end in places:
        text = text[:begin] + SEALED + text[end:]
    return text


def _found(text: str) -> Iterator[tuple[int, int]]:
    """Where persons stand, no two places overlapping."""
    plain, taken = text.translate(_DIGITS), [False] * (len(text) + 1)
    for pattern in _PATTERNS:
        for match in pattern.finditer(plain):
            begin, end = match.span("it")
            if not any(taken[begin:end]):
                taken[begin:end] = [True] * (end - begin)
                yield begin, end
