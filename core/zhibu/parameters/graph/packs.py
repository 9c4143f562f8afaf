"""Rule packs in the schema: which are bound where, binding one to a subtree, and releasing it."""

from datetime import date
from itertools import groupby
from typing import Any

import strawberry
from strawberry.scalars import JSON

from zhibu.act import Act
from zhibu.core_actions import PARAMETER_OVERRIDE, PARAMETER_READ
from zhibu.graph import Payload, mutation
from zhibu.identifiers import global_id, row_of
from zhibu.organizations import store as organizations
from zhibu.parameters import service
from zhibu.parameters.book import InForce
from zhibu.parameters.graph.values import path_of
from zhibu.reading import permitted, public


@public("shown by `rulePacks` only, which asks")
@strawberry.type(description="规则包中的一项设定。 One value that a rule pack sets.")
class RulePackLine:
    parameter: str = strawberry.field(description="参数名。 Name of the parameter.")
    organization: str = strawberry.field(
        description="在此组织及其下级有效。 Name of the organization it holds at and below."
    )
    since: date = strawberry.field(description="起始日期。 Since when it holds.")
    value: JSON | None = strawberry.field(description="值。 The value; null is not set.")
    reason: str = strawberry.field(description="理由。 Why.")
    article: str | None = strawberry.field(description="条款。 The article.")
    override: strawberry.ID = strawberry.field(description="设定的标识。 Id of the override.")


@public("shown by `rulePacks` only, which asks")
@strawberry.type(description="在用的规则包。 A rule pack whose values hold somewhere.")
class RulePack:
    name: str = strawberry.field(description="名称。 Its name.")
    document: str | None = strawberry.field(description="所据文件。 The document behind it.")
    lines: list[RulePackLine] = strawberry.field(description="各项设定。 What it sets, and where.")


@strawberry.input(description="规则包中的一项设定。 One value that a rule pack sets.")
class RulePackLineInput:
    name: str = strawberry.field(description="参数名。 Name of the parameter.")
    value: JSON | None = strawberry.field(description="值。 The value; null is not set.")
    since: date | None = strawberry.field(
        default=None, description="起始日期，默认同规则包。 From this day, else the pack's."
    )
    organization: str | None = strawberry.field(
        default=None,
        description="下级党组织代码，默认为规则包所绑定的组织。 Code of an organization below.",
    )
    reason: str | None = strawberry.field(
        default=None, description="理由，默认同规则包。 Why, else the pack's reason."
    )
    document: str | None = strawberry.field(default=None, description="文件。 The document.")
    article: str | None = strawberry.field(default=None, description="条款。 The article.")
    clause: str | None = strawberry.field(default=None, description="条目编号。 Id of the clause.")


@strawberry.input(description="绑定规则包。 A rule pack for one organization and all below it.")
class RulePackApplyInput:
    organization: strawberry.ID
    name: str = strawberry.field(description="名称。 Name of the pack.")
    since: date = strawberry.field(description="起始日期。 From this day.")
    reason: str
    overrides: list[RulePackLineInput] = strawberry.field(description="各项设定。 What it sets.")
    title: str | None = strawberry.field(default=None, description="标题。 Title.")
    document: str | None = strawberry.field(
        default=None, description="所据文件。 The document behind it."
    )
    idempotency_key: str | None = None


@strawberry.input(description="解除规则包。 A rule pack to be released from a subtree.")
class RulePackReleaseInput:
    organization: strawberry.ID
    name: str = strawberry.field(description="名称。 Name of the pack.")
    reason: str
    idempotency_key: str | None = None


@public("the answer to one's own mutation")
@strawberry.type(description="规则包的结果。 How many values were set, or taken back.")
class RulePackPayload(Payload):
    count: int = strawberry.field(default=0, description="设定项数。 How many values.")


async def _packs(
    info: strawberry.Info, organization: strawberry.ID | None = None
) -> list[RulePack]:
    context = info.context
    context.scope(PARAMETER_READ)  # refuses who is not signed in
    path = await path_of(context, organization)
    bound = [each for each in context.parameters.overrides if each.pack and _at(path, each.path)]
    async with context.home.view(context.tenant_id) as session:
        units = await organizations.units_above(
            session, context.tenant_id, {each.path for each in bound}
        )
    names = {unit.path: unit.name for unit in units}
    bound.sort(key=lambda each: (str(each.pack), each.path, each.name, each.since))
    return [
        _pack(name, list(lines), names) for name, lines in groupby(bound, key=lambda e: str(e.pack))
    ]


def _at(path: str, bound: str) -> bool:
    """Whether what is bound there holds at `path`, or at something below it."""
    return path.startswith(bound) or bound.startswith(path)


def _pack(name: str, bound: list[InForce], names: dict[str, str]) -> RulePack:
    return RulePack(
        name=name,
        document=next((each.document for each in bound if each.document), None),
        lines=[
            RulePackLine(
                parameter=each.name,
                organization=names.get(each.path, ""),
                since=each.since,
                value=each.value,
                reason=each.reason,
                article=each.article,
                override=strawberry.ID(global_id("ParameterOverride", each.id)),
            )
            for each in bound
        ],
    )


def _given(input: RulePackApplyInput) -> dict[str, Any]:
    return {
        "name": input.name,
        "title": input.title,
        "document": input.document,
        "overrides": [vars(line) for line in input.overrides],
    }


@strawberry.type
class RulePackQuery:
    rule_packs: list[RulePack] = strawberry.field(
        resolver=_packs,
        description="在某组织或其下级有效的规则包。 Rule packs that hold at a place or below it.",
        metadata=permitted(PARAMETER_READ),
    )


@strawberry.type
class RulePackMutation:
    @mutation(permission=PARAMETER_OVERRIDE)
    async def rule_pack_apply(self, act: Act, input: RulePackApplyInput) -> RulePackPayload:
        """把规则包绑定到某组织及其下级，其他组织不受影响。 Bind a pack to one subtree only."""
        organization = row_of(input.organization, "Organization", path=("organization",))
        set_now = await service.bind_pack(
            act, organization, _given(input), since=input.since, reason=input.reason
        )
        return RulePackPayload(count=len(set_now))

    @mutation(permission=PARAMETER_OVERRIDE)
    async def rule_pack_release(self, act: Act, input: RulePackReleaseInput) -> RulePackPayload:
        """解除某组织及其下级的规则包，历史仍保留。 Take back what a pack set; its history stays."""
        organization = row_of(input.organization, "Organization", path=("organization",))
        count = await service.release_pack(act, organization, input.name, input.reason)
        return RulePackPayload(count=count)
