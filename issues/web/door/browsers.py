"""What a browser says of itself, in words a person knows: the device and the program."""

import re

UNKNOWN = "未知浏览器"
SYSTEMS = (
    (r"OpenHarmony|HarmonyOS|HMOS|HuaweiBrowser(?=.*Phone)", "鸿蒙"),
    (r"iPad", "苹果平板"),
    (r"iPhone|iPod", "苹果手机"),
    (r"Android(?=.*Mobile)", "安卓手机"),
    (r"Android", "安卓平板"),
    (r"Windows", "Windows"),
    (r"Macintosh|Mac OS X", "苹果电脑"),
    (r"CrOS|Linux|X11", "Linux"),
)
"""The first that is found: a later one is also said by those before it."""
PROGRAMS = (
    (r"wxwork/(\d+)", "企业微信"),
    (r"MicroMessenger/(\d+)", "微信"),
    (r"DingTalk/(\d+)", "钉钉"),
    (r"(?:Lark|Feishu)/(\d+)", "飞书"),
    (r"QIHU|360SE|360EE|QHBrowser(?:/(\d+))?", "360浏览器"),
    (r"M?QQBrowser/(\d+)", "QQ浏览器"),
    (r"HuaweiBrowser/(\d+)", "华为浏览器"),
    (r"MiuiBrowser/(\d+)", "小米浏览器"),
    (r"UCBrowser/(\d+)|UBrowser/(\d+)", "UC浏览器"),
    (r"Edg(?:e|A|iOS)?/(\d+)", "Edge"),
    (r"(?:OPR|Opera)/(\d+)", "Opera"),
    (r"(?:Firefox|FxiOS)/(\d+)", "Firefox"),
    (r"(?:HeadlessChrome|Chrome|CriOS)/(\d+)", "Chrome"),
    (r"MSIE (\d+)|Trident/.*rv:(\d+)", "IE"),
    (r"ArkWeb/(\d+)", "鸿蒙浏览器"),
    (r"Version/(\d+).*Safari/", "Safari"),
)
TOOL = re.compile(
    r"(?:curl|Wget|python-\w+|Go-http-client|okhttp|Java|PostmanRuntime)\b", re.IGNORECASE
)


def said(agent: str) -> str:
    """`Windows 上的 Chrome 142`; what says nothing of either is told as unknown."""
    if TOOL.match(agent):
        return "程序（不是浏览器）"
    system = next((name for found, name in SYSTEMS if re.search(found, agent)), "")
    program = next(filter(None, (_program(*one, agent) for one in PROGRAMS)), UNKNOWN)
    if not system:
        return program
    left, right = (" " if name[0].isascii() else "" for name in (system, program))
    return f"{system}{left}上的{right}{program}"


def _program(pattern: str, name: str, agent: str) -> str:
    match = re.search(pattern, agent)
    if match is None:
        return ""
    version = next(filter(None, match.groups()), "")
    return f"{name} {version}".strip()
