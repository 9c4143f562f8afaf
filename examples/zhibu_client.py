"""A small client of the GraphQL API, by the standard library alone."""

import json
import os
from collections.abc import Iterator
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import Request, urlopen

SIGN_IN = """
mutation ($input: SignInInput!) {
  signIn(input: $input) { token userErrors { code message } }
}
"""


class RequestFailed(Exception):
    """The answer has `errors`; each names its `code` and the number to tell an administrator."""

    def __init__(self, errors: list[dict[str, Any]]) -> None:
        self.errors = errors
        super().__init__("; ".join(error["message"] for error in errors))


class Refused(Exception):
    """A mutation was refused; every reason is there at once, each with the argument it is about."""

    def __init__(self, refusals: list[dict[str, Any]]) -> None:
        self.refusals = refusals
        super().__init__("; ".join(refusal["message"] for refusal in refusals))


class Client:
    """Asks one installation as one account. Sign in once and keep the client."""

    def __init__(self, url: str, token: str | None = None, language: str = "zh-CN") -> None:
        self.url = url.rstrip("/")
        self.token = token
        self.language = language

    @classmethod
    def signed_in(cls, url: str, tenant: str, login: str, password: str) -> "Client":
        client = cls(url)
        given = {"tenant": tenant, "login": login, "password": password}
        client.token = client.change(SIGN_IN, given)["token"]
        return client

    @classmethod
    def from_environment(cls) -> "Client":
        """Signs in with ZHIBU_URL, ZHIBU_TENANT, ZHIBU_LOGIN and ZHIBU_PASSWORD."""
        return cls.signed_in(*(os.environ[f"ZHIBU_{name}"] for name in NAMES))

    def ask(self, document: str, **variables: Any) -> dict[str, Any]:
        """The data of a query. Raises `RequestFailed`."""
        body = json.dumps({"query": document, "variables": variables}).encode()
        answer = json.loads(self._sent("/graphql", body, "application/json"))
        if answer.get("errors"):
            raise RequestFailed(answer["errors"])
        data: dict[str, Any] = answer["data"]
        return data

    def change(self, document: str, input: dict[str, Any]) -> dict[str, Any]:
        """The payload of a mutation with one field. Raises `Refused` with every reason."""
        (payload,) = self.ask(document, input=input).values()
        if payload["userErrors"]:
            raise Refused(payload["userErrors"])
        found: dict[str, Any] = payload
        return found

    def pages(self, document: str, **variables: Any) -> Iterator[dict[str, Any]]:
        """Every node of a connection: the document takes `$after` and selects `pageInfo`."""
        after = None
        while True:
            (page,) = self.ask(document, **variables, after=after).values()
            yield from page["nodes"]
            if not page["pageInfo"]["hasNextPage"]:
                return
            after = page["pageInfo"]["endCursor"]

    def hand_in(self, content: bytes, name: str, organization: str) -> str:
        """The id of a file that was handed in for an organization."""
        place = f"/files?organization={quote(organization)}&name={quote(name)}"
        found: str = json.loads(self._sent(place, content, "application/octet-stream"))["id"]
        return found

    def download(self, address: str) -> bytes:
        return self._sent(address, None, None)

    def _sent(self, path: str, body: bytes | None, kind: str | None) -> bytes:
        headers = {"accept-language": self.language}
        if kind is not None:
            headers["content-type"] = kind
        if self.token is not None:
            headers["authorization"] = f"Bearer {self.token}"
        try:
            request = Request(self.url + path, body, headers)  # noqa: S310  # its owner's address
            with urlopen(request, timeout=60) as answer:  # noqa: S310
                found: bytes = answer.read()
                return found
        except HTTPError as error:
            with error:
                raise RequestFailed(json.loads(error.read())["errors"]) from error


NAMES = ("URL", "TENANT", "LOGIN", "PASSWORD")
