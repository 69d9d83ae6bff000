"""What the domain answers when it will not: one sentence for the person, a status for the wire."""

from collections.abc import Mapping, Sequence

Errors = Mapping[str, Sequence[str]]


class Refusal(Exception):
    """`errors` holds Chinese sentences by the field's name, where fields are at fault.

    `heading` is what a page of it is headed with; where it has none, what all of its status are.
    `mended_at` is the address of the page where its cause is mended, where there is one.
    """

    status: int = 400
    heading: str = ""
    mended_at: str = ""

    def __init__(self, sentence: str, errors: Errors | None = None) -> None:
        self.sentence = sentence
        self.errors = {name: list(said) for name, said in (errors or {}).items()}
        super().__init__(sentence)


class NotFound(Refusal):
    """Not there, or out of the person's sight: the two are never told apart."""

    status = 404

    def __init__(
        self, sentence: str = "没有找到该内容，可能不存在，或不在您的查看范围内。"
    ) -> None:
        super().__init__(sentence)


class NotAllowed(Refusal):
    status = 403


class WrongStatus(Refusal):
    """Nobody came between: what it is about does not stand so that this could be done."""

    status = 409
    heading = "现在不能办理"


class Later(Refusal):
    """Not now; `wait` is in seconds, and the sentence says it too."""

    status = 429

    def __init__(self, sentence: str, wait: int) -> None:
        self.wait = wait
        super().__init__(sentence)


class Stale(Refusal):
    """Somebody changed the ticket since the person read it."""

    status = 409
    heading = "内容已被他人更改"

    def __init__(self, sentence: str, *, known: int, current: int) -> None:
        super().__init__(sentence)
        self.known = known
        self.current = current


class Incomplete(Refusal):
    """Missing or malformed details, each at its field."""

    status = 422

    def __init__(self, errors: Errors, sentence: str = "有内容需要补充或更正，尚未提交。") -> None:
        super().__init__(sentence, errors)


class Taken(Incomplete):
    """What names one thing alone names another one already; told at its field."""

    status = 409
    heading = "已有同样的登记"
