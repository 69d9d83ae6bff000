"""What a ticket of a volume says and where it lies: as many ways of saying it as a ledger has."""

import random

COUNTIES = {
    "511902": (106.77, 31.86), "511903": (106.65, 31.79), "511921": (107.24, 31.91),
    "511922": (106.84, 32.35), "511923": (107.10, 31.56),
}  # fmt: skip
"""Longitude and latitude of each county's seat."""
FAR_DEGREES = 0.22
"""A ticket lies so far from the seat at most, on each axis."""
PLACES = ("场镇", "河段", "工业园", "填埋场", "采石场", "养殖场", "污水站", "码头", "湿地", "堆场")
WRONGS = ("污水直排", "扬尘未控", "垃圾露天堆放", "噪声扰民", "边坡裸露", "粪污外溢", "管网错接")
SEEN = (
    "现场检查时仍未整改到位", "巡查发现已停用多日", "走访得知夜间时有发生", "无人机航拍可见多处",
    "雨后复看未见收敛", "与上报的完成情况不符", "台账缺失近半年", "值守人员不在岗",
)  # fmt: skip
PARTS = (
    "围挡", "沉淀池", "提升泵", "导流沟", "防渗膜", "喷淋管", "截流井", "收集桶", "化粪池",
    "挡渣墙", "覆盖网", "格栅", "雨水口", "储粪间", "洗车台", "排气筒",
)  # fmt: skip
STATES = ("破损", "缺失", "淤堵", "未启用", "渗漏", "塌陷", "锈蚀", "漫流", "未封闭", "断电")
AMOUNTS = ("处", "米", "平方米", "立方米", "吨", "户")
CAUSES = (
    "管护经费没有落实", "施工单位中途退场", "责任人调整后无人接手", "汛期冲毁后没有恢复",
    "设计能力低于来量", "产权移交手续未办", "村组保洁合同到期", "设备采购流标",
)  # fmt: skip
EFFECTS = (
    "下游水体发黑", "临路居民不敢开窗", "农田灌渠受影响", "群众多次来电反映", "臭味随风飘散",
    "河岸可见白色泡沫", "路面泥泞打滑", "林草恢复缓慢",
)  # fmt: skip


def problem(dice: random.Random, where: str, wrong: str) -> str:
    """Some four hundred million ways, without the name of the place."""
    part, other = dice.sample(PARTS, 2)
    metres, amount = dice.randint(15, 900), f"{dice.randint(2, 480)}{dice.choice(AMOUNTS)}"
    return (
        f"示例内容：{where}{wrong}，{dice.choice(SEEN)}；距{dice.choice(PLACES)}约{metres}米处"
        f"{part}{dice.choice(STATES)}、{other}{dice.choice(STATES)}，涉及{amount}。"
        f"{dice.choice(CAUSES)}，{dice.choice(EFFECTS)}。"
    )


def point(dice: random.Random, county: str) -> tuple[float, float]:
    """Longitude and latitude in WGS-84, to about a metre."""
    lon, lat = COUNTIES[county]
    away = (dice.uniform(-FAR_DEGREES, FAR_DEGREES) for _ in range(2))
    return round(lon + next(away), 5), round(lat + next(away), 5)
