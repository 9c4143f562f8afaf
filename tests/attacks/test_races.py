"""Of several who do the same at the same moment, one does it and the others are told why not."""

import asyncio
from collections.abc import Mapping
from typing import Any

from zhibu.figures import keeping
from zhibu.testing.filled import Filled, told
from zhibu.testing.register import identity

WHY = {"reason": "测试"}


async def at_once(full: Filled, *acts: tuple[str, str, Mapping[str, Any]]) -> list[str]:
    """The first code of each answer, in order of the alphabet; "" where nothing was refused."""
    answers = await asyncio.gather(
        *(full.do(name, input, login=login) for login, name, input in acts)
    )
    return sorted(next(iter(told(answer)), "") for answer in answers)


async def test_one_login_is_given_once(full: Filled) -> None:
    input = {"login": "same", "name": "某"}
    found = await at_once(full, *[("almighty", "accountCreate", input)] * 4)
    assert found == ["", *["core.login_taken"] * 3]


async def test_one_member_is_bound_once(full: Filled) -> None:
    inputs = [
        {"account": full.ids[f"account.{login}"], "member": full.ids["member1"]}
        for login in ("recorder", "secretary", "officer", "rival")
    ]
    found = await at_once(full, *[("almighty", "accountBind", input) for input in inputs])
    assert found == ["", *["core.member_bound"] * 3]


async def test_one_plugin_is_switched_by_several(full: Filled) -> None:
    plugin = next(iter(full.institution.house.platform.plugins.names))
    input = {"organization": full.ids["general"], "plugin": plugin, **WHY}
    found = await at_once(
        full, *[("keeper", "pluginSwitch", {**input, "enabled": on}) for on in (True, False) * 3]
    )
    assert found == [""] * 6


async def test_a_post_ends_once(full: Filled) -> None:
    input = {"post": full.ids["post"], "on": "2026-06-01", **WHY}
    found = await at_once(full, *[("almighty", "postEnd", input)] * 4)
    assert found == ["", *["core.post_over"] * 3]


async def test_nobody_keeps_a_post_where_he_was_transferred_from(full: Filled) -> None:
    member, branch = full.ids["member0"], full.ids["branch"]
    await at_once(
        full,
        (
            "almighty",
            "postAppoint",
            {"organization": branch, "member": member, "kind": "SECRETARY", "since": "2026-06-01"},
        ),
        (
            "almighty",
            "memberTransfer",
            {"member": member, "organization": full.ids["far"], "on": "2026-06-02", **WHY},
        ),
    )
    document = "query ($id: ID!) { member(id: $id) { organization { name } posts { until } } }"
    answer = await full.ask(document, {"id": member})
    assert all(post["until"] for post in answer["data"]["member"]["posts"])


async def test_two_moves_make_no_circle(full: Filled) -> None:
    one, other = full.ids["general"], full.ids["rival"]
    found = await at_once(
        full,
        (
            "keeper",
            "organizationMove",
            {"organization": one, "parent": other, "on": "2026-06-01", **WHY},
        ),
        (
            "keeper",
            "organizationMove",
            {"organization": other, "parent": one, "on": "2026-06-01", **WHY},
        ),
    )
    assert found in (["", "core.move_under_itself"], ["", "core.kind_not_allowed"])


async def test_figures_stay_true_while_the_tree_is_rebuilt_under_them(full: Filled) -> None:
    ids = full.ids
    newcomers = [
        {
            "organization": ids["branch"],
            "name": "新来",
            "identityNumber": identity(910 + number),
            "kind": "IN_SERVICE",
            "admittedOn": "2010-01-01",
            "full": True,
        }
        for number in range(4)
    ]
    june = {"on": "2026-06-10", **WHY}
    found = await at_once(
        full,
        *[("almighty", "memberRegister", entry) for entry in newcomers],
        (
            "keeper",
            "organizationMove",
            {"organization": ids["branch"], "parent": ids["rival"], **june},
        ),
        (
            "keeper",
            "organizationMerge",
            {"organization": ids["other"], "into": ids["branch"], **june},
        ),
        (
            "almighty",
            "memberTransfer",
            {"member": ids["member2"], "organization": ids["branch"], **june},
        ),
        (
            "almighty",
            "memberTransfer",
            {"member": ids["member1"], "organization": ids["far"], **june},
        ),
        ("keeper", "organizationDissolve", {"organization": ids["group"], **june}),
    )
    assert "INTERNAL" not in found
    async with full.institution.operator() as act:
        figures = full.institution.house.platform.figures
        assert await keeping.differences(act.session, act.tenant_id, figures) == []


async def test_one_key_registers_one_member(full: Filled) -> None:
    entry = {
        "organization": full.ids["branch"],
        "name": "新来",
        "identityNumber": identity(903),
        "kind": "IN_SERVICE",
        "admittedOn": "2010-01-01",
        "full": True,
        "idempotencyKey": "一次",
    }
    answers = await asyncio.gather(
        *(full.do("memberRegister", entry, "member { id }") for _ in range(5))
    )
    members = {answer["data"]["memberRegister"]["member"]["id"] for answer in answers}
    assert len(members) == 1
    other = await full.do("memberRegister", {**entry, "name": "别人"})
    assert told(other) == ["core.idempotency_key_reused"]
