"""Signing in by services of the institution: whom they let in, and every way to pretend."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx2 as httpx
import pyotp
import pytest
from joserfc.jwk import ECKey
from sqlalchemy import delete, func, select, update
from starlette.responses import Response

from zhibu.accounts.providers.configured import Provider
from zhibu.accounts.providers.known import Providers
from zhibu.accounts.signing_in.admitting import admit
from zhibu.accounts.tables import Account, LinkedIdentity
from zhibu.due.service.waiting import waiting_for
from zhibu.events.timeline import follow
from zhibu.graph.cookies import COOKIE, FLOW, PENDING, Cookies
from zhibu.graph.visiting import credential_of
from zhibu.identifiers import global_id
from zhibu.members.tables import Member
from zhibu.settings import Settings
from zhibu.tenants.founding import suspend
from zhibu.testing.filled import told
from zhibu.testing.house import PASSWORD, House, Institution
from zhibu.testing.services import CLIENT, SECRET, CasService, OpenIdService

HERE = "https://party.example.cn"
LINK = """mutation ($input: IdentityLinkInput!) { identityLink(input: $input) {
  account { login identities { id provider subject } } userErrors { code } } }"""
UNLINK = """mutation ($input: IdentityUnlinkInput!) { identityUnlink(input: $input) {
  account { login } userErrors { code } } }"""
ENROL = """mutation ($input: SecondFactorEnrolInput!) { secondFactorEnrol(input: $input) {
  setupKey } }"""
FINISH = """mutation ($input: SecondFactorCodeInput!) { secondFactorConfirm(input: $input) {
  token } }"""
PROVE = """mutation ($input: SecondFactorCodeInput!) { secondFactorProve(input: $input) {
  token } }"""
EXPORT = """mutation { exportStart(input: {kind: "members", purpose: "核对"}) {
  job { id } userErrors { code } } }"""
JOB = "query ($id: ID!) { job(id: $id) { state summary } }"
VIEWER = '{"query": "{ viewer { name via } }"}'
JSON = {"content-type": "application/json", "accept-language": "en"}
NUMBER = "11010119800307123X"


@pytest.fixture
def openid(institution: Institution) -> OpenIdService:
    house = institution.house
    service = OpenIdService(clock=lambda: house.now)
    provided(house, service.transport, service.issuer, kind="oidc")
    return service


@pytest.fixture
def cas(institution: Institution) -> CasService:
    service = CasService()
    provided(institution.house, service.transport, service.address, kind="cas")
    return service


def provided(
    house: House, transport: Callable[[], Any], address: str, *, kind: str, **more: Any
) -> None:
    """The installation knows this service under the name `campus`, and one more."""
    given: dict[str, Any] = {"kind": kind, "tenant": "yunling", "address": address, "title": "校园"}
    if kind == "oidc":
        given |= {"client_id": CLIENT, "client_secret": SECRET, **more}
    configured = {
        "campus": Provider(name="campus", subject="sub" if kind == "oidc" else "user", **given),
        "numbers": Provider(name="numbers", subject="number", **given),
    }
    house.platform.providers = Providers(configured, HERE)
    house.platform.providers.transport = transport


async def linked(
    institution: Institution, subject: str, login: str = "officer", provider: str = "campus"
) -> list[str]:
    if "guard" not in institution.accounts:
        await institution.account("guard", "security_administrator")
    wish = {
        "account": global_id("Account", institution.accounts[login]),
        "provider": provider,
        "subject": subject,
    }
    return told(await institution.ask("guard", LINK, {"input": wish}))


async def begin(house: House, provider: str = "campus") -> str:
    """Where the browser is sent; the flow's cookie is with the client."""
    answer = await house.client.get(f"/sign-in/{provider}/start")
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


async def back(house: House, given: dict[str, str], provider: str = "campus") -> httpx.Response:
    return await house.client.get(
        f"/sign-in/{provider}/callback", params=given, headers={"accept-language": "en"}
    )


