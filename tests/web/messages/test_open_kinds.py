"""Which addresses may be added is told before one is typed, as the installation is set."""

import pytest
from far_side import allowed

PAGE = "/account/addresses"
NONE = "现在不能添加地址；需要时请系统管理员设置。"
MAIL, ROBOT = {"mail_url": "mailtos://a:b@c.cn"}, {"hosts": frozenset({"oapi.dingtalk.com"})}


@pytest.mark.parametrize(
    ("set_to", "told", "kept_silent"),
    [
        ({"mail_url": "", "hosts": frozenset()}, NONE, "现在可以添加"),
        (MAIL | {"hosts": frozenset()}, "现在可以添加：邮件。", NONE),
        (ROBOT | {"mail_url": ""}, "现在可以添加：钉钉群机器人。", NONE),
        (MAIL | ROBOT, "现在可以添加：邮件、钉钉群机器人。", NONE),
    ],
)
def test_only_what_is_open_is_offered(app, browser, set_to, told, kept_silent):
    with allowed(**set_to):
        text = browser.as_("chen").get(PAGE).text
    assert told in text
    assert kept_silent not in text
