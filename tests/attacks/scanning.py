"""What the scanner graphql-cop asks of a server, in our own words, and a server that falls for it.

By the titles of its findings; what it takes for one is the same, so that each can be shown to be
found where it is.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from graphql import build_schema, execute_sync, parse, specified_rules, validate
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

NAME = "query { __typename }"
KINDS = "{ __schema { types { fields { type " + "{ fields { type " * 3 + "{ name }" + " } }" * 3
CIRCLES = KINDS + " } } } }"
PAGES = ("/graphiql", "/playground", "/console", "/graphql", "/altair", "/voyager", "/")
IDES = ("graphiql", "graphql playground", "graphql-playground", "altair", "voyager")


@dataclass(frozen=True)
class Probe:
    """A request, and whether the text that is answered to it is a finding."""

    title: str
    sent: Mapping[str, Any]
    finds: Callable[[str], object]
    method: str = "POST"
    paths: tuple[str, ...] = ("/graphql",)


def posted(query: str) -> dict[str, Any]:
    return {"json": {"query": query}}


def named(said: str) -> Any:
    """The name of the root, if the query was carried out."""
    return orjson.loads(said)["data"]["__typename"]


PROBES = (
    Probe(
        "Alias Overloading",
        posted("{ " + " ".join(f"a{number}: __typename" for number in range(101)) + " }"),
        lambda said: orjson.loads(said)["data"]["a100"],
    ),
    Probe(
        "Array-based Query Batching",
        {"json": [{"query": NAME}] * 10},
        lambda said: len(orjson.loads(said)) >= 10,
    ),
    Probe(
        "Directive Overloading",
        posted("{ __typename " + "@none" * 10 + " }"),
        lambda said: len(orjson.loads(said)["errors"]) == 10,
    ),
    Probe(
        "Introspection-based Circular Query",
        posted(CIRCLES),
        lambda said: len(orjson.loads(said)["data"]["__schema"]["types"]) > 25,
    ),
    Probe(
        "Introspection",
        posted("{ __schema { types { name fields { name } } } }"),
        lambda said: orjson.loads(said)["data"]["__schema"]["types"],
    ),
    Probe(
        "Field Suggestions",
        posted("{ __schema { directive } }"),
        lambda said: "Did you mean" in orjson.loads(said)["errors"][0]["message"],
    ),
    Probe(
        "GraphQL IDE",
        {},
        lambda said: any(word in said.lower() for word in IDES),
        method="GET",
        paths=PAGES,
    ),
    Probe("GET Method Query Support", {"params": {"query": NAME}}, named, method="GET"),
    Probe(
        "Mutation is allowed over GET",
        {"params": {"query": "mutation { __typename }"}},
        named,
        method="GET",
    ),
    Probe("POST based url-encoded query", {"data": {"query": NAME}}, named),
    Probe(
        "Trace Mode",
        posted(NAME),
        lambda said: any(word in said.lower() for word in ("tracing", "exception", "stacktrace")),
    ),
    Probe(
        "Unhandled Errors Detection",
        posted("qwerty cop { abc }"),
        lambda said: orjson.loads(said)["errors"][0]["extensions"]["exception"],
    ),
)


def findings(client: Any, **sent: Any) -> list[str]:
    """The titles of what is found by asking through this client."""
    found = []
    for probe in PROBES:
        answers = [client.request(probe.method, at, **probe.sent, **sent) for at in probe.paths]
        if any(_found(probe, answer.text) for answer in answers):
            found.append(probe.title)
    return found


def _found(probe: Probe, said: str) -> bool:
    try:
        return bool(probe.finds(said))
    except (ValueError, LookupError, TypeError):  # it is answered otherwise: no finding
        return False


WIDE = " ".join(f"type T{number} {{ name: String }}" for number in range(30))
SCHEMA = build_schema(f"type Query {{ name: String }} type Mutation {{ name: String }} {WIDE}")
RULES = [rule for rule in specified_rules if "Introspection" not in rule.__name__]


async def careless(request: Request) -> Response:
    """Carries out whatever is asked in whatever way, and tells all it knows."""
    given: Any = {"query": request.query_params.get("query")}
    kind = request.headers.get("content-type", "")
    if kind == "application/json":
        given = await request.json()
    elif kind:
        given = dict(await request.form())
    if isinstance(given, list):
        return JSONResponse([_carried_out(each["query"]) for each in given])
    if given["query"] is None:
        return HTMLResponse("<title>GraphiQL</title>")
    return JSONResponse(_carried_out(given["query"]))


def _carried_out(query: str) -> dict[str, Any]:
    extensions = {"exception": {"stacktrace": ["careless.py"]}}
    try:
        document = parse(query)
        errors = validate(SCHEMA, document, RULES)
        result = None if errors else execute_sync(SCHEMA, document)
    except Exception as error:
        return {"errors": [{"message": str(error), "extensions": extensions}]}
    if result is None:
        return {"errors": [{"message": each.message} for each in errors]}
    return {"data": result.data, "extensions": {"tracing": {"version": 1}}}


CARELESS = Starlette(routes=[Route(path, careless, methods=["GET", "POST"]) for path in PAGES])