def cookies(house: House) -> set[str]:
    return {each.partition(f"{FLOW}_")[1] or each for each in house.client.cookies}


async def viewer(house: House) -> Any:
    return (await house.client.post("/graphql", content=VIEWER, headers=JSON)).json()


async def counted(institution: Institution) -> tuple[int, int]:
    """How many accounts and members there are."""
    home = institution.house.platform.homes.home(institution.tenant.id)
    async with home.view(institution.tenant.id) as session:
        accounts = await session.scalar(select(func.count()).select_from(Account))
        members = await session.scalar(select(func.count()).select_from(Member))
    return accounts or 0, members or 0


async def test_whoever_is_linked_signs_in_with_a_cookie_that_scripts_cannot_read(
    institution: Institution, openid: OpenIdService
) -> None:
    house = institution.house
    assert await linked(institution, "u-1") == []
    address = await begin(house)
    asked = dict(parse_qsl(urlsplit(address).query))
    assert address.startswith(f"{openid.issuer}/authorize?")
    assert asked["code_challenge_method"] == "S256"
    assert asked["redirect_uri"] == f"{HERE}/sign-in/campus/callback"
    assert len({asked["state"], asked["nonce"], asked["code_challenge"]}) == 3
    assert cookies(house) == {f"{FLOW}_"}
    answer = await back(house, openid.signed_in(address, "u-1"))
    assert (answer.status_code, answer.headers["location"]) == (303, "/explorer")
    said = next(each for each in answer.headers.get_list("set-cookie") if COOKIE in each)
    assert "HttpOnly" in said
    assert "SameSite=lax" in said
    assert cookies(house) == {COOKIE}
    assert await viewer(house) == {"data": {"viewer": {"name": "officer", "via": "session"}}}
    events = await institution.ask("guard", "{ viewer { name } }")
    assert events["data"]["viewer"]["name"] == "guard"


def test_by_tls_a_cookie_that_a_neighbour_may_have_set_counts_for_nothing() -> None:
    planted = {b"cookie": f"{COOKIE}=planted".encode()}
    own = {b"cookie": f"__Host-{COOKIE}=own; {COOKIE}=planted".encode()}
    assert credential_of(planted, secure=True) is None
    assert credential_of(own, secure=True) == "own"
    assert credential_of(planted, secure=False) == "planted"


def test_by_tls_cookies_belong_to_this_host_alone() -> None:
    answer = Response()
    Cookies(Settings(secure_cookies=True)).put(answer, COOKIE, "x", timedelta(hours=1))
    (said,) = answer.headers.getlist("set-cookie")
    assert said.startswith(f"__Host-{COOKIE}=x; HttpOnly; Max-Age=3600; Path=/; SameSite=lax")
    assert said.endswith("; Secure")
    assert "Domain" not in said


async def test_nobody_who_is_not_linked_gets_in_and_nothing_is_created_for_him(
    institution: Institution, openid: OpenIdService
) -> None:
    house = institution.house
    before = await counted(institution)
    answer = await back(house, openid.signed_in(await begin(house), NUMBER))
    assert answer.status_code == 401
    assert "identityLink" in answer.text
    assert cookies(house) == {f"{FLOW}_"}
    assert await counted(institution) == before
    async with institution.operator() as act:
        entries = await follow(act.session, act.tenant_id, 0, 10_000)
    (failed,) = [each for each in entries if each.event == "accounts.provider_failed"]
    assert failed.facts["provider"] == "campus"
    assert NUMBER not in str(failed.facts)


Forging = Callable[[OpenIdService], None]


def _claims(**claims: Any) -> Forging:
    return lambda service: service.claims.update(claims)


def _unsigned(service: OpenIdService) -> None:
    service.sign = service.unsigned


def _by_secret(service: OpenIdService) -> None:
    service.sign = service.signed_by_secret


def _by_another(service: OpenIdService) -> None:
    other = ECKey.generate_key("P-256", {"kid": "first"})
    service.sign = lambda claims: service.signed_by(other, claims)


