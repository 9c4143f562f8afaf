"""`GET /print/{field}.pdf`, `.docx`: a page that a root field gives as HTML, as PDF or for Word.

The field is asked like any other, so it says itself who may print what; its arguments are the
query's: `/print/duesReceiptPage.pdf?payment=…`.
"""

import asyncio
from collections.abc import Mapping
from typing import Any

import orjson
from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLNamedType,
    GraphQLSchema,
    get_named_type,
    is_non_null_type,
)
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from zhibu.errors import Forbidden, NotFound, Unauthenticated
from zhibu.forms.printing import Filled, watched
from zhibu.graph.context import Context
from zhibu.graph.endpoint import status_of
from zhibu.graph.errors import Speaker, failure
from zhibu.graph.visiting import credential_of, first_of_each, visit_of
from zhibu.platform import Platform
from zhibu.word import WordTemplateMissing, written

PDF = "application/pdf"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PAGE = "Page"  # how the names of fields end that give a page to print
NUMBERS = ("Int", "Boolean")  # what JSON says without quotation marks
PRIVATE = {
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
}


class Pages:
    """The address of PDFs. `platform` is set when the server starts."""

    platform: Platform

    @property
    def routes(self) -> list[Route]:
        return [
            Route("/print/{field}.pdf", self.give, methods=["GET"]),
            Route("/print/{field}.docx", self.give, methods=["GET"]),
        ]

    async def give(self, request: Request) -> Response:
        """The page, or what the field answers instead."""
        platform = self.platform
        headers = first_of_each(request.scope["headers"])
        speaker: Any = visit_of(platform, request.scope, headers)
        try:
            credential = credential_of(headers, secure=platform.settings.secure_cookies)
            if credential is None:
                raise Unauthenticated()
            async with platform.door.turn(platform.settings.answer_within):
                speaker = await platform.context(credential, speaker)
                return await self._given(speaker, request)
        except Exception as error:
            return _failed(error, speaker)

    async def _given(self, context: Context, request: Request) -> Response:
        name = request.path_params["field"]
        answering = self.platform.answering(context)
        schema = answering.schema._schema
        field = schema.query_type.fields.get(name) if schema.query_type else None
        if field is None or not name.endswith(PAGE):
            raise NotFound()
        asked = asked_of(name, field, schema, dict(request.query_params))
        with watched() as forms:
            status, answer = await answering.respond(context, asked)
        page = (orjson.loads(answer).get("data") or {}).get(name)
        if not isinstance(page, str):
            return _said(answer, status, context)
        content, kind = await self._set(context, request, page, forms)
        return Response(
            content,
            headers={**PRIVATE, "x-request-id": context.request_id},
            media_type=kind,
        )

    async def _set(
        self, context: Context, request: Request, page: str, forms: list[Filled]
    ) -> tuple[bytes, str]:
        """The page as PDF, or its form filled into the template for Word."""
        if request.url.path.endswith(".pdf"):
            return await self.platform.press.print(page), PDF
        if not forms:
            raise WordTemplateMissing(template=request.path_params["field"])
        filled = forms[-1]
        own = self.platform.templates
        template = own.find(filled.form, context.tenant.code, filled.folders)
        return await asyncio.to_thread(written, template, filled.values), WORD


def asked_of(
    name: str, field: GraphQLField, schema: GraphQLSchema, given: Mapping[str, str]
) -> dict[str, Any]:
    """The document that asks for a page, and its variables; what it does not take is left out."""
    taken = {
        each: argument.type for each, argument in field.args.items()
        if each in given or is_non_null_type(argument.type)
    }  # fmt: skip
    declared = ", ".join(f"${each}: {kind}" for each, kind in taken.items())
    passed = ", ".join(f"{each}: ${each}" for each in taken)
    document = f"query ({declared}) {{ {name}({passed}) }}" if taken else f"{{ {name} }}"
    variables = {
        each: _value(given[each], get_named_type(kind)) for each, kind in taken.items()
        if each in given
    }  # fmt: skip
    return {"query": document, "variables": variables, "operationName": None}


def _value(text: str, kind: GraphQLNamedType) -> Any:
    """As JSON would say it. What cannot be read stays as it is, and is refused by its type."""
    if isinstance(kind, GraphQLEnumType) or kind.name not in NUMBERS:
        return text
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        return text


def _failed(error: Exception, speaker: Speaker) -> Response:
    status = status_of(error)
    if isinstance(error, NotFound):
        status = 404
    elif isinstance(error, Forbidden):
        status = 403
    return _said(failure(error, speaker), status, speaker)


def _said(answer: bytes, status: int, speaker: Speaker) -> Response:
    """What is said instead of a page; it is an error, also where the field's answer was none."""
    codes = [error["extensions"]["code"] for error in orjson.loads(answer).get("errors") or ()]
    known = {"NOT_FOUND": 404, "FORBIDDEN": 403, "PLUGIN_DISABLED": 404}
    if status == 200:
        status = next((known[code] for code in codes if code in known), 400)
    return Response(
        answer,
        status,
        headers={**PRIVATE, "x-request-id": speaker.request_id},
        media_type="application/json",
    )
