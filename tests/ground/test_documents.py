"""JSON and TOML from outside: read within bounds, and refused by a sentence, never by a crash."""

import json
import tomllib

import pytest

from issues.ground.documents import Unreadable, group_of, is_kept, json_of, toml_of

MOST = 200_000
JSON_FAULTS = {
    "empty": (b"", "空的"),
    "blank": (b" \n", "空的"),
    "not UTF-8": ("县".encode("gbk"), "UTF-8"),
    "cut off": (b'{"a": [1,', "第1行第"),
    "no JSON": (b"a = 1", "不是有效的JSON"),
    "deep lists": (b"[" * 90_000, "嵌套超过20层"),
    "deep groups": (b'{"a":' * 30_000 + b"1" + b"}" * 30_000, "嵌套超过20层"),
    "just too deep": (b"[" * 21 + b"]" * 21, "嵌套超过20层"),
    "5,000 nines": (b"9" * 5000, "过大"),
    "30 nines": (b'{"a": 999999999999999999999999999999}', "过大"),
    "endless": (b'{"a": 1e999}', "inf"),
    "NaN": (b'{"a": NaN}', "NaN"),
    "Infinity": (b"[-Infinity]", "Infinity"),
    "NUL": (b'{"a": "b\\u0000"}', "无法保存的字符"),
    "lone surrogate": (b'["\\ud800"]', "无法保存的字符"),
    "surrogate as name": (b'{"\\udfff": 1}', "无法保存的字符"),
    "twice": (b'{"a": 1, "a": 2}', "写了两次"),
    "twice, unkept": (b'{"\\ud800": 1, "\\ud800": 2}', "写了两次"),
    "too long": (b" " * (MOST + 1), "超过195KB"),
}
TOML_FAULTS = {
    "not UTF-8": ("县".encode("gbk"), "UTF-8"),
    "no TOML": (b"a = ", "不是有效的TOML"),
    "NUL": (b'a = "\\u0000"', "无法保存的字符"),
    "lone surrogate": (b'a = "\\ud800"', "不是有效的TOML"),
    "deep lists": (b"a = " + b"[" * 50_000, "嵌套超过20层"),
    "deep names": (b".".join([b"a"] * 90) + b" = 1", "嵌套超过20层"),
    "5,000 nines": (b"a = " + b"9" * 5000, "超出范围"),
    "30 nines": (b"a = 999999999999999999999999999999", "过大"),
    "hexadecimal": (b"a = 0x" + b"f" * 5000, "过大"),
    "nan": (b"a = nan", "nan"),
    "endless": (b"a = 1e999", "inf"),
    "a day that is none": (b"a = 2025-02-30", "TOML"),
    "twice": (b"a = 1\na = 2", "不是有效的TOML"),
    "too long": (b"#" * (MOST + 1), "超过195KB"),
}


@pytest.mark.parametrize(("content", "told"), JSON_FAULTS.values(), ids=JSON_FAULTS)
def test_a_json_that_cannot_be_kept_is_told(content, told):
    with pytest.raises(Unreadable, match=told) as refused:
        json_of(content, MOST)
    refused.value.sentence.encode()


@pytest.mark.parametrize(("content", "told"), TOML_FAULTS.values(), ids=TOML_FAULTS)
def test_a_toml_that_cannot_be_kept_is_told(content, told):
    with pytest.raises(Unreadable, match=told) as refused:
        toml_of(content, MOST)
    refused.value.sentence.encode()


def test_what_is_sound_is_read_as_the_library_reads_it():
    text = '\ufeff{"名称": [1, -2.5, true, null, {"里": "😀"}], "大": 9223372036854775807}'
    assert json_of(text.encode(), MOST) == json.loads(text[1:])
    table = 'a = 1\nb = [1.5, "字"]\nday = 2025-01-02\n[c.d]\ne = true\n'
    assert toml_of(table, MOST) == tomllib.loads(table)
    assert toml_of(b"", MOST) == {}
    deep = "[" * 20 + "]" * 20
    assert json_of(deep, MOST) == json.loads(deep)


@pytest.mark.parametrize("content", [b"[]", b'"a"', b"1", b"null"])
def test_what_must_be_a_group_is_one(content):
    with pytest.raises(Unreadable, match="一组有名称的内容"):
        group_of(json_of(content, MOST))
    assert group_of(json_of(b'{"a": 1}', MOST)) == {"a": 1}


def test_a_text_is_kept_or_not():
    assert [is_kept(text) for text in ("", "字\n", "😀", "\0", "a\ud800", "\udfffb")] == [
        True, True, True, False, False, False,
    ]  # fmt: skip
