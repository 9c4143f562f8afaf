"""The explorer of the schema: GraphiQL, served from this package and from nowhere else."""

from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

HERE = Path(__file__).parent
FILES = {
    **{name: HERE / name for name in ("page.css", "page.js")},
    **{
        name: HERE / "vendor" / name
        for name in (
            "explorer.css",
            "explorer.umd.js",
            "graphiql.min.css",
            "graphiql.min.js",
            "react-dom.production.min.js",
            "react.production.min.js",
        )
    },
}
# Styles are also written into the page by GraphiQL's menus; scripts never are.
POLICY = "; ".join(
    (
        "default-src 'none'",
        "object-src 'none'",
        "script-src 'self'",
        "style-src 'self' 'unsafe-inline'",
        "font-src data:",
        "img-src 'self' data:",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cache-control": "no-cache",
}
A_DAY = {"cache-control": "public, max-age=86400"}


async def page(request: Request) -> Response:
    """The page itself."""
    return FileResponse(HERE / "index.html", headers=HEADERS)


async def file(request: Request) -> Response:
    """One of the files the page is made of."""
    found = FILES.get(request.path_params["name"])
    if found is None:
        raise HTTPException(404)
    return FileResponse(found, headers=HEADERS | A_DAY)


ROUTES = [Route("/explorer", page), Route("/explorer/{name}", file)]
