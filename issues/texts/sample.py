"""A made-up plan to try the reading of texts with, in the words of the city's own counties."""

from collections.abc import Sequence

NAME = "示例：突出生态环境问题整改方案"
NOBODY = "某县"
CELLS = "｜"
"""Between the cells of a row, as it can be read here."""
_TEXT = """{city}突出生态环境问题整改方案（示例）
为做好突出生态环境问题整改，制定本方案。本方案为示例，所列问题均为虚构。
一、总体要求
坚持问题导向，举一反三，{year}年底前完成全部整改任务。
二、整改任务
（一）关于{first}场镇生活污水直排问题
场镇污水管网破损，部分生活污水未经处理直排沟渠。
整改目标：生活污水全收集、全处理，氨氮≤8mg/L。
整改措施：
1.修复破损管网2.4公里（责任单位：{first}；完成时限：{year}年4月底前）。
2.封堵直排口3处（责任单位：{first}；完成时限：{year}年2月底前）。
3.建立管网巡查台账，长期坚持。
整改时限：{year}年4月底前
责任单位：{first}
牵头单位：市住房城乡建设局
验收单位：市生态环境局
（二）关于{second}建筑垃圾露天堆放问题
整改目标：建筑垃圾规范处置，场地恢复。
整改措施：一是清运建筑垃圾1200吨；二是覆土复绿；三是增设监控设施2处。
整改时限：立行立改，长期坚持
责任单位：{second}、市水利局
牵头单位：市综合执法局
验收单位：市生态环境局
（三）{second}养殖场粪污外溢。由市农业农村局牵头，{second}配合，于{year}年3月15日前完成粪污处理设施改造。
三、整改任务清单
序号｜存在问题｜整改措施｜整改时限｜责任分工｜责任分工
｜｜｜｜牵头单位｜责任单位
4｜{first}工地裸土未覆盖，扬尘扰民。｜覆盖裸土｜{year}年1月底前｜市住房城乡建设局｜{first}
5｜{second}饮用水水源保护区界标缺失。｜补齐界标14块｜{year}年一季度末｜市生态环境局｜{second}
6｜河道采砂弃料未清理。｜清运弃料｜6月底前｜市水利局｜同上
"""


def text(city: str, counties: Sequence[str], year: int) -> str:
    """`counties` are the names of the first two; its deadlines lie in the year."""
    first, second = (*counties, NOBODY, NOBODY)[:2]
    words = _TEXT.replace(CELLS, "\t")
    return words.format(city=city, first=first, second=second, year=year)
