"""Words of pollution sources and of the layers that a place is checked against."""

from issues.vocabulary.word import Word


class PolluterKind(Word):
    """What a pollution source is."""

    FACTORY = "factory", "工业企业"
    SEWAGE = "sewage", "污水处理厂"
    OUTFALL = "outfall", "入河排污口"
    FARM = "farm", "畜禽养殖"
    MINE = "mine", "矿山"
    WASTE = "waste", "固废处置"
    SITE = "site", "施工工地"
    SERVICE = "service", "餐饮服务"
    FUEL = "fuel", "加油站"
    OTHER = "other", "其他"


class PolluterAct(Word):
    ADD = "add", "登记污染源"
    AMEND = "amend", "修改污染源"
    END = "end", "停用污染源"
    TIE = "tie", "关联问题"
    UNTIE = "untie", "取消关联"
    TIE_LEAD = "tie_lead", "关联线索"
    UNTIE_LEAD = "untie_lead", "取消关联线索"


class LayerKind(Word):
    """What a layer of the map sets apart, where it sets something apart."""

    RED_LINE = "red_line", "生态保护红线"
    RESERVE = "reserve", "自然保护地"
    WATER = "water", "饮用水水源保护区"
    NO_FARMS = "no_farms", "畜禽禁养区"
    FARMLAND = "farmland", "永久基本农田"
    RIVER = "river", "河湖管理范围"
    OTHER = "other", "其他管控区"
