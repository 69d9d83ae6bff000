"""How headings are worded elsewhere: which field a heading's words are likely to be."""

import re

from issues.exchange.matching.targets import TARGETS
from issues.exchange.reading.layouts import CALLED
from issues.exchange.workbook.sheet import plain

SYNONYMS: dict[str, str] = {
    "order": "序号 项号 问题序号 任务序号",
    "source": "问题来源 来源 线索来源 发现途径 问题出处 任务来源",
    "source_ref": "来源文件 文号 反馈文件 项目编号 任务编号",
    "case_number": "受理编号 信访编号 举报编号 转办编号 案件编号",
    "title": "标题 问题名称 事项名称 任务名称 点位名称 项目名称",
    "problem": "存在问题 问题描述 主要问题 具体问题 问题内容 问题情况 突出问题 反馈问题 问题清单"
    " 问题表现 环境问题 问题概况 问题简述 发现问题 整改问题 举报内容 反映问题 信访内容",
    "region": "行政区域 属地 区县 县区 县市区 区市县 所在区县 所属区县 所属地区 行政区 辖区 市县",
    "place": "点位 地点 位置 所在位置 详细地址 地址 具体地点 具体位置 问题点位 所在地",
    "lon": "经度", "lat": "纬度",
    "types": "问题类型 污染类型 类别 类型 问题类别 要素 环境要素 问题分类",
    "goal": "整改目标 整改要求 目标 工作目标 预期目标",
    "criteria": "验收标准 销号标准 完成标准 验收要求",
    "deadline": "整改时限 整改期限 完成时限 完成时间 整改完成时间 办结时限 办理期限 计划完成时间"
    " 完成期限 整改完成时限 时限 限期 整改截止时间 要求完成时间",
    "units": "责任单位 责任部门 整改责任单位 整改单位 责任主体单位 承办单位 主体责任单位 整改部门"
    " 责任地区 责任县区 实施单位 主办单位",
    "lead": "牵头单位 牵头部门 市级牵头单位 主管部门 行业主管部门 市级责任单位",
    "supporting": "配合单位 配合部门 协办单位 参与单位 协同单位",
    "acceptance": "验收单位 验收部门 销号单位 验收销号单位 核查单位",
    "supervising": "督导单位 督办单位 监督单位 督导部门 监管单位",
    "sponsor": "包案领导 责任领导 包保领导 挂联领导 分管领导 市级领导 督办领导 挂帅领导",
    "contact": "责任人 责任人及电话 联系人 责任人员 具体责任人 联系方式 联系电话 经办人",
    "assigned_on": "交办日期 交办时间 转办时间 转办日期 下达时间 移交时间 受理时间 发现时间",
    "stage": "整改阶段 整改状态 状态 当前状态 办理状态 整改进度 销号状态 进展状态",
    "claimed_on": "申请验收日期 申请验收时间 申请销号时间 报验时间",
    "closed": "是否销号 是否完成销号 是否完成整改 是否整改到位 是否完成",
    "closed_on": "销号日期 销号时间 实际完成时间 验收日期",
    "remark": "备注 说明 备注说明",
    "starred": "重点 是否重点 重要程度",
    "subject_firm": "责任主体 企业名称 污染源 涉及企业 排污单位",
    "m_text": "整改措施 具体措施 工作措施 措施 主要措施 整改任务 整改举措 工作任务 整改内容",
    "m_units": "措施责任单位", "m_start": "启动时间 开始时间",
    "m_deadline": "措施完成时限 节点时限",
    "m_progress": "进展情况 整改进展 工作进展 完成情况 整改情况 整改进展情况 进度描述 落实情况"
    " 整改完成情况 整改进度描述 整改落实情况 目前进展",
    "m_done": "措施是否完成", "m_target": "目标值", "m_confirmed": "完成值 已完成量",
    "m_unit_of_target": "计量单位",
    "findings": "调查核实情况 核查情况 调查情况",
    "handling": "处理和整改情况 办理情况 处理情况 处置情况 查处整改情况",
    "verified": "是否属实 属实情况", "outcome": "是否办结 办结情况 办结状态",
}  # fmt: skip
_EXACT: dict[str, str] = {}
for _name, _words in SYNONYMS.items():
    for _word in _words.split():
        _EXACT.setdefault(_word, _name)
for _word, _name in CALLED.items():
    if _name in TARGETS:
        _EXACT.setdefault(_word, _name)
_BY_LENGTH = sorted(_EXACT, key=len, reverse=True)
_AND = re.compile(r"[、/及和与]")
_BRACKETS = re.compile(r"\([^()]*\)|[:*★]")
SHORTEST_WITHIN = 3
"""A word of fewer signs says nothing inside a longer heading."""


def by_words(heading: str) -> tuple[str, ...]:
    """The fields a heading is likely to hold by its words; none where no word is known."""
    word = _BRACKETS.sub("", plain(heading))
    if word in _EXACT:
        return (_EXACT[word],)
    parts = [part for part in _AND.split(word) if part]
    found = [_EXACT[part] for part in parts if part in _EXACT]
    if len(parts) > 1 and len(found) == len(parts):
        return tuple(dict.fromkeys(found))
    within = next((w for w in _BY_LENGTH if len(w) >= SHORTEST_WITHIN and w in word), "")
    return (_EXACT[within],) if within else ()


def is_known(heading: str) -> bool:
    return bool(by_words(heading))