def _nothing(service: OpenIdService) -> None:
    service.sign = lambda claims: "x.y.z"


def _by_public_key(service: OpenIdService) -> None:
    service.sign = lambda claims: service.signed_by_text(service.key.as_pem(private=False), claims)


def _by_own_key(service: OpenIdService) -> None:
    other = ECKey.generate_key("P-256")
    service.sign = lambda claims: service.signed_with_key_inside(other, claims)


FORGERIES: dict[str, Forging] = {
    "another nonce": _claims(nonce="another"),
    "no nonce": _claims(nonce=None),
    "for another client": _claims(aud="somebody else"),
    "for several, given to another": _claims(aud=[CLIENT, "x"], azp="x"),
    "another issuer": _claims(iss="https://evil.example.cn"),
    "expired": _claims(exp=1),
    "of the future": _claims(iat=4_000_000_000),
    "of nobody": _claims(sub=""),
    "of a list": _claims(sub=["u-1"]),
    "algorithm none": _unsigned,
    "signed with the client's secret": _by_secret,
    "signed with another key": _by_another,
    "signed with the public key as a secret": _by_public_key,
    "signed with a key that it brings itself": _by_own_key,
    "no token at all": _nothing,
}


async def test_no_forged_token_lets_anybody_in(
    institution: Institution, openid: OpenIdService
) -> None:
    house = institution.house
    assert await linked(institution, "u-1") == []
    for name, forge in FORGERIES.items():
        openid.claims, openid.sign = {}, None
        forge(openid)
        answer = await back(house, openid.signed_in(await begin(house), "u-1"))
        assert answer.status_code == 401, name
        assert COOKIE not in cookies(house)
    openid.claims, openid.sign = {}, None
    assert (await back(house, openid.signed_in(await begin(house), "u-1"))).status_code == 303


async def test_what_was_not_begun_here_or_too_long_ago_is_refused(
    institution: Institution, openid: OpenIdService
) -> None:
    house = institution.house
    assert await linked(institution, "u-1") == []
    given = openid.signed_in(await begin(house), "u-1")
    kept = dict(house.client.cookies)
    (name,) = kept
    foreign = openid.signed_in(await begin(house, "numbers"), "u-1")

    async def refused(given: dict[str, str], jar: dict[str, str], provider: str = "campus") -> None:
        house.client.cookies.clear()
        house.client.cookies.update(jar)
        answer = await back(house, given, provider)
        assert answer.status_code == 401, answer.text
        assert COOKIE not in cookies(house)

    await refused(given, {})  # another browser
    await refused({**given, "state": f"{given['state'][:8]}forged"}, kept)
    await refused(given, {name: kept[name][:-4] + "AAAA"})
    await refused(given, {name: "x"})
    await refused({**given, "state": foreign["state"]}, kept)
    await refused(given, kept, "numbers")  # a flow of one service at another one
    await refused({"state": given["state"], "error": "access_denied"}, kept)
    await refused({"state": given["state"]}, kept)
    await refused({**given, "iss": "https://evil.example.cn"}, kept)
    await refused({**given, "code": "guessed"}, kept)
    assert openid.asked.count("token") == 1, "only the guess went as far as the service"
    house.now += timedelta(minutes=10)
    await refused(given, kept)
    house.now -= timedelta(minutes=1)
    house.client.cookies.clear()
    house.client.cookies.update(kept)
    assert (await back(house, given)).status_code == 303
    await refused(given, kept)  # a code serves once


