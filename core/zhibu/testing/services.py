"""Sign-in services to test against: an OpenID provider and a CAS server, without a network."""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx2 as httpx
from joserfc import jwt
from joserfc.jwk import ECKey, KeySet, OctKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

CLIENT, SECRET = "zhibu", "a client's secret, which is long enough to sign with"


@dataclass(kw_only=True)
class OpenIdService:
    """An OpenID provider. `claims` and `leave_out` change its tokens; `sign` makes them anew."""

    clock: Callable[[], datetime]
    issuer: str = "https://id.example.cn"
    claims: dict[str, Any] = field(default_factory=dict)
    leave_out: tuple[str, ...] = ()
    sign: Callable[[dict[str, Any]], str] | None = None
    asked: list[str] = field(default_factory=list)
    away: bool = False
    key: ECKey = field(default_factory=lambda: ECKey.generate_key("P-256", {"kid": "first"}))
    codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def transport(self) -> httpx.AsyncBaseTransport:
        return httpx.ASGITransport(app=self.app)

    def signed_in(self, address: str, subject: str, session: str = "session") -> dict[str, str]:
        """What the browser comes back with after somebody signed in at that address."""
        asked = dict(parse_qsl(urlsplit(address).query))
        code = secrets.token_urlsafe(16)
        self.codes[code] = {**asked, "sub": subject, "sid": session}
        return {"code": code, "state": asked["state"]}

    def token(self, claims: dict[str, Any], *, typ: str = "JWT") -> str:
        """The claims, signed as this service signs."""
        return self.sign(claims) if self.sign else self.signed_by(self.key, claims, typ=typ)

    def signed_by(
        self, key: Any, claims: dict[str, Any], algorithm: str = "ES256", *, typ: str = "JWT"
    ) -> str:
        header = {"alg": algorithm, "kid": key.kid or "first", "typ": typ}
        return jwt.encode(header, claims, key, algorithms=[algorithm])

    def signed_by_secret(self, claims: dict[str, Any]) -> str:
        """As whoever knows the client's secret could."""
        return self.signed_by(OctKey.import_key(SECRET), claims, "HS256")

    def signed_by_text(self, text: bytes, claims: dict[str, Any]) -> str:
        """By HS256 with a text that everybody knows, such as the public key."""
        head = (b'{"alg":"HS256","kid":"first"}', bytes(JSONResponse(claims).body))
        signed = ".".join(map(_text, head))
        return f"{signed}.{_text(hmac.digest(text, signed.encode(), 'sha256'))}"

    def signed_with_key_inside(self, key: ECKey, claims: dict[str, Any]) -> str:
        """By a key that stands in the token itself."""
        header = {"alg": "ES256", "kid": "first", "jwk": key.as_dict(private=False)}
        return jwt.encode(header, claims, key, algorithms=["ES256"])

    def unsigned(self, claims: dict[str, Any]) -> str:
        """With the algorithm `none`."""
        parts = (b'{"alg":"none"}', JSONResponse(claims).body)
        return ".".join(_text(bytes(part)) for part in parts) + "."

    def rotate(self) -> None:
        """Sign with another key from now on."""
        self.key = ECKey.generate_key("P-256", {"kid": secrets.token_hex(4)})

    @property
    def app(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/.well-known/openid-configuration", self._described),
                Route("/keys", self._keys),
                Route("/token", self._token, methods=["POST"]),
            ]
        )

    async def _described(self, request: Request) -> Response:
        self.asked.append("configuration")
        if self.away:
            return Response(status_code=502)
        return JSONResponse(
            {
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": f"{self.issuer}/token",
                "jwks_uri": f"{self.issuer}/keys",
                "end_session_endpoint": f"{self.issuer}/end",
            }
        )

    async def _keys(self, request: Request) -> Response:
        self.asked.append("keys")
        return JSONResponse(KeySet([self.key]).as_dict(private=False))

    async def _token(self, request: Request) -> Response:
        self.asked.append("token")
        form = dict(parse_qsl((await request.body()).decode()))
        began = self.codes.pop(form.get("code", ""), None)
        challenge = _text(hashlib.sha256(form.get("code_verifier", "").encode()).digest())
        sound = (
            began is not None
            and began["code_challenge"] == challenge
            and began["code_challenge_method"] == "S256"
            and began["redirect_uri"] == form.get("redirect_uri")
            and _same(request.headers.get("authorization", ""), form)
        )
        if not sound or began is None:
            return JSONResponse({"error": "invalid_grant"}, 400)
        now = int(self.clock().timestamp())
        claims: dict[str, Any] = {
            "iss": self.issuer,
            "aud": CLIENT,
            "sub": began["sub"],
            "sid": began["sid"],
            "nonce": began["nonce"],
            "iat": now,
            "exp": now + 300,
        }
        claims |= self.claims
        for name in self.leave_out:
            claims.pop(name, None)
        answer = {"access_token": "x", "token_type": "Bearer", "id_token": self.token(claims)}
        return JSONResponse(answer)


@dataclass(kw_only=True)
class CasService:
    """A CAS server. `body` is what it answers instead, if set."""

    address: str = "https://cas.example.cn/cas"
    body: str | None = None
    tickets: dict[str, tuple[str, str]] = field(default_factory=dict)

    def transport(self) -> httpx.AsyncBaseTransport:
        return httpx.ASGITransport(app=self.app)

    def signed_in(self, address: str, user: str) -> dict[str, str]:
        """What the browser comes back with after somebody signed in at that address."""
        service = dict(parse_qsl(urlsplit(address).query))["service"]
        ticket = f"ST-{secrets.token_hex(8)}"
        self.tickets[ticket] = (service, user)
        return {**dict(parse_qsl(urlsplit(service).query)), "ticket": ticket}

    @property
    def app(self) -> Starlette:
        return Starlette(routes=[Route("/cas/p3/serviceValidate", self._validate)])

    async def _validate(self, request: Request) -> Response:
        if self.body is not None:
            return Response(self.body, media_type="application/xml")
        asked = request.query_params
        service, user = self.tickets.pop(asked.get("ticket", ""), ("", ""))
        said = '<cas:authenticationFailure code="INVALID_TICKET">no</cas:authenticationFailure>'
        if service and service == asked.get("service"):
            attributes = f"<cas:attributes><cas:number>N-{user}</cas:number></cas:attributes>"
            said = (
                f"<cas:authenticationSuccess><cas:user>{user}</cas:user>{attributes}"
                "</cas:authenticationSuccess>"
            )
        answer = f'<cas:serviceResponse xmlns:cas="http://www.yale.edu/tp/cas">{said}'
        return Response(f"{answer}</cas:serviceResponse>", media_type="application/xml")


def _same(authorization: str, form: dict[str, str]) -> bool:
    """Whether it is our client that asks, in either of the two ways."""
    basic = "Basic " + base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
    return authorization == basic or form.get("client_secret") == SECRET


def _text(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode().rstrip("=")
