"""Answers as a stream of events (SSE), each in the one connection that asked.

Lines end with LF alone: clients that part events at a blank line know no other. Events are chosen
by what is asked, not by `Accept` alone: some clients offer to take events whatever they post.
"""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing, suppress

from starlette.types import Receive, Send

from zhibu.graph.errors import Speaker, failure
from zhibu.graph.streaming import Leaving
from zhibu.graph.visiting import Headers

EVENTS = b"text/event-stream"
NOTHING = b":\n\n"
COMPLETE = b"event: complete\ndata:\n\n"
HEADERS = [
    (b"content-type", EVENTS + b"; charset=utf-8"),
    (b"x-accel-buffering", b"no"),
]


def takes_events(headers: Headers) -> bool:
    """Whether events are among what the client takes."""
    return EVENTS in _accepted(headers)


def takes_only_events(headers: Headers) -> bool:
    """Whether the client asked for nothing but events."""
    return b"accept" in headers and _accepted(headers) == {EVENTS}


def next_event(answer: bytes) -> bytes:
    """One answer; JSON has no line breaks of its own."""
    return b"event: next\ndata: " + answer + b"\n\n"


class Events:
    """A subscription that has begun, about to be sent."""

    def __init__(
        self, first: bytes, answers: AsyncGenerator[bytes | None, None], speaker: Speaker
    ) -> None:
        self._first = first
        self._answers = answers
        self._speaker = speaker

    async def send(self, receive: Receive, send: Send, *, within: float) -> None:
        """Send the answers until they end, the reader goes, or reads too slowly."""
        headers = [*HEADERS, (b"x-request-id", self._speaker.request_id.encode())]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        sending = asyncio.create_task(self._send(send, within))
        leaving = asyncio.create_task(_left(receive))
        try:
            await asyncio.wait({sending, leaving}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in (sending, leaving):
                task.cancel()
            await asyncio.gather(sending, leaving, return_exceptions=True)

    async def _send(self, send: Send, within: float) -> None:
        async def part(content: bytes, *, more: bool = True) -> None:
            async with asyncio.timeout(within):
                await send({"type": "http.response.body", "body": content, "more_body": more})

        with suppress(TimeoutError, OSError):
            try:
                async with aclosing(self._answers) as answers:
                    await part(next_event(self._first))
                    async for answer in _until_refused(answers, self._speaker):
                        await part(NOTHING if answer is None else next_event(answer))
                await part(COMPLETE, more=False)
            except Leaving:
                await part(NOTHING, more=False)  # not complete: the client asks again, elsewhere


async def _until_refused(
    answers: AsyncIterator[bytes | None], speaker: Speaker
) -> AsyncIterator[bytes | None]:
    """The answers; where the stream is refused, its credential ended say, that is the last."""
    try:
        async for answer in answers:
            yield answer
    except Leaving:
        raise
    except Exception as error:
        yield failure(error, speaker)


async def _left(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def _accepted(headers: Headers) -> set[bytes]:
    accepted = headers.get(b"accept", b"")
    if b"event-stream" not in accepted.lower():  # most clients: nothing here asks of other types
        return set()
    parts = accepted.split(b",")
    return {part.partition(b";")[0].strip().lower() for part in parts}