async def test_a_password_never_used_takes_nothing_from_whoever_comes_by_a_service(
    institution: Institution, openid: OpenIdService
) -> None:
    house, tenant = institution.house, institution.tenant
    await institution.member()
    await linked(institution, "u-1")
    officer = institution.accounts["officer"]
    one_time = update(Account).where(Account.id == officer)
    async with house.platform.homes.home(tenant.id).act(tenant.id) as session:
        await session.execute(one_time.values(one_time_until=house.now + timedelta(days=14)))
    house.platform.changed(tenant.id)
    await back(house, openid.signed_in(await begin(house), "u-1"))
    answer = await house.ask(EXPORT, credential=house.client.cookies[COOKIE])
    job = answer["data"]["exportStart"]["job"]
    await house.platform.jobs.run_waiting()
    answer = await house.ask(JOB, job, credential=house.client.cookies[COOKIE])
    assert answer["data"]["job"]["state"] == "SUCCEEDED"
    assert " 1 " in answer["data"]["job"]["summary"]

    async with house.platform.homes.home(tenant.id).view(tenant.id) as session:
        found = await waiting_for(house.platform, session, tenant, officer, house.now)
    assert found is not None
    assert found[0].kinds


async def test_no_page_of_another_site_begins_a_sign_in(
    institution: Institution, openid: OpenIdService
) -> None:
    async def start(**said: str) -> int:
        headers = {f"sec-fetch-{name}": value for name, value in said.items()}
        house = institution.house
        return (await house.client.get("/sign-in/campus/start", headers=headers)).status_code

    assert await start(site="cross-site", mode="no-cors", dest="image") == 403
    assert await start(site="cross-site", mode="navigate", dest="iframe", user="?1") == 403
    assert await start(site="cross-site", mode="navigate", dest="document") == 403
    assert openid.asked == []
    assert await start(site="cross-site", mode="navigate", dest="document", user="?1") == 303
    assert await start(site="same-origin", mode="navigate", dest="document") == 303
    assert await start() == 303, "a browser that does not say"


async def test_tries_at_a_service_are_counted_by_address(
    institution: Institution, openid: OpenIdService
) -> None:
    house = institution.house
    for _ in range(3):  # as any page could have a browser ask
        assert (await back(house, {"state": "x"})).status_code == 401
    given = openid.signed_in(await begin(house), "u-1")
    guess = {**given, "code": "guessed"}
    statuses = [(await back(house, guess)).status_code for _ in range(51)]
    assert statuses == [401] * 50 + [429], "what was not begun here is not counted"
    assert openid.asked.count("token") == 50
    assert (await back(house, given)).status_code == 429


async def test_a_service_that_is_away_or_another_one_says_so(
    institution: Institution, openid: OpenIdService
) -> None:
    house = institution.house
    openid.away = True
    answer = await house.client.get("/sign-in/campus/start")
    assert answer.status_code == 503
    openid.away = False
    openid.issuer = "https://evil.example.cn"
    answer = await house.client.get("/sign-in/campus/start")
    assert answer.status_code == 503
    for path in ("nowhere/start", "nowhere/callback"):
        assert (await house.client.get(f"/sign-in/{path}")).status_code == 404


