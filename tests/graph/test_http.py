"""The one door: what `/graphql` answers to whom, and how it refuses what is no request."""

from typing import Any

import httpx2 as httpx
import pytest

from zhibu.errors import Unavailable
from zhibu.graph.errors import CODES
from zhibu.storage.homes.contract import HomeBusy
from zhibu.testing.house import House, Institution

MEMBERS = "query ($o: ID!) { members(organization: $o, first: 10) { totalCount nodes { name } } }"
SIGN_IN = "mutation ($input: SignInInput!) { signIn(input: $input) { token userErrors { code } } }"
JSON = {"content-type": "application/json", "accept-language": "en"}


async def post(house: House, content: bytes | str, **headers: str) -> httpx.Response:
    sent = {**JSON, **{name.replace("_", "-"): value for name, value in headers.items()}}
    return await house.client.post("/graphql", content=content, headers=sent)


def error(answer: httpx.Response) -> str:
    (found,) = answer.json()["errors"]
    assert found["extensions"]["code"] in CODES
    assert found["extensions"]["requestId"] == answer.headers["x-request-id"]
    name: str = found["extensions"].get("error", found["extensions"]["code"])
    return name


async def test_a_branch_secretary_sees_the_members_of_the_branch(institution: Institution) -> None:
    inside = await institution.member("branch")
    await institution.member("far")
    answer = await institution.ask("secretary", MEMBERS, {"o": institution.id("root")})
    assert answer == {"data": {"members": {"totalCount": 1, "nodes": [{"name": inside.name}]}}}


async def test_nobody_sees_members_without_signing_in(house: House) -> None:
    institution = await house.found()
    answer = await house.ask(MEMBERS, {"o": institution.id("root")})
    assert answer["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"


@pytest.mark.parametrize("scheme", ["Bearer nonsense", "bearer zs_x", "Bearer " + "x" * 5000])
async def test_a_credential_that_does_not_hold_ends_the_request(house: House, scheme: str) -> None:
    answer = await post(house, b'{"query": "{ viewer { name } }"}', authorization=scheme)
    assert (answer.status_code, error(answer)) == (401, "core.credential_ended")


@pytest.mark.parametrize(
    ("body", "status", "name"),
    [
        (b"", 400, "core.body_unreadable"),
        (b"{", 400, "core.body_unreadable"),
        (b"\xff\xfe", 400, "core.body_unreadable"),
        (b"null", 400, "core.body_unreadable"),
        (b'[{"query": "{ viewer { name } }"}]', 400, "core.body_unreadable"),
        (b'{"query": 1}', 400, "core.body_unreadable"),
        (b'{"query": "{ roles { name } }", "variables": []}', 400, "BAD_USER_INPUT"),
        (b'{"query": "{ roles { name } }", "variables": [1]}', 400, "core.body_unreadable"),
        (b'{"query": "{ roles { name } }", "variables": "x"}', 400, "core.body_unreadable"),
        (b'{"query": "{ roles { name } }", "operationName": 7}', 400, "core.body_unreadable"),
        (b'{"query": "{}", "variables": ' + b"[" * 50_000 + b"]" * 50_000 + b"}", 400,
         "core.body_unreadable"),
        (b'{"query": "' + b"x" * 1_000_001 + b'"}', 413, "core.body_too_large"),
    ],
)  # fmt: skip
async def test_what_is_no_request_is_refused_by_name(
    house: House, body: bytes, status: int, name: str
) -> None:
    answer = await post(house, body)
    if b'"variables": []' in body:  # as good as none: the query itself is answered
        assert answer.status_code == 200
    else:
        assert (answer.status_code, error(answer)) == (status, name)


@pytest.mark.parametrize(
    "kind",
    ["text/plain", "", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"],
)
async def test_what_a_form_of_another_site_could_send_is_refused(house: House, kind: str) -> None:
    answer = await post(house, b'{"query": "{ viewer { name } }"}', content_type=kind)
    assert (answer.status_code, error(answer)) == (415, "core.content_type_refused")


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "OPTIONS", "HEAD", "TRACE"])
async def test_documents_are_posted_only(house: House, method: str) -> None:
    answer = await house.client.request(method, "/graphql?query={viewer{name}}")
    assert answer.status_code == 405


@pytest.mark.parametrize(
    "document",
    ["{", "{ nothing }", "query A { roles { name } } query B { roles { name } }", ""],
)
async def test_a_document_that_cannot_be_executed_is_a_bad_request(
    institution: Institution, document: str
) -> None:
    answer = await post(
        institution.house,
        httpx.Request("POST", "http://x", json={"query": document}).content,
        authorization=f"Bearer {institution.credentials['officer']}",
    )
    assert answer.status_code == 400
    assert "data" not in answer.json()
    assert error(answer) == "core.document_unusable"


