"""What a client sees of members."""

from datetime import date

import strawberry

from zhibu.core_actions import MEMBER_READ, MEMBER_READ_CONTACT
from zhibu.members import reads
from zhibu.members.graph.enums import Change, Departure, Gender, MemberKind, Stage
from zhibu.organizations.graph.types import OrganizationName, OrganizationType, PostType
from zhibu.reading import Node, Public, column, computed, entity, expression, to_many, to_one


@entity(reads.AFFILIATIONS, permission=Public("shown with its member only"))
@strawberry.type(name="Affiliation", description="正式组织关系。 A formal affiliation.")
class AffiliationType(Node):
    since: date = column(description="编入日期。 From this day.")
    until: date | None = column(description="转出日期。 Before this day; null while it lasts.")
    reason: str | None = column(description="变动原因。 Why it came about.")
    organization: OrganizationName = to_one(
        lambda row, target: target.c.id == row.c.organization_id,
        shown_with_parent="names are public",
        description="党支部。 The branch.",
    )


@entity(reads.STAGES, permission=Public("shown with its member only"))
@strawberry.type(name="StagePeriod", description="党籍经历。 A stage and its decision.")
class StagePeriodType(Node):
    stage: Stage = column(description="党籍状态。 The stage.")
    change: Change = column(description="变化类型。 What brought it about.")
    since: date = column(description="起始日期。 From this day.")
    until: date | None = column(description="终止日期。 Before this day; null while it lasts.")
    ends_on: date | None = column(description="预备期届满日期。 When a probation is due to end.")
    departure: Departure | None = column(description="出党方式。 How it ended.")
    decision: str = column(description="所依据的决定。 The decision behind it.")
    decided_on: date = column(description="决定日期。 When it was decided.")


@entity(reads.MEMBERS, permission=MEMBER_READ, path="path", owner="id")
@strawberry.type(name="Member", description="党员。 A Party member.")
class MemberType(Node):
    name: str = column(description="姓名。 Name.")
    gender: Gender = column(description="性别。 Gender.")
    birth_date: date = column(description="出生日期。 Date of birth.")
    age: int = computed(
        reads.ages, needs={"birth_date": "birth_date"}, description="周岁。 Completed years."
    )
    nation: str | None = column(description="民族。 Ethnic group.")
    schooling: str | None = column("education", description="学历。 Level of education.")
    kind: MemberKind = column(description="人员类别。 How the member is managed.")
    stage: Stage = expression(
        reads.stage, description="党籍状态，按 asOf 之日。 The stage on the day asked for."
    )
    admitted_on: date = column(
        description="入党日期，即支部大会通过之日。 Day of the branch meeting's decision."
    )
    full_on: date | None = expression(
        reads.by_then("full_on", "full_on"), description="转正日期。 Since when a full member."
    )
    standing: int | None = computed(
        reads.standings,
        needs={"full_on": "full_on"},
        description="党龄（整年，自转正之日起）。 Years since becoming a full member.",
    )
    probation_ends_on: date | None = expression(
        reads.probation_ends_on, description="预备期届满日期。 When the probation is due to end."
    )
    departure: Departure | None = expression(
        reads.by_then("departure", "left_on"), description="出党方式。 How the member left."
    )
    left_on: date | None = expression(
        reads.by_then("left_on", "left_on"), description="出党日期。 When the member left."
    )
    joined_on: date | None = expression(
        reads.joined_on, description="编入本支部日期。 Since when in the branch."
    )
    identity_number_masked: str | None = column(
        "identity_masked",
        permission=MEMBER_READ_CONTACT,
        description="公民身份号码（隐去中间）。 Identity number, masked.",
    )
    phone_masked: str | None = column(
        permission=MEMBER_READ_CONTACT, description="手机号（隐去中间）。 Phone, masked."
    )
    note: str | None = column(description="备注。 Note.")
    version: int = column(description="版本，用于防止覆盖他人修改。 Grows with every change.")
    organization: OrganizationType = to_one(
        reads.branch,
        shown_with_parent="a member's branch is known to whoever sees the member",
        description="所在党支部，按 asOf 之日。 The formal branch on the day asked for.",
    )
    group: OrganizationName | None = to_one(
        lambda row, target: target.c.id == row.c.group_id,
        shown_with_parent="names are public",
        description="所在党小组。 The Party group.",
    )
    affiliations: list[AffiliationType] = to_many(
        lambda row, target: target.c.member_id == row.c.id,
        order_by=lambda target: target.c.since.desc(),
        shown_with_parent="the history of a member whom one may see",
        description="历次组织关系，由近及远。 Every affiliation, the latest first.",
    )
    stages: list[StagePeriodType] = to_many(
        lambda row, target: target.c.member_id == row.c.id,
        order_by=lambda target: target.c.since.desc(),
        shown_with_parent="the history of a member whom one may see",
        description="党籍经历，由近及远。 Every stage with its decision, the latest first.",
    )
    posts: list[PostType] = to_many(
        lambda row, target: target.c.member_id == row.c.id,
        order_by=lambda target: [target.c.since.desc(), target.c.id],
        shown_with_parent="the posts of a member whom one may see",
        description="历任职务，由近及远。 Every post, the latest first.",
    )