async def test_a_new_key_of_the_service_is_learnt(
    institution: Institution, openid: OpenIdService, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = institution.house
    assert await linked(institution, "u-1") == []
    for _ in range(2):
        house.client.cookies.clear()
        assert (await back(house, openid.signed_in(await begin(house), "u-1"))).status_code == 303
    assert openid.asked.count("keys") == 1
    monkeypatch.setattr("zhibu.accounts.providers.openid.KEYS_AGAIN", 0.0)
    openid.rotate()
    assert (await back(house, openid.signed_in(await begin(house), "u-1"))).status_code == 303
    assert openid.asked.count("keys") == 2
    assert openid.asked.count("configuration") == 1


async def test_a_disabled_or_unlinked_account_is_out_at_once_and_is_not_let_in(
    institution: Institution, openid: OpenIdService
) -> None:
    house = institution.house
    assert await linked(institution, "u-1") == []
    await back(house, openid.signed_in(await begin(house), "u-1"))
    id = global_id("Account", institution.accounts["officer"])
    found = await institution.ask(
        "guard", "query ($id: ID!) { account(id: $id) { identities { id subject } } }", {"id": id}
    )
    (identity,) = found["data"]["account"]["identities"]
    wish = {"input": {"identity": identity["id"]}}
    assert told(await institution.ask("officer", UNLINK, wish)) == ["NOT_FOUND"]
    assert told(await institution.ask("guard", UNLINK, wish)) == []
    assert told(await viewer(house)) == ["UNAUTHENTICATED"]
    assert (await institution.ask("officer", "{ viewer { name } }"))["data"]["viewer"]
    house.client.cookies.clear()
    assert (await back(house, openid.signed_in(await begin(house), "u-1"))).status_code == 401
    assert await linked(institution, "u-1") == []
    disable = (
        "mutation ($input: AccountInput!) { accountDisable(input: $input) { account { id } } }"
    )
    await institution.ask("guard", disable, {"input": {"account": id}})
    assert (await back(house, openid.signed_in(await begin(house), "u-1"))).status_code == 401


async def test_an_identity_is_linked_by_the_security_administrator_to_one_account(
    institution: Institution, openid: OpenIdService
) -> None:
    house = institution.house
    wish = {
        "account": global_id("Account", institution.accounts["officer"]),
        "provider": "campus",
        "subject": "u-1",
    }
    for login in ("officer", "municipal", "secretary"):
        assert told(await institution.ask(login, LINK, {"input": wish})) == ["NOT_FOUND"], login
    assert await linked(institution, NUMBER) == []
    assert await linked(institution, NUMBER) == [], "again changes nothing"
    assert await linked(institution, NUMBER, "secretary") == ["core.identity_linked"]
    assert await linked(institution, NUMBER, "secretary", "numbers") == []
    assert await linked(institution, "x", "officer", "elsewhere") == ["core.provider_unknown"]
    assert await linked(institution, " ") == ["core.identity_invalid_subject"]
    assert await linked(institution, "g", "guard") == ["core.own_account"]
    await institution.account("auditor", "audit_administrator")
    assert await linked(institution, "a", "auditor") == ["core.identity_of_administrator"]
    other = await house.found("qingshan", "青山")
    assert await linked(other, "u-1") == ["core.provider_unknown"]
    document = "{ accounts(first: 20) { nodes { identities { subject } } } }"
    answer = await institution.ask("guard", document)
    assert NUMBER not in str(answer)
    assert "110****3X" in str(answer) or "****" in str(answer)


async def test_a_service_opens_no_other_institution(
    institution: Institution, openid: OpenIdService
) -> None:
    house = institution.house
    other = await house.found("qingshan", "青山")
    known = house.platform.providers
    hill = replace(known["campus"], name="hill", tenant="qingshan")
    house.platform.providers = Providers({"campus": known["campus"], "hill": hill}, HERE)
    house.platform.providers.transport = openid.transport
    assert await linked(institution, "u-1") == []
    given = openid.signed_in(await begin(house, "hill"), "u-1")
    assert (await back(house, given, "hill")).status_code == 401, "linked elsewhere"
    assert await linked(other, "u-1", provider="campus") == ["core.provider_unknown"]
    assert await linked(other, "u-1", provider="hill") == []
    wish = {"account": global_id("Account", institution.accounts["officer"])}
    wish |= {"provider": "hill", "subject": "u-2"}
    assert told(await other.ask("guard", LINK, {"input": wish})) == ["NOT_FOUND"]
    given = openid.signed_in(await begin(house, "hill"), "u-1")
    assert (await back(house, given, "hill")).status_code == 303
    answer = await house.client.post("/graphql", json={"query": "{ viewer { account } }"})
    opened = answer.json()["data"]["viewer"]["account"]
    assert opened == global_id("Account", other.accounts["officer"])
    await suspend(house.platform, "qingshan", suspended=True)
    given = openid.signed_in(await begin(house, "hill"), "u-1")
    assert (await back(house, given, "hill")).status_code == 503


async def test_a_link_taken_back_at_the_same_moment_opens_nothing(
    institution: Institution, openid: OpenIdService, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = institution.house
    assert await linked(institution, "u-1") == []
    home, tenant = house.platform.homes.home(institution.tenant.id), institution.tenant.id

    async def late(*given: Any, **more: Any) -> Any:
        async with home.act(tenant) as session:
            await session.execute(delete(LinkedIdentity).where(LinkedIdentity.tenant_id == tenant))
        return await admit(*given, **more)

    monkeypatch.setattr("zhibu.accounts.signing_in.by_provider.admit", late)
    assert (await back(house, openid.signed_in(await begin(house), "u-1"))).status_code == 401
    assert COOKIE not in cookies(house)


async def test_whoever_signs_in_anew_leaves_no_session_behind(
    institution: Institution, openid: OpenIdService
) -> None:
    house = institution.house
    assert await linked(institution, "u-1") == []
    await back(house, openid.signed_in(await begin(house), "u-1"))
    first = house.client.cookies[COOKIE]
    await back(house, openid.signed_in(await begin(house), "u-1"))
    assert house.client.cookies[COOKIE] != first
    assert "data" in await viewer(house)
    house.client.cookies.clear()
    bearer = {**JSON, "authorization": f"Bearer {first}"}
    answer = await house.client.post("/graphql", content=VIEWER, headers=bearer)
    assert told(answer.json()) == ["UNAUTHENTICATED"]


async def test_the_second_factor_is_asked_after_the_service_too(
    institution: Institution, openid: OpenIdService
) -> None:
    house = institution.house
    assert await linked(institution, "u-1") == []
    begun = await institution.ask("officer", ENROL, {"input": {"password": PASSWORD}})
    key = pyotp.TOTP(begun["data"]["secondFactorEnrol"]["setupKey"])
    finish = (
        "mutation ($input: SecondFactorCodeInput!) { secondFactorConfirm(input: $input) { token } }"
    )
    await institution.ask("officer", finish, {"input": {"code": key.at(house.now)}})
    house.now += timedelta(minutes=1)
    answer = await back(house, openid.signed_in(await begin(house), "u-1"))
    assert answer.headers["location"] == "/sign-in/confirm"
    assert cookies(house) == {PENDING}
    assert told(await viewer(house)) == ["UNAUTHENTICATED"]
    page = await house.client.get("/sign-in/confirm")
    assert page.status_code == 200
    assert "'unsafe-inline'" not in page.headers["content-security-policy"]
    send = house.client.post
    evil = {"origin": "https://evil.example.cn"}
    assert (await send("/sign-in/confirm", data={"code": "1"}, headers=evil)).status_code == 403
    wrong = await send("/sign-in/confirm", data={"code": "000000"})
    assert (wrong.status_code, COOKIE in cookies(house)) == (401, False)
    right = await send("/sign-in/confirm", data={"code": key.at(house.now)})
    assert (right.status_code, right.headers["location"]) == (303, "/explorer")
    assert cookies(house) == {COOKIE}
    assert (await viewer(house))["data"]["viewer"]["name"] == "officer"
    house.now += timedelta(minutes=16)
    before = house.client.cookies[COOKIE]
    asked = {"query": PROVE, "variables": {"input": {"code": key.at(house.now)}}}
    answer = await send("/graphql", json=asked)
    assert house.client.cookies[COOKIE] == answer.json()["data"]["secondFactorProve"]["token"]
    assert house.client.cookies[COOKIE] != before
    assert (await viewer(house))["data"]["viewer"]["name"] == "officer"


async def test_a_sign_out_at_the_service_ends_the_session_here(
    institution: Institution, openid: OpenIdService
) -> None:
    house = institution.house
    assert await linked(institution, "u-1") == []
    now = int(house.now.timestamp())
    notice = {
        "iss": openid.issuer,
        "aud": CLIENT,
        "iat": now,
        "exp": now + 120,
        "jti": "1",
        "sid": "s-1",
        "events": {"http://schemas.openid.net/event/backchannel-logout": {}},
    }

    async def tell(typ: str = "logout+jwt", **changes: Any) -> int:
        claims = {key: value for key, value in {**notice, **changes}.items() if value is not None}
        data = {"logout_token": openid.token(claims, typ=typ)}
        return (await house.client.post("/sign-in/campus/ended", data=data)).status_code

    async def enter() -> None:
        house.client.cookies.clear()
        await back(house, openid.signed_in(await begin(house), "u-1", "s-1"))
        assert "data" in await viewer(house)

    await enter()
    for changes in (
        {"events": {}},
        {"events": None},
        {"nonce": "x"},
        {"aud": "x"},
        {"iss": "https://evil.example.cn"},
        {"exp": 1},
        {"exp": None},
        {"sid": None},
    ):
        assert await tell(**changes) == 401, changes
    for typ in ("JWT", "at+jwt", ""):
        assert await tell(typ) == 401, typ
    openid.sign = openid.unsigned
    for _ in range(51):
        assert await tell() == 401
    openid.sign = None
    page = {"origin": "https://evil.example.cn"}
    notice_of_page = {"logout_token": openid.token(notice, typ="logout+jwt")}
    answer = await house.client.post("/sign-in/campus/ended", data=notice_of_page, headers=page)
    assert answer.status_code == 403
    assert await tell(sid="another") == 204
    assert "data" in await viewer(house)
    assert await tell() == 204
    assert told(await viewer(house)) == ["UNAUTHENTICATED"]
    await enter()
    assert await tell(sid=None, sub="u-1") == 204
    assert told(await viewer(house)) == ["UNAUTHENTICATED"]
    assert (await institution.ask("officer", "{ viewer { name } }"))["data"]["viewer"]


async def test_a_service_that_types_no_notices_is_believed_where_the_installation_says_so(
    institution: Institution,
) -> None:
    house = institution.house
    openid = OpenIdService(clock=lambda: house.now)
    given: Any = {"kind": "oidc", "untyped_sign_outs": True}
    provided(house, openid.transport, openid.issuer, **given)
    assert await linked(institution, "u-1") == []
    await back(house, openid.signed_in(await begin(house), "u-1", "s-1"))
    now = int(house.now.timestamp())
    notice = {
        "iss": openid.issuer,
        "aud": CLIENT,
        "iat": now,
        "exp": now + 120,
        "sid": "s-1",
        "events": {"http://schemas.openid.net/event/backchannel-logout": {}},
    }
    for typ, status in (("at+jwt", 401), ("JWT", 204)):
        assert "data" in await viewer(house)
        data = {"logout_token": openid.token(notice, typ=typ)}
        answer = await house.client.post("/sign-in/campus/ended", data=data)
        assert answer.status_code == status, typ
    assert told(await viewer(house)) == ["UNAUTHENTICATED"]


async def test_signing_out_here_goes_on_to_the_service(
    institution: Institution, openid: OpenIdService
) -> None:
    house = institution.house
    assert await linked(institution, "u-1") == []
    await back(house, openid.signed_in(await begin(house), "u-1"))
    send = house.client.post
    evil = {"origin": "https://evil.example.cn"}
    assert (await send("/sign-in/sign-out", headers=evil)).status_code == 403
    assert "data" in await viewer(house)
    answer = await send("/sign-in/sign-out")
    assert answer.status_code == 303
    assert answer.headers["location"].startswith(f"{openid.issuer}/end?client_id={CLIENT}")
    assert cookies(house) == set()
    assert told(await viewer(house)) == ["UNAUTHENTICATED"]
    assert (await send("/sign-in/sign-out")).headers["location"] == "/explorer"


async def test_a_page_is_told_which_services_an_institution_has(
    institution: Institution, openid: OpenIdService
) -> None:
    client = institution.house.client
    found = (await client.get("/sign-in/providers", params={"tenant": "yunling"})).json()
    assert found[0] == {"name": "campus", "title": "校园", "start": "/sign-in/campus/start"}
    assert (await client.get("/sign-in/providers", params={"tenant": "x"})).json() == []


async def test_a_cas_ticket_lets_in_whom_the_server_names_and_nobody_else(
    institution: Institution, cas: CasService
) -> None:
    house = institution.house
    assert await linked(institution, "zhang") == []
    address = await begin(house)
    assert address.startswith(f"{cas.address}/login?service=https%3A%2F%2Fparty.example.cn")
    given = cas.signed_in(address, "zhang")
    kept = dict(house.client.cookies)
    for forged in (
        {**given, "ticket": "ST-guessed"},
        {**given, "ticket": "../../admin"},
        {**given, "ticket": "PT-1"},
        {"state": given["state"]},
        {**given, "state": "another"},
    ):
        answer = await back(house, forged)
        assert answer.status_code == 401, forged
    other = cas.signed_in(await begin(house), "zhang")
    stolen = await back(house, {**other, "ticket": given["ticket"]})
    assert stolen.status_code == 401, "a ticket for another sign-in"
    given = cas.signed_in(address, "zhang")
    house.client.cookies.update(kept)
    assert (await back(house, given)).status_code == 303
    assert (await viewer(house))["data"]["viewer"]["name"] == "officer"
    house.client.cookies.clear()
    house.client.cookies.update(kept)
    assert (await back(house, given)).status_code == 401, "a ticket serves once"


async def test_an_attribute_may_be_what_a_cas_server_knows_people_by(
    institution: Institution, cas: CasService
) -> None:
    house = institution.house
    assert await linked(institution, "N-zhang", provider="numbers") == []
    given = cas.signed_in(await begin(house, "numbers"), "zhang")
    assert (await back(house, given, "numbers")).status_code == 303


SUCCESS = (
    '<cas:serviceResponse xmlns:cas="http://www.yale.edu/tp/cas"><cas:authenticationSuccess>'
    "{}</cas:authenticationSuccess></cas:serviceResponse>"
)
BOMB = '<!DOCTYPE x [<!ENTITY a "zhang"><!ENTITY b "&a;&a;">]>' + SUCCESS.format(
    "<cas:user>&a;</cas:user>"
)


STRANGE = {
    "entities": BOMB,
    "empty": "",
    "broken": "<x",
    "text": "zhang",
    "nobody": SUCCESS.format(""),
    "blank": SUCCESS.format("<cas:user></cas:user>"),
    "within": SUCCESS.format("<cas:user>zhang<x/>wei</cas:user>"),
    "two": SUCCESS.format("<cas:user>zhang</cas:user><cas:user>li</cas:user>"),
    "foreign": "<authenticationSuccess><user>zhang</user></authenticationSuccess>",
    "endless": SUCCESS.format("<cas:user>zhang</cas:user>" + " " * 200_000),
}


async def test_no_strange_answer_of_a_cas_server_lets_anybody_in(
    institution: Institution, cas: CasService
) -> None:
    house = institution.house
    assert await linked(institution, "zhang") == []
    for name, body in STRANGE.items():
        given = cas.signed_in(await begin(house), "zhang")
        cas.body = body
        assert (await back(house, given)).status_code == 401, name
        assert COOKIE not in cookies(house)
    given = cas.signed_in(await begin(house), "zhang")
    cas.body = SUCCESS.format("<cas:user>zhang</cas:user>")
    assert (await back(house, given)).status_code == 303


async def test_a_cas_sign_out_ends_the_session_of_that_ticket(
    institution: Institution, cas: CasService
) -> None:
    house = institution.house
    assert await linked(institution, "zhang") == []
    given = cas.signed_in(await begin(house), "zhang")
    await back(house, given)

    async def tell(ticket: str) -> int:
        request = (
            '<samlp:LogoutRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol">'
            f"<samlp:SessionIndex>{ticket}</samlp:SessionIndex></samlp:LogoutRequest>"
        )
        answer = await house.client.post(
            "/sign-in/campus/callback", data={"logoutRequest": request}
        )
        return answer.status_code

    assert await tell("nothing") == 401
    assert await tell("ST-another") == 204
    assert "data" in await viewer(house)
    assert await tell(given["ticket"]) == 204
    assert told(await viewer(house)) == ["UNAUTHENTICATED"]
    assert (await house.client.post("/sign-in/campus/ended", data={})).status_code == 404
