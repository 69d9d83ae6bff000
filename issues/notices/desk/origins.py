"""Whence a paragraph comes, in words: the line of the template, and the facts it was made from."""

from issues.notices.desk.overlay import Standing


def source_of(one: Standing) -> str:
    if one.is_own:
        return "自行增加，没有记录"
    if one.record is None:
        return "原由记录写成，记录中现在没有这一段"
    if not one.origin.line:
        return "由系统按规则写成"
    fields = "".join(f"“{name}”" for name in one.origin.fields)
    return f"模板第{one.origin.line}行{f'，取自{fields}' if fields else '的固定文字'}"
