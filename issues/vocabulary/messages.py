"""Words of messages: what is told to a person, when it goes out, and over which kind of address."""

from issues.vocabulary.word import Word


class Timing(Word):
    """When a message leaves the house; in the inbox it stands at once, whatever is chosen."""

    NOW = "now", "即时"
    DIGEST = "digest", "每日汇总"
    OFF = "off", "不发"


class MessageEvent(Word):
    """What a message tells of. `timing` is how it goes out where nobody has chosen."""

    timing: Timing

    def __init__(self, _code: str, _label: str = "", timing: Timing = Timing.NOW) -> None:
        self.timing = timing

    ASSIGNED = "assigned", "交办", Timing.NOW
    NOTICE = "notice", "文书送达", Timing.NOW
    RETURNED = "returned", "方案、填报或答复被退回", Timing.NOW
    EXTENSION = "extension", "延期审批结果", Timing.NOW
    SENT_BACK = "sent_back", "验收退回", Timing.NOW
    DEADLINE = "deadline", "时限临近", Timing.DIGEST
    TURNED_YELLOW = "turned_yellow", "转为黄色", Timing.DIGEST
    TURNED_RED = "turned_red", "转为红色", Timing.NOW
    INSTRUCTION = "instruction", "批示", Timing.NOW
    TASK = "task", "交给本人的任务", Timing.NOW
    DECISION = "decision", "等待审核或决定", Timing.DIGEST
    PROPOSAL = "proposal", "挂牌建议的答复", Timing.NOW
    WORK = "work", "后台工作结束", Timing.OFF
    ACCOUNT = "account", "账号变动", Timing.NOW


OWN_MATTERS = frozenset({MessageEvent.WORK, MessageEvent.ACCOUNT})
"""What concerns one account alone: no unit and no other system is told of it."""


class AddressKind(Word):
    """Where messages are sent to."""

    MAIL = "mail", "邮件"
    WECOM = "wecom", "企业微信群机器人"
    DINGTALK = "dingtalk", "钉钉群机器人"
    FEISHU = "feishu", "飞书群机器人"


class DeliveryState(Word):
    """How far a line to be told outside has come."""

    WAITING = "waiting", "待发"
    AGAIN = "again", "未送达，将自动重发"
    SENT = "sent", "已送达"
    ENDED = "ended", "停止发送"


class HookAct(Word):
    """What is done to an address of another system, as its history names it."""

    OPEN = "open", "添加事件推送"
    END = "end", "停用事件推送"
    REPLAY = "replay", "重新推送"
