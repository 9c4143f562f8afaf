"""The ledger over GraphQL."""

from zhibu.act import Event
from zhibu.basis import Basis
from zhibu.identifiers import global_id
from zhibu.testing.house import Institution

LEDGER = """query ($under: ID, $member: ID, $event: String, $after: String) {
  ledger(first: 50, under: $under, member: $member, event: $event, after: $after) {
    totalCount nodes { seq event sentence by via address basis facts member } } }"""


async def happened(institution: Institution, unit: str, **facts: object) -> None:
    async with institution.by("municipal") as act:
        act.record(
            Event(
                name="parameters.pack_applied",
                subject=("RulePack", None),
                path=institution.units[unit].path,
                facts={"title": "社区", "count": 2, **facts},
                basis=Basis(document="章程", article="第七条", value="12 个月"),
            )
        )


async def entries(institution: Institution, login: str, **asked: object) -> list[dict]:
    answer = await institution.ask(login, LEDGER, asked)
    assert "errors" not in answer, answer
    return answer["data"]["ledger"]["nodes"]


async def test_nobody_and_whoever_may_not_see_no_ledger(institution: Institution) -> None:
    answers = [await institution.house.ask(LEDGER), await institution.ask("recorder", LEDGER)]
    codes = [answer["errors"][0]["extensions"]["code"] for answer in answers]
    assert codes == ["UNAUTHENTICATED", "FORBIDDEN"]


async def test_an_officer_sees_what_happened_below_and_nothing_beside(
    institution: Institution,
) -> None:
    for unit in ("branch", "far", "root"):
        await happened(institution, unit, where=unit)
    event = {"event": "parameters.pack_applied"}
    for login, seen in (("officer", ["branch"]), ("rival", ["far"])):
        found = await entries(institution, login, **event)
        assert [each["facts"]["where"] for each in found] == seen
    found = await entries(institution, "municipal", **event)
    assert [each["facts"]["where"] for each in found] == ["root", "far", "branch"]
    under = await entries(institution, "municipal", **event, under=institution.id("committee"))
    assert [each["facts"]["where"] for each in under] == ["branch"]


async def test_an_entry_says_in_words_what_happened_and_on_what_basis(
    institution: Institution,
) -> None:
    await happened(institution, "branch")
    (entry,) = await entries(institution, "officer", event="parameters.pack_applied")
    assert entry["sentence"] == "Rule pack “社区” bound, 2 values; reason: …"
    assert (entry["by"], entry["via"]) == ("municipal", "session")
    assert entry["basis"] == "《章程》第七条 · 12 个月"


async def test_a_member_sees_what_concerns_oneself(institution: Institution) -> None:
    own, other = await institution.member("branch"), await institution.member("branch")
    await institution.account("own", member_id=own.id)
    found = await entries(institution, "own")
    assert found
    assert {each["member"] for each in found} == {global_id("Member", own.id)}
    assert not await entries(institution, "own", member=global_id("Member", other.id))
