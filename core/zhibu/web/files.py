"""`POST /files` takes a file in, `GET /files/{id}` gives one out; both ask the policy first."""

from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import quote

import orjson
from python_multipart.exceptions import MultipartParseError
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route
from starlette.types import Message, Receive

from zhibu.attachments import service
from zhibu.attachments.errors import UploadHeaderMissing, UploadUnreadable
from zhibu.errors import Forbidden, NotFound, Unauthenticated
from zhibu.graph.context import Context
from zhibu.graph.endpoint import status_of
from zhibu.graph.errors import Speaker, failure
from zhibu.graph.visiting import Headers, credential_of, first_of_each, media_type_of, visit_of
from zhibu.identifiers import global_id, row_of
from zhibu.platform import Platform
from zhibu.storage.attachments import AttachmentTooLarge

CHUNK = 256 * 1024
FORM = 64 * 1024  # what a form may hold around its file
OWN_HEADER = b"x-zhibu"  # any value; a page of another site cannot send it unasked


class Files:
    """The two addresses of files. `platform` is set when the server starts."""

    platform: Platform

    @property
    def routes(self) -> list[Route]:
        return [
            Route("/files", self.take, methods=["POST"]),
            Route("/files/{id}", self.give, methods=["GET"]),
        ]

    async def take(self, request: Request) -> Response:
        """Keep a file; answers its id, what it is by its content, and its size."""
        speaker: Any = None
        try:
            headers = first_of_each(request.scope["headers"])
            speaker = visit_of(self.platform, request.scope, headers)
            if b"authorization" not in headers and OWN_HEADER not in headers:
                raise UploadHeaderMissing()
            speaker = await _signed_in(self.platform, headers, speaker)
            return await _taken(self.platform, speaker, request, headers)
        except ClientDisconnect:
            return Response(status_code=400)
        except Exception as error:
            return _failed(error, speaker)

    async def give(self, request: Request) -> Response:
        """The content of a file, once the ledger says who opened it."""
        headers = first_of_each(request.scope["headers"])
        speaker: Any = visit_of(self.platform, request.scope, headers)
        try:
            speaker = await _signed_in(self.platform, headers, speaker)
            async with speaker.act() as act:
                id = row_of(request.path_params["id"], "Attachment", path=("id",))
                file = await service.opened(act, id)
                content = self.platform.attachments.open(act.tenant_id, file.sha256)
        except Exception as error:
            return _failed(error, speaker)
        return StreamingResponse(
            _chunks(content),
            media_type=file.media_type,
            headers={
                "content-length": str(file.size),
                "content-disposition": f"attachment; filename*=UTF-8''{quote(file.name, safe='')}",
                "x-request-id": speaker.request_id,
            },
        )


async def _signed_in(platform: Platform, headers: Headers, visit: Any) -> Context:
    credential = credential_of(headers, secure=platform.settings.secure_cookies)
    if credential is None:
        raise Unauthenticated()
    return await platform.context(credential, visit)


async def _taken(
    platform: Platform, context: Context, request: Request, headers: Headers
) -> Response:
    asked = request.query_params
    organization, member = asked.get("organization"), asked.get("member")
    async with context.act() as act:  # before a byte of the body is taken
        place = await service.place_of(
            act,
            organization_id=row_of(organization, "Organization", path=("organization",))
            if organization
            else None,
            member_id=row_of(member, "Member", path=("member",)) if member else None,
        )
    limit = platform.settings.max_attachment
    name = asked.get("name")
    if media_type_of(headers) == b"multipart/form-data":
        form = await _form(request, limit)
        try:
            upload = form.get("file")
            if not isinstance(upload, UploadFile):
                raise UploadUnreadable(path=("file",))
            name = name or upload.filename
            stored = await platform.attachments.put(context.tenant_id, _parts(upload), limit)
        finally:
            await form.close()
    else:
        stored = await platform.attachments.put(context.tenant_id, request.stream(), limit)
    async with context.act() as act:
        id = await service.add(act, place, stored, name or "file")
    answer = {"id": global_id("Attachment", id), "mediaType": stored.media_type}
    return _json(201, {**answer, "size": stored.size, "sha256": stored.sha256}, context)


async def _form(request: Request, limit: int) -> Any:
    """The form's fields; the framework itself would take a file of any size."""
    size = 0
    receive: Receive = request.receive

    async def counted() -> Message:
        nonlocal size
        message = await receive()
        size += len(message.get("body", b""))
        if size > limit + FORM:
            raise AttachmentTooLarge(limit=limit)
        return message

    try:
        return await Request(request.scope, counted).form(max_files=1, max_fields=4)
    except (MultiPartException, MultipartParseError, HTTPException) as error:
        raise UploadUnreadable(path=("file",)) from error


async def _parts(upload: UploadFile) -> AsyncIterator[bytes]:
    while part := await upload.read(CHUNK):
        yield part


async def _chunks(content: Any) -> AsyncIterator[bytes]:
    with content:
        while chunk := await run_in_threadpool(content.read, CHUNK):
            yield chunk


def _failed(error: Exception, speaker: Speaker) -> Response:
    status = status_of(error)
    if isinstance(error, NotFound):
        status = 404
    elif isinstance(error, Forbidden):
        status = 403
    elif isinstance(error, AttachmentTooLarge):
        status = 413
    return Response(
        failure(error, speaker),
        status,
        headers={"x-request-id": speaker.request_id},
        media_type="application/json",
    )


def _json(status: int, answer: Any, context: Context) -> Response:
    return Response(
        orjson.dumps(answer),
        status,
        headers={"x-request-id": context.request_id},
        media_type="application/json",
    )