async def test_an_unknown_operation_name_is_named_and_nothing_runs(
    institution: Institution,
) -> None:
    body = b'{"query": "query A { roles { name } }", "operationName": "B"}'
    token = institution.credentials["officer"]
    answer = await post(institution.house, body, authorization=f"Bearer {token}")
    assert answer.status_code == 400
    assert "B" in answer.json()["errors"][0]["message"]


@pytest.mark.parametrize(
    ("first", "refused"),
    [("0", True), ("-1", True), ("101", True), ("2147483648", True), ("null", True),
     ("1", False), ("100", False)],
)  # fmt: skip
async def test_a_page_holds_one_to_a_hundred(
    institution: Institution, first: str, refused: bool
) -> None:
    answer = await institution.ask("officer", f"{{ members(first: {first}) {{ totalCount }} }}")
    assert ("errors" in answer) is refused
    if refused:
        assert answer["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"
    answer = await institution.ask(
        "officer",
        "query ($n: Int!) { members(first: $n) { totalCount } }",
        {"n": None if first == "null" else int(first)},
    )
    assert ("errors" in answer) is refused


async def test_suggestions_tell_nobody_what_there_is(institution: Institution) -> None:
    for document in (
        "{ viewr { name } }",
        "{ viewer { nam } }",
        "{ members(frst: 1) { nodes { id } } }",
    ):
        answer = await institution.ask("officer", document)
        assert all("mean" not in each["message"] for each in answer["errors"])


async def test_the_schema_is_shown_to_those_who_are_signed_in(institution: Institution) -> None:
    document = '{ __schema { queryType { name } } __type(name: "Member") { name } }'
    hidden = await institution.house.ask(document)
    assert hidden["errors"][0]["extensions"]["error"] == "core.introspection_needs_sign_in"
    behind = "query { ...Q } fragment Q on Query { ... { __schema { queryType { name } } } }"
    hidden = await institution.house.ask(behind)
    assert hidden["errors"][0]["extensions"]["error"] == "core.introspection_needs_sign_in"
    costly = "{ __schema { types { name } } }"  # more than a visitor is ever given
    hidden = await institution.house.ask(costly)
    assert hidden["errors"][0]["extensions"]["error"] == "core.introspection_needs_sign_in"
    assert (await institution.house.ask("{ __typename }")) == {"data": {"__typename": "Query"}}
    shown = await institution.ask("recorder", document)
    assert shown["data"]["__type"] == {"name": "Member"}


async def test_where_one_field_is_refused_the_others_are_answered(
    institution: Institution,
) -> None:
    both = """query ($o: ID!) {
      organization(id: $o) { name }
      parameter(name: "nothing.known", organization: $o) { value }
    }"""
    answer = await institution.ask("recorder", both, {"o": institution.id("branch")})
    assert answer["errors"][0]["extensions"]["error"] == "core.parameter_unknown"
    compiled = """query ($o: ID!) {
      organization(id: $o) { name }
      again: organization(id: "nonsense") { name }
    }"""
    answer = await institution.ask("recorder", compiled, {"o": institution.id("branch")})
    assert answer["data"]["organization"]["name"].endswith("branch")
    assert answer["data"]["again"] is None
    (refused,) = answer["errors"]
    assert (refused["path"], refused["extensions"]["error"]) == (
        ["again"],
        "core.global_id_invalid",
    )


async def test_values_of_the_wrong_kind_are_named_without_the_insides(
    institution: Institution,
) -> None:
    values: list[Any] = ["2026-13-45", "nonsense", 7, [], {"a": 1}]
    for value in values:
        answer = await institution.ask(
            "officer",
            "query ($d: Date) { members(first: 1, asOf: $d) { totalCount } }",
            {"d": value},
        )
        (error,) = answer["errors"]
        assert error["extensions"]["code"] == "BAD_USER_INPUT", error
        assert "Traceback" not in str(error)
        assert "zhibu" not in error["message"]


async def test_what_nobody_foresaw_is_masked_and_logged(
    institution: Institution, caplog: pytest.LogCaptureFixture
) -> None:
    class Broken:
        """A home in which every read meets a bug that names a table."""

        dialect = institution.house.platform.homes.home(institution.tenant.id).dialect

        async def read(self, *given: Any) -> Any:
            raise KeyError("core_member /srv/zhibu 11010119900307")

    answer = await through(institution, Broken())
    (error,) = answer.json()["errors"]
    assert answer.status_code in (200, 500)
    assert error["extensions"]["code"] == "INTERNAL"
    assert error["extensions"]["requestId"] in error["message"]
    assert "core_member" not in answer.text
    assert "KeyError" not in answer.text
    assert "KeyError" in caplog.text
    assert "test_http.py" in caplog.text  # where it was raised
    assert "core_member" not in caplog.text  # what a bug says may be what somebody entered


async def test_a_home_that_cannot_be_reached_is_said_to_be_away(institution: Institution) -> None:
    class Away:
        dialect = institution.house.platform.homes.home(institution.tenant.id).dialect

        async def read(self, *given: Any) -> Any:
            raise HomeBusy(seconds=5)

    answer = await through(institution, Away())
    assert (answer.status_code, error(answer)) == (503, "core.home_busy")
    assert answer.headers["retry-after"].isdigit()
    assert issubclass(HomeBusy, Unavailable)


async def through(institution: Institution, home: Any) -> httpx.Response:
    """A request while the institution's home behaves like this one."""
    platform = institution.house.platform
    await institution.ask("officer", "{ viewer { name } }")  # the credential is known from now on
    ordinary = platform.homes.home
    platform.homes.home = lambda tenant: home  # type: ignore[method-assign,assignment]
    try:
        return await post(
            institution.house,
            b'{"query": "{ members(first: 1) { totalCount } }"}',
            authorization=f"Bearer {institution.credentials['officer']}",
        )
    finally:
        platform.homes.home = ordinary  # type: ignore[method-assign]


async def test_answers_are_kept_by_nobody(institution: Institution) -> None:
    answer = await post(institution.house, b'{"query": "{ __typename }"}')
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"


async def test_sign_in_says_the_same_whatever_was_wrong(institution: Institution) -> None:
    said = []
    for tenant, login in (("yunling", "officer"), ("yunling", "nobody"), ("nowhere", "officer")):
        answer = await institution.house.ask(
            SIGN_IN, {"input": {"tenant": tenant, "login": login, "password": "错误的密码"}}
        )
        (error,) = answer["errors"]
        said.append((error["message"], error["extensions"]["error"]))
    assert said[0] == said[1] == said[2]


async def test_texts_are_in_the_language_asked_for(house: House) -> None:
    document = "{ members(first: 1) { totalCount } }"
    chinese = await house.ask(document, accept_language="zh-CN")
    english = await house.ask(document, accept_language="en-GB,zh;q=0.5")
    assert chinese["errors"][0]["message"].startswith("尚未登录")
    assert english["errors"][0]["message"].startswith("Nobody is signed in")


WORDS = "mutation ($input: OrganizationRenameInput!) { organizationRename(input: $input) "
WORDS += "{ userErrors { code } } }"
LIST = "query ($first: Int!, $filter: MemberFilter) "
LIST += "{ members(first: $first, filter: $filter) { totalCount } }"


@pytest.mark.parametrize(
    ("document", "variables", "expected"),
    [
        (LIST, {}, [("value_missing", "$first")]),
        (LIST, {"first": None}, [("value_missing", "$first")]),
        (LIST, {"first": "x"}, [("value_not_a_number", "$first")]),
        (LIST, {"first": 2**40}, [("value_not_a_number", "$first")]),
        (
            LIST,
            {
                "first": 1,
                "filter": {"stages": ["FULL", "NONE"], "grup": 1, "admittedTo": "2026-13-01"},
            },
            [
                ("value_not_of_enum", "$filter.stages[1]"),
                ("value_not_known", "$filter.grup"),
                ("value_not_a_date", "$filter.admittedTo"),
            ],
        ),
        (LIST, {"first": 1, "filter": 3}, [("value_of_other_kind", "$filter")]),
        (
            WORDS,
            {"input": {"organization": {}, "on": "2026-02-30"}},
            [
                ("value_missing", "$input.reason"),
                ("value_not_an_id", "$input.organization"),
                ("value_not_a_date", "$input.on"),
            ],
        ),
        (
            '{ members(first: 1, asOf: "2026-13-01") { totalCount } }',
            {},
            [("value_not_a_date", "2026-13-01")],
        ),
        ("{ members(first: 1) { total } }", {}, [("document_unusable", "total")]),
    ],
)
async def test_what_is_wrong_with_a_value_is_said_where_and_in_the_callers_language(
    institution: Institution, document: str, variables: Any, expected: list[tuple[str, str]]
) -> None:
    told = {}
    for language in ("en", "zh-CN"):
        answer = await institution.ask("officer", document, variables, accept_language=language)
        told[language] = answer["errors"]
        found = sorted(error["extensions"]["error"] for error in answer["errors"])
        assert found == sorted(f"core.{code}" for code, _ in expected)
        for _, place in expected:
            assert any(place in error["message"] for error in answer["errors"]), answer
    for english, chinese in zip(told["en"], told["zh-CN"], strict=True):
        assert english["extensions"]["code"] == "BAD_USER_INPUT"
        assert chinese["message"].endswith("。")
        assert english["message"].isascii()
