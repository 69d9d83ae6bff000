"""Passwords: how they are kept, which are good enough, and the ones used once."""

import re
import secrets
import string

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST, LONGEST = 10, 1000
FEWEST_CLASSES = 3
FEWEST_DIFFERENT = 5
SHORTEST_TELLING = 3
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
    "changeme", "default", "test", "user", "root", "abc", "abcdef", "bazhong", "bazhou", "mima",
    "honghuanglv", "huanwei", "huanbao", "shengtai", "zhongguo", "duban", "zhenggai",
})  # fmt: skip
RUNS = ("abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm")
LONGEST_RUN = 6
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


def faults(password: str, *about: str) -> list[str]:
    """Why a new password is not taken. `about`: the names it must not hold."""
    said = []
    if len(password) < SHORTEST:
        said.append(f"密码至少 {SHORTEST} 个字符。")
    if len(password) > LONGEST:
        said.append(f"密码最多 {LONGEST} 个字符。")
    if sum(bool(kind.search(password)) for kind in CLASSES) < FEWEST_CLASSES:
        said.append("密码须含大写字母、小写字母、数字、其他符号中的三类。")
    low = password.lower()
    if any(len(word) >= SHORTEST_TELLING and word.lower() in low for word in about):
        said.append("密码不能包含账号、姓名或单位代码。")
    if not said and _is_easy(low):
        said.append("密码过于常见或有规律，容易被猜到，请换一个。")
    return said


def _is_easy(low: str) -> bool:
    letters = low.strip(string.digits + string.punctuation).translate(LOOKALIKES)
    bare = re.sub(r"[^a-z]", "", low)
    return (
        len(set(low)) < FEWEST_DIFFERENT
        or letters in COMMON
        or bare in COMMON
        or any(run in low or run[::-1] in low for run in _runs())
    )


def _runs() -> set[str]:
    return {
        row[start : start + LONGEST_RUN]
        for row in RUNS
        for start in range(len(row) - LONGEST_RUN + 1)
    }
