"""Founding institutions, finding them, and switching plugins."""

from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from zhibu.accounts.signing_in import Arrival, sign_in
from zhibu.act import TenantFacts
from zhibu.core_actions import TENANT_CONFIGURE
from zhibu.errors import Forbidden, NotFound, Refused
from zhibu.identifiers import new_id
from zhibu.policy import Switches
from zhibu.tenants import directory, errors, service, store
from zhibu.tenants.directory import facts_of
from zhibu.tenants.founding import Founded, Root, found, suspend
from zhibu.tenants.rules import ACTIVE, TenantEntry, switch_faults
from zhibu.testing.institutions import Institution
from zhibu.testing.stages import Crash, Stage

INSTALLED = ("education", "scoring")
ROOT = Root(code="ROOT", name="云岭市委组织部", kind="municipal_department")


async def founded(edge: Stage, root: Root | None = ROOT, **changes: str) -> Founded:
    values = {"code": "yunling", "name": "云岭"} | changes
    return await found(edge, now=edge.now, root=root, **values)


async def switch(
    institution: Institution,
    place: str | UUID,
    enabled: bool,
    *,
    login: str = "system",
    plugin: str = "education",
    reason: str = "试点",
) -> None:
    at = institution.places[place] if isinstance(place, str) else place
    async with institution.stage.by(institution.tenant, login) as act:
        await service.switch(act, at, plugin, enabled=enabled, reason=reason, installed=INSTALLED)


async def switches(institution: Institution) -> Switches:
    tenant_id = institution.tenant.id
    async with institution.stage.homes.home(tenant_id).view(tenant_id) as session:
        return await service.load_switches(session, tenant_id, INSTALLED)


async def test_an_institution_is_not_founded_on_faulty_words(edge: Stage) -> None:
    with pytest.raises(Refused) as caught:
        await founded(
            edge,
            Root(code="R", name="R", kind="castle"),
            code="Yun Ling",
            name=" ",
            locale="fr",
            zone="Asia/Yunling",
        )
    assert [type(error) for error in caught.value.errors] == [
        errors.TenantCodeInvalid,
        errors.TenantNameMissing,
        errors.LocaleUnknown,
        errors.ZoneUnknown,
        errors.RootKindUnknown,
    ]
    assert await edge.directory.entries() == []


async def test_an_institution_begins_with_three_administrators(edge: Stage) -> None:
    found = await founded(edge)
    assert [(a.login, a.role) for a in found.administrators] == [
        ("system", "system_administrator"),
        ("security", "security_administrator"),
        ("audit", "audit_administrator"),
    ]
    assert len({a.password for a in found.administrators}) == 3
    for administrator in found.administrators:
        signed = await sign_in(
            edge,
            Arrival(now=edge.now, request_id="test"),
            tenant="yunling",
            login=administrator.login,
            password=administrator.password,
        )
        assert signed.password_change_due
    assert (await edge.directory.by_code("yunling")).name == "云岭"


async def test_founding_again_changes_nothing_and_says_so(edge: Stage) -> None:
    first, again = await founded(edge), await founded(edge, name="别的名字")
    assert (first.existed, again.existed) == (False, True)
    assert again.administrators == ()
    assert again.entry == first.entry
    assert again.tenant == first.tenant
    assert len(await edge.directory.entries()) == 1


async def test_an_interrupted_founding_is_completed(edge: Stage) -> None:
    edge.crash_before = edge.acts + 1
    with pytest.raises(Crash):
        await founded(edge)
    edge.crash_before = None
    completed = await founded(edge)
    assert not completed.existed
    assert len(completed.administrators) == 3
    assert (await founded(edge)).existed


async def test_without_a_root_nobody_is_appointed_yet(edge: Stage) -> None:
    bare = await founded(edge, None)
    assert bare.administrators == ()
    assert len((await founded(edge)).administrators) == 3


async def test_the_directory_knows_whom_it_was_told_and_refuses_the_suspended(edge: Stage) -> None:
    entry = (await founded(edge)).entry
    assert await edge.directory.by_code(" YunLing ") == entry
    assert await edge.directory.by_id(entry.id) == entry
    for unknown in (edge.directory.by_code("haibin"), edge.directory.by_id(new_id())):
        with pytest.raises(errors.TenantUnknown):
            await unknown
    await suspend(edge, "yunling")
    with pytest.raises(errors.TenantSuspended):
        await edge.directory.by_code("yunling")
    with pytest.raises(errors.TenantSuspended):
        await founded(edge)
    known = await edge.directory.known(" YunLing ")
    assert known is not None
    assert known.id == entry.id
    assert await edge.directory.known("haibin") is None


async def test_only_the_system_administrator_switches_plugins(yunling: Institution) -> None:
    await yunling.account("officer", role="committee_officer", at="committee")
    for login in ("security", "officer"):
        with pytest.raises(Forbidden):
            await switch(yunling, "committee", True, login=login)
    with pytest.raises(NotFound):
        await switch(yunling, "committee", True, login="audit")
    assert not (await switches(yunling)).anywhere("education")


