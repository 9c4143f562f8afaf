"""`GET /print/{field}.pdf`: a page that a root field gives as HTML, as PDF.

The field is asked like any other, so it says itself who may print what; its arguments are the
query's: `/print/duesReceiptPage.pdf?payment=…`.
"""

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
from zhibu.graph.context import Context
from zhibu.graph.endpoint import status_of
from zhibu.graph.errors import Speaker, failure
from zhibu.graph.visiting import credential_of, first_of_each, visit_of
from zhibu.platform import Platform

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
        return [Route("/print/{field}.pdf", self.give, methods=["GET"])]

    async def give(self, request: Request) -> Response:
        """The PDF, or what the field answers instead."""
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
        status, answer = await answering.respond(context, asked)
        page = (orjson.loads(answer).get("data") or {}).get(name)
        if not isinstance(page, str):
            return _said(answer, status, context)
        content = await self.platform.press.print(page)
        return Response(
            content,
            headers={**PRIVATE, "x-request-id": context.request_id},
            media_type="application/pdf",
        )


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
