"""The accounts of the demo, all with one password that the demo prints."""

from collections.abc import Mapping, Sequence
from typing import Any

from zhibu.accounts import store
from zhibu.accounts.principals import principal_of
from zhibu.accounts.rules.logins import folded
from zhibu.accounts.rules.roles import MEMBER
from zhibu.accounts.service import accounts, roles
from zhibu.accounts.service.passwords import set_by_operator
from zhibu.act import Act, TenantFacts
from zhibu.cli.acting import operator
from zhibu.cli.errors import MemberNumberUnknown, OrganizationCodeUnknown
from zhibu.members.public import member_by_identity
from zhibu.organizations.public import Unit, organizations_by_code
from zhibu.platform import Platform


async def open_accounts(
    platform: Platform, tenant: TenantFacts, given: Sequence[Mapping[str, Any]], password: str
) -> list[dict[str, Any]]:
    """Open the accounts that are missing, with their roles; who may sign in, as rows."""
    rows = []
    async with platform.act(tenant, operator(platform, tenant)) as act:
        places = await organizations_by_code(act, {each["organization"] for each in given})
        for each in given:
            place = places.get(each["organization"])
            if place is None:
                raise OrganizationCodeUnknown(organization=each["organization"])
            await _open(act, platform, each, place)
            await set_by_operator(act, platform.passwords, each["login"], password)
            rows.append(
                {
                    "tenant": tenant.code,
                    "login": each["login"],
                    "name": each["name"],
                    "role": each["role"],
                    "organization": place.name,
                }
            )
    return rows


async def _open(act: Act, platform: Platform, given: Mapping[str, Any], place: Unit) -> None:
    login = folded(given["login"])
    account = await store.accounts.by_login(act.session, act.tenant_id, login)
    if account is None:
        bound = None
        if given.get("member"):
            known = await member_by_identity(act, [given["member"]])
            if given["member"] not in known:
                raise MemberNumberUnknown(path=("member",))
            bound = known[given["member"]].id
        opened = await accounts.create(
            act, platform.passwords, login=login, name=given["name"], member_id=bound
        )
        account = opened.account
    # A role that comes with a post or with being a member is not given besides.
    lasting = type(account)(**{**vars(account), "one_time_until": None})
    principal = await principal_of(act.session, act.tenant_id, lasting, act.today)
    held = {(each.role, each.path) for each in principal.assignments}
    if given["role"] != MEMBER and (given["role"], place.path) not in held:
        await roles.assign(
            act,
            account_id=account.id,
            role=given["role"],
            organization_id=place.id,
            since=act.today,
            until=None,
            reason="示例账号",
        )
