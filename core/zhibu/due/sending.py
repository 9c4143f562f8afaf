"""Handing one message over: by e-mail, or to a group robot of WeCom or DingTalk."""

import base64
import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from urllib.parse import quote_plus

import httpx2 as httpx
import orjson

from zhibu.due import addresses
from zhibu.due.rules.reminders import ChannelKind
from zhibu.errors import Invalid
from zhibu.mail import Mail, MailNotSet, MailRefused, MailUnreachable
from zhibu.settings import Settings

TIMEOUT = 10.0  # seconds for each step of a webhook
_LONGEST = 10_000  # bytes that are read of an answer
_KEPT = 200  # letters that are kept of one

# What the makers document as "too often just now"; everything else that is not 0 is final.
_AGAIN = {45009, 45033, 130101, 410100}


class Undelivered(Exception):
    """It was not handed over. `answer` says what happened, `final` that it is useless to repeat.

    `away` says that nobody answered at all: others who go the same way need not be tried now.
    `ends` says that the address is good for no other message either, as of most that is final.
    """

    def __init__(
        self, answer: str, *, final: bool = False, away: bool = False, ends: bool | None = None
    ) -> None:
        super().__init__(answer)
        self.answer = answer[:_KEPT]
        self.final = final
        self.away = away
        self.ends = final if ends is None else ends


@dataclass(frozen=True, kw_only=True)
class Letter:
    """What is sent, and to where. `key` tells it from every other one."""

    kind: ChannelKind
    address: str
    secret: str | None
    subject: str
    text: str
    key: str
    at: datetime


class Mailing(Protocol):
    """Whoever has the way to send mail; it may be another one tomorrow."""

    @property
    def mail(self) -> Mail: ...


class Post:
    """The ways out of the house. One client serves all webhooks; it follows no redirection."""

    def __init__(self, settings: Settings, house: Mailing) -> None:
        self._settings = settings
        self._house = house
        self._client: httpx.AsyncClient | None = None

    async def send(self, letter: Letter) -> str:
        """Hand it over; what was answered. Raises `Undelivered`."""
        try:
            addresses.checked(letter.kind, letter.address, self._settings)
        except Invalid as error:  # the operator allows less than when it was set
            raise Undelivered(error.code, final=True) from error
        if letter.kind is ChannelKind.EMAIL:
            return await self._by_mail(letter)
        return await self._by_robot(letter)

    async def close(self) -> None:
        if self._client is not None:
            await self._client.aclose()
            self._client = None

    async def _by_mail(self, letter: Letter) -> str:
        try:
            await self._house.mail.send(
                [letter.address], letter.subject, letter.text, key=letter.key, at=letter.at
            )
        except MailRefused as error:
            fault, unknown = str(error.facts["fault"]), bool(error.facts["unknown"])
            raise Undelivered(fault, final=True, ends=unknown) from error
        except MailNotSet as error:
            raise Undelivered(error.code, away=True) from error
        except MailUnreachable as error:
            raise Undelivered(str(error.facts["fault"]), away=True) from error
        return "250"

    async def _by_robot(self, letter: Letter) -> str:
        url = letter.address
        if letter.secret is not None:
            url += signature(letter.secret, letter.at)
        body = {"msgtype": "text", "text": {"content": letter.text}}
        if self._client is None:
            self._client = httpx.AsyncClient(
                timeout=TIMEOUT, follow_redirects=False, trust_env=False
            )
        try:
            async with self._client.stream("POST", url, json=body) as answer:
                content = await _beginning(answer)
        except httpx.HTTPError as error:
            raise Undelivered(type(error).__name__, away=True) from error
        return _judged(answer.status_code, content)


def signature(secret: str, at: datetime) -> str:
    """What DingTalk wants at the end of an address: the time in milliseconds, and its seal.

    HMAC-SHA256 over the time, a line feed and the secret, with the secret as the key.
    """
    stamp = str(round(at.timestamp() * 1000))
    seal = hmac.digest(secret.encode(), f"{stamp}\n{secret}".encode(), hashlib.sha256)
    return f"&timestamp={stamp}&sign={quote_plus(base64.b64encode(seal))}"


async def _beginning(answer: httpx.Response) -> bytes:
    content = b""
    async for part in answer.aiter_bytes():
        content += part
        if len(content) > _LONGEST:
            break
    return content


def _judged(status: int, content: bytes) -> str:
    """What a robot's answer means. Raises `Undelivered`."""
    if status != 200:
        again = status >= 500 or status == 429
        raise Undelivered(f"HTTP {status}", final=not again)
    try:
        said: Any = orjson.loads(content)
        code = said["errcode"] if isinstance(said, Mapping) else None
    except (orjson.JSONDecodeError, KeyError):
        code = None
    if code != 0:
        raise Undelivered(f"errcode {code}", final=code not in (_AGAIN | {None}))
    return "errcode 0"