async def test_a_switch_names_an_installed_plugin_a_place_and_a_reason(
    yunling: Institution, haibin: Institution
) -> None:
    with pytest.raises(Refused) as caught:
        await switch(yunling, "root", True, plugin="educatoin", reason=" ")
    assert [type(error) for error in caught.value.errors] == [
        errors.PluginUnknown,
        errors.SwitchReasonMissing,
    ]
    for elsewhere in (new_id(), haibin.places["root"]):
        with pytest.raises(errors.SwitchPlaceUnknown):
            await switch(yunling, elsewhere, True)


async def test_the_nearest_switch_above_a_unit_holds(yunling: Institution) -> None:
    await switch(yunling, "root", True)
    await switch(yunling, "committee", False)
    await switch(yunling, "branch", True)
    found = await switches(yunling)
    on = {place for place, path in yunling.paths.items() if found.enabled("education", path)}
    assert on == {"root", "rival", "far", "branch", "group"}
    assert service.enabled_of(found, INSTALLED) == frozenset({"education"})


async def test_a_plugin_off_everywhere_is_not_in_the_schema_and_on_again_it_is(
    yunling: Institution, haibin: Institution
) -> None:
    for enabled in (True, False, True):
        await switch(yunling, "root", enabled)
        found = await switches(yunling)
        assert ("education" in service.enabled_of(found, INSTALLED)) is enabled
    assert service.enabled_of(await switches(haibin), INSTALLED) == frozenset()
    recorded = await yunling.stage.ledger(yunling.tenant.id, "tenants.plugin_switched")
    assert [facts["enabled"] for facts in recorded] == [True, False, True]


async def test_what_an_uninstalled_plugin_left_behind_is_ignored(yunling: Institution) -> None:
    await switch(yunling, "root", True)
    tenant_id = yunling.tenant.id
    async with yunling.stage.homes.home(tenant_id).view(tenant_id) as session:
        found = await service.load_switches(session, tenant_id, ("scoring",))
    assert not found.anywhere("education")


async def test_an_institution_is_configured_by_its_system_administrator_only(
    yunling: Institution, edge: Stage
) -> None:
    with pytest.raises(Forbidden):
        async with edge.by(yunling.tenant, "security") as act:
            await service.configure(act, name="改名")
    async with edge.by(yunling.tenant, "system") as act:
        assert act.may(TENANT_CONFIGURE, "1.")
        with pytest.raises(Refused):
            await service.configure(act, zone="Nowhere/Land")
        changed = await service.configure(act, name="云岭市", rule_pack="yunling-2026")
    assert (changed.name, changed.rule_pack, changed.zone) == (
        "云岭市",
        "yunling-2026",
        "Asia/Shanghai",
    )
    recorded = await edge.ledger(yunling.tenant.id, "tenants.configured")
    assert recorded == [{"name": "云岭市", "rule_pack": "yunling-2026"}]


async def test_nobody_suspends_what_nobody_founded(edge: Stage) -> None:
    with pytest.raises(errors.TenantUnknown):
        await suspend(edge, "nowhere")


async def test_a_founding_that_ended_after_the_profile_is_completed(
    edge: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def crash(*given: object) -> None:
        raise Crash()

    with monkeypatch.context() as patch:
        patch.setattr(store, "set_state", crash)
        with pytest.raises(Crash):
            await founded(edge)
    completed = await founded(edge, name="别的名字")
    assert (completed.existed, completed.tenant.name) == (False, "云岭")


async def test_an_institution_without_a_profile_is_none(edge: Stage, tenant_id: UUID) -> None:
    entry = TenantEntry(id=tenant_id, code="half", name="半途", home=None, state=ACTIVE)
    with pytest.raises(errors.TenantUnknown):
        await facts_of(edge.homes, entry)
    half = TenantFacts(
        id=tenant_id, code="half", name="半途", locale="zh-CN", zone=ZoneInfo("Asia/Shanghai")
    )
    with pytest.raises(NotFound):
        async with edge.by_system(half, "system_administrator") as act:
            await service.configure(act, name="改名")


async def test_an_institution_lives_where_it_was_placed(edge: Stage) -> None:
    entry = (await founded(edge, home="sqlite")).entry
    assert entry.home == "sqlite"
    assert edge.homes.home(entry.id).name == "sqlite"


async def test_the_directory_remembers_some_and_finds_all(
    edge: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(directory, "_KEPT", 1)
    codes = ("yunling", "haibin", "qingshan")
    for code in codes:
        await founded(edge, None, code=code)
    assert [(await edge.directory.by_code(code)).code for code in codes] == [*codes]
    assert len(edge.directory._known) == 2


async def test_what_stays_as_it_was_is_no_event(yunling: Institution, edge: Stage) -> None:
    async with edge.by(yunling.tenant, "system") as act:
        assert (await service.configure(act, name=yunling.tenant.name)).name == "云岭"
    for _ in range(2):
        await switch(yunling, "root", True)
    assert await edge.ledger(yunling.tenant.id, "tenants.configured") == []
    assert len(await edge.ledger(yunling.tenant.id, "tenants.plugin_switched")) == 1


def test_nothing_is_switched_at_a_unit_that_ended() -> None:
    (fault,) = switch_faults(
        plugin="education",
        installed=INSTALLED,
        reason="试点",
        organization_name="旧支部",
        organization_ended=True,
    )
    assert isinstance(fault, errors.SwitchPlaceEnded)
