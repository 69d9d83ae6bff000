"""Time stamps by RFC 3161, from the one address the settings name."""

import asyncio
from functools import partial

import requests
from asn1crypto import tsp
from pyhanko.sign.timestamps import TimeStamper

from issues.ground import outward

ASKS, ANSWERS = "application/timestamp-query", "application/timestamp-reply"
SECONDS = 10
MOST_ANSWER = 256 * 1024
OK = 200


class NotStamped(OSError):
    """The service did not give a stamp. Its text is for the log, not for a page."""


class Stamper(TimeStamper):
    """Asks no other address: a service that sends elsewhere is not followed."""

    def __init__(self, url: str) -> None:
        super().__init__(include_nonce=True)  # type: ignore[no-untyped-call]  # the library's
        self.url = url

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        """Raises NotStamped."""
        work = partial(self._answer, req.dump())
        return tsp.TimeStampResp.load(await asyncio.get_running_loop().run_in_executor(None, work))

    def _answer(self, asked: bytes) -> bytes:
        if not outward.may_speak():
            raise NotStamped("this installation is silenced")
        try:
            with requests.post(
                self.url, data=asked, headers={"Content-Type": ASKS, "Accept": ANSWERS},
                timeout=SECONDS, allow_redirects=False, stream=True,
            ) as answer:  # fmt: skip
                kind = answer.headers.get("Content-Type", "").partition(";")[0].strip()
                if answer.status_code != OK or kind != ANSWERS:
                    raise NotStamped(f"the answer is {answer.status_code} {kind}")
                content: bytes = answer.raw.read(MOST_ANSWER + 1, decode_content=True)
        except requests.RequestException as error:
            raise NotStamped(type(error).__name__) from error
        if len(content) > MOST_ANSWER:
            raise NotStamped("the answer is too long")
        return content
