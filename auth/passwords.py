"""Passwords: how they are kept, which are good enough, and the ones used once."""

import re
import secrets
import string
from collections.abc import Sequence
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

LONGEST = 1000
SHORTEST = {"gb": 10, "asvs": 15}
FEWEST_CLASSES = {"gb": 3, "asvs": 1}
"""By profile: what 等保 asks for (GB/T 22239), and what OWASP ASVS asks for instead."""
FEWEST_DIFFERENT = 5
SHORTEST_TELLING, SHORTEST_CHINESE = 3, 2
CLASSES = (
    re.compile(r"[a-z]"),
    re.compile(r"[A-Z]"),
    re.compile(r"[0-9]"),
    re.compile(r"[^A-Za-z0-9]"),
)
LOOKALIKES = str.maketrans("@4301!$57", "aaeoiisst")
COMMON = frozenset({
    "password", "passwd", "admin", "administrator", "qwerty", "qwertyuiop", "asdfghjkl", "zxcvbnm",
    "welcome", "letmein", "login", "iloveyou", "woaini", "monkey", "dragon", "master", "secret",
    "changeme", "default", "test", "user", "root", "abc", "abcdef", "mima",
    "honghuanglv", "huanwei", "huanbao", "shengtai", "zhongguo", "duban", "zhenggai",
})  # fmt: skip
CONTEXT = (
    "huanweiban", "huanbaoju", "huanbao", "shengtai", "honghuanglv", "hjzg", "duban", "zhenggai",
    "sthj", "环委办", "生态环境", "红黄绿", "督办", "整改",
)  # fmt: skip
"""What such bodies and this system are called: the first words somebody guesses in any city."""
ROWS = ("01234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "abcdefghijklmnopqrstuvwxyz")
COLUMNS = ("1qaz", "2wsx", "3edc", "4rfv", "5tgb", "6yhn", "7ujm", "8ik,", "9ol.", "0p;/")
PAD = (
    "147258369", "741852963", "789456123", "123456789", "321654987", "963852741",
    "159357", "951753", "147896321",
)  # fmt: skip
SHIFTED = str.maketrans("!@#$%^&*()<>:?", "1234567890,.;/")
LONGEST_RUN, SHORTEST_WALK, LONGEST_WALK = 6, 3, 12
FEWEST_BESIDE = 5
"""So many characters stand beside what is walked along the keys, or it is a walk as a whole."""
# No letter that is mistaken for a figure when it is read from paper.
READABLE = "".join(sorted(set(string.ascii_letters + string.digits) - set("0O1lI")))


class _Keeper:
    """The strength passwords are kept with; a test may take less, so that it is quick."""

    hasher = PasswordHasher()
    of_nobody = ""


def keep_cheaply(*, cheaply: bool) -> None:
    """Full strength, or the least the algorithm allows. Only a test asks for the latter."""
    least = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    _Keeper.hasher = least if cheaply else PasswordHasher()
    _Keeper.of_nobody = _Keeper.hasher.hash(secrets.token_urlsafe())


def hash_password(password: str) -> str:
    return _Keeper.hasher.hash(password)


def is_password(kept: str | None, password: str) -> bool:
    """Whether the password is the kept one. Takes as long where there is none."""
    try:
        _Keeper.hasher.verify(kept or _Keeper.of_nobody, password)
    except (VerificationError, InvalidHashError):
        return False
    return bool(kept)


def is_kept_weakly(kept: str) -> bool:
    return _Keeper.hasher.check_needs_rehash(kept)


def one_time_password() -> str:
    """About 93 bits, in four groups, for a person to type once."""
    return "-".join("".join(secrets.choice(READABLE) for _ in range(4)) for _ in range(4))


def faults(password: str, *about: str, profile: str = "gb", here: Sequence[str] = ()) -> list[str]:
    """Why a new password is not taken. `about`: the names it must not hold.

    `here`: what this city and its counties are called, guessed first as the words of any city are.
    """
    said = []
    if len(password) < SHORTEST[profile]:
        said.append(f"密码至少 {SHORTEST[profile]} 个字符。")
    if len(password) > LONGEST:
        said.append(f"密码最多 {LONGEST} 个字符。")
    if sum(bool(kind.search(password)) for kind in CLASSES) < FEWEST_CLASSES[profile]:
        said.append("密码须含大写字母、小写字母、数字、其他符号中的三类。")
    low = password.lower()
    if any(_tells(word) and word.lower() in low for word in about):
        said.append("密码不能包含账号、姓名或单位的名称、代码。")
    if not said and any(word in _letters(low) for word in (*CONTEXT, *here)):
        said.append("密码不能包含本市、本机关或本系统的名称。")
    if not said and _is_walked(low):
        said.append("密码是键盘上的连续按键，过于常见，请换一个。")
    if not said and _is_easy(low):
        said.append("密码过于常见或有规律，容易被猜到，请换一个。")
    return said


def _tells(word: str) -> bool:
    """Two characters of Chinese are a name; two letters are not."""
    return len(word) >= (SHORTEST_TELLING if word.isascii() else SHORTEST_CHINESE)


def _letters(low: str) -> str:
    """What is left to read when the figures and signs between are passed over."""
    return "".join(sign for sign in low.translate(LOOKALIKES) if sign.isalpha())


def _is_easy(low: str) -> bool:
    letters = low.strip(string.digits + string.punctuation).translate(LOOKALIKES)
    bare = re.sub(r"[^a-z]", "", low)
    return len(set(low)) < FEWEST_DIFFERENT or letters in COMMON or bare in COMMON


def _is_walked(low: str) -> bool:
    """One long run along the keys, or short ones with next to nothing beside them."""
    keys = low.translate(SHIFTED)
    longest, beside = 0, 0
    while keys:
        most = min(len(keys), LONGEST_WALK)
        steps = next((n for n in range(most, SHORTEST_WALK - 1, -1) if _is_walk(keys[:n])), 0)
        longest = max(longest, steps)
        beside += not steps
        keys = keys[steps or 1 :]
    return longest >= LONGEST_RUN or (longest >= SHORTEST_WALK and beside < FEWEST_BESIDE)


def _is_walk(keys: str) -> bool:
    return any(keys in line for line in _walks())


@cache
def _walks() -> frozenset[str]:
    """The keys in the order a hand finds them, both ways: rows, columns, the pad."""
    columns = "".join(COLUMNS)
    upward = "".join(one[::-1] for one in COLUMNS)
    back_and_forth = "".join(one[:: 1 - 2 * (n % 2)] for n, one in enumerate(COLUMNS))
    lines = (*ROWS, *PAD, columns, upward, back_and_forth)
    return frozenset(lines) | {line[::-1] for line in lines}
