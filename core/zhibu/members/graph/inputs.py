"""What a client says to change members."""

from datetime import date
from enum import Enum

import strawberry

from zhibu.identifiers import row_of
from zhibu.members.graph.enums import Change, Departure, Entered, Field, Gender, MemberKind
from zhibu.members.service import Correction


@strawberry.input(description="接收预备党员。 Enter a newly admitted, probationary member.")
class MemberAdmitInput:
    organization: strawberry.ID
    name: str
    identity_number: str
    kind: MemberKind
    admitted_on: date
    decision: str
    gender: Gender | None = None
    birth_date: date | None = None
    nation: str | None = None
    schooling: str | None = None
    phone: str | None = None
    group: strawberry.ID | None = None
    note: str | None = None
    idempotency_key: str | None = None


@strawberry.input(description="登记已是党员的人员。 Enter somebody who is a member already.")
class MemberRegisterInput:
    organization: strawberry.ID
    name: str
    identity_number: str
    kind: MemberKind
    admitted_on: date
    full: bool
    full_on: date | None = None
    joined_on: date | None = None
    decision: str = ""
    gender: Gender | None = None
    birth_date: date | None = None
    nation: str | None = None
    schooling: str | None = None
    phone: str | None = None
    group: strawberry.ID | None = None
    note: str | None = None
    idempotency_key: str | None = None


@strawberry.enum(description="可以清空的信息。 What may be emptied.")
class MemberClearable(Enum):
    NATION = "nation"
    SCHOOLING = "education"
    NOTE = "note"
    GROUP = "group_id"
    PHONE = "phone"


@strawberry.input(description="更正党员信息；空项不变。 Correct a member; what is left out stays.")
class MemberCorrectInput:
    member: strawberry.ID
    reason: str
    name: str | None = None
    gender: Gender | None = None
    birth_date: date | None = None
    nation: str | None = None
    schooling: str | None = None
    kind: MemberKind | None = None
    admitted_on: date | None = None
    full_on: date | None = None
    note: str | None = None
    group: strawberry.ID | None = None
    identity_number: str | None = None
    phone: str | None = None
    clear: list[MemberClearable] = strawberry.field(default_factory=list)
    version: int | None = None
    idempotency_key: str | None = None


@strawberry.input(description="在本单位内转接组织关系。 Transfer between branches.")
class MemberTransferInput:
    member: strawberry.ID
    organization: strawberry.ID
    on: date
    reason: str
    group: strawberry.ID | None = None
    from_: strawberry.ID | None = strawberry.field(name="from", default=None)
    version: int | None = None
    idempotency_key: str | None = None


@strawberry.input(description="党籍变化，须写明所依据的决定。 Change a stage, by a decision.")
class MemberChangeStageInput:
    member: strawberry.ID
    change: Change
    on: date
    decision: str
    decided_on: date
    departure: Departure | None = None
    months: int | None = None
    organization: strawberry.ID | None = None
    version: int | None = None
    idempotency_key: str | None = None


@strawberry.input(description="撤回最近一条误录。 Take back the last entry of a kind.")
class MemberUndoLastInput:
    member: strawberry.ID
    what: Entered
    reason: str
    version: int | None = None
    idempotency_key: str | None = None


@strawberry.input(description="查看完整信息，须说明理由并留痕。 Open a sealed field; it is logged.")
class MemberOpenInput:
    member: strawberry.ID
    field: Field
    reason: str


@strawberry.input(description="按公民身份号码查找，留痕。 Look up by number; it is logged.")
class MemberLookupInput:
    identity_number: str
    reason: str


def correction_of(input: MemberCorrectInput) -> Correction:
    """What the service is to change."""
    group = input.group
    return Correction(
        name=input.name,
        gender=input.gender,
        birth_date=input.birth_date,
        nation=input.nation,
        education=input.schooling,
        kind=input.kind,
        admitted_on=input.admitted_on,
        full_on=input.full_on,
        note=input.note,
        group_id=row_of(group, "Organization", path=("group",)) if group else None,
        identity_number=input.identity_number,
        phone=input.phone,
        clear=frozenset(field.value for field in input.clear),
    )
