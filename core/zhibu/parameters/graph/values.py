"""Parameters in the schema: what holds where and since when, and setting another value."""

from datetime import date
from typing import Any

import strawberry
from strawberry.scalars import JSON

from zhibu.act import Act
from zhibu.core_actions import PARAMETER_OVERRIDE, PARAMETER_READ
from zhibu.errors import NotFound
from zhibu.graph import Payload, mutation
from zhibu.identifiers import global_id, row_of
from zhibu.organizations import store as organizations
from zhibu.parameters import service
from zhibu.parameters.book import Book, Value
from zhibu.parameters.errors import ParameterUnknown
from zhibu.policy.paths import ROOT
from zhibu.reading import permitted, public


@public("shown by `parameters` only, which asks")
@strawberry.type(description="某地某日有效的参数值。 What holds at a place on a day.")
class Parameter:
    name: str = strawberry.field(description="名称。 Its name, with its plugin's.")
    title: str = strawberry.field(description="说明。 What it is about.")
    kind: str = strawberry.field(description="类型。 What its values may be.")
    unit: str = strawberry.field(description="单位。 What it is counted in.")
    value: JSON | None = strawberry.field(description="值。 The value; null is not set.")
    since: date = strawberry.field(description="起始日期。 Since when it holds.")
    source: str = strawberry.field(
        description="national 全国规定，override 本机构设定。 National, or set here."
    )
    verified: str = strawberry.field(description="核实程度 V1–V3、U。 How well it was checked.")
    inclusive: bool | None = strawberry.field(description="是否含本数。 Whether it is included.")
    basis: str = strawberry.field(description="依据。 The clause and the value.")
    note: str | None = strawberry.field(description="备注。 A note in plain words.")
    reason: str | None = strawberry.field(description="设定理由。 Why it was overridden.")


@strawberry.input(description="设定参数值。 Another value at an organization and below.")
class ParameterOverrideInput:
    organization: strawberry.ID
    name: str
    since: date
    value: JSON | None
    reason: str
    document: str | None = None
    article: str | None = None
    clause: str | None = None
    idempotency_key: str | None = None


@strawberry.input(description="撤回参数设定。 Taking an override back.")
class ParameterWithdrawInput:
    override: strawberry.ID
    reason: str
    idempotency_key: str | None = None


@strawberry.input(description="修改目录。 Words of a catalogue to add, rename or retire.")
class CatalogueAmendInput:
    organization: strawberry.ID
    name: str = strawberry.field(description="目录参数名。 Name of the catalogue's parameter.")
    since: date = strawberry.field(description="起始日期。 From this day.")
    reason: str
    add: list[JSON] = strawberry.field(
        default_factory=list,
        description="新增或改名的条目 {code, zh, en}。 Words to add, or to rename by their code.",
    )
    retire: list[str] = strawberry.field(
        default_factory=list,
        description="停用的条目代码，以前的记录不变。 Codes to retire; older records keep them.",
    )
    document: str | None = strawberry.field(default=None, description="文件。 The document.")
    article: str | None = strawberry.field(default=None, description="条款。 The article.")
    idempotency_key: str | None = None


@public("the answer to one's own mutation")
@strawberry.type(description="参数设定。 The override that was written or withdrawn.")
class ParameterPayload(Payload):
    override: strawberry.ID | None = strawberry.field(default=None, description="标识。 Its id.")


def _shown(book: Book, value: Value, locale: str) -> Parameter:
    definition = book.definitions[value.name]
    return Parameter(
        name=value.name,
        title=definition.description(locale),
        kind=str(definition.kind),
        unit=value.unit,
        value=value.value,
        since=value.since,
        source=value.source,
        verified=value.verified,
        inclusive=value.inclusive,
        basis=str(value.basis),
        note=value.note,
        reason=value.reason,
    )


async def path_of(context: Any, organization: strawberry.ID | None) -> str:
    """Where the caller may see parameters: that organization, or the institution's root."""
    path = ROOT
    if organization is not None:
        id = row_of(organization, "Organization", path=("organization",))
        async with context.home.view(context.tenant_id) as session:
            unit = await organizations.unit(session, context.tenant_id, id)
        if unit is None:
            raise NotFound()
        path = unit.path
    policy, caller = context.platform.policy, context.caller
    if not policy.may(caller.principal, context.switches, PARAMETER_READ, path, ""):
        raise NotFound()
    return path


async def _parameters(
    info: strawberry.Info, organization: strawberry.ID | None = None, on: date | None = None
) -> list[Parameter]:
    context = info.context
    context.scope(PARAMETER_READ)  # refuses who is not signed in
    path = await path_of(context, organization)
    values = context.parameters.values(path, on or context.today)
    shown = [value for value in values if _enabled(context, value.name, path)]
    return [_shown(context.parameters, value, context.locale) for value in shown]


async def _parameter(
    info: strawberry.Info,
    name: str,
    organization: strawberry.ID | None = None,
    on: date | None = None,
) -> Parameter:
    context = info.context
    context.scope(PARAMETER_READ)
    path = await path_of(context, organization)
    if name not in context.parameters.definitions or not _enabled(context, name, path):
        raise ParameterUnknown(path=("name",), name=name)
    value = context.parameters.value(name, path, on or context.today)
    return _shown(context.parameters, value, context.locale)


def _enabled(context: Any, name: str, path: str) -> bool:
    """A plugin that is off at a place has no numbers there."""
    return bool(context.switches.enabled(name.partition(".")[0], path))


@strawberry.type
class ParameterQuery:
    parameters: list[Parameter] = strawberry.field(
        resolver=_parameters,
        description="某组织某日有效的全部参数。 Every parameter at a place on a day.",
        metadata=permitted(PARAMETER_READ),
    )
    parameter: Parameter = strawberry.field(
        resolver=_parameter,
        description="一个参数。 One parameter at a place on a day.",
        metadata=permitted(PARAMETER_READ),
    )


@strawberry.type
class ParameterMutation:
    @mutation(permission=PARAMETER_OVERRIDE)
    async def parameter_override(self, act: Act, input: ParameterOverrideInput) -> ParameterPayload:
        """自某日起为某组织及其下级设定参数值。 Set another value from a day on."""
        id = await service.override(
            act,
            row_of(input.organization, "Organization", path=("organization",)),
            input.name,
            input.since,
            input.value,
            input.reason,
            document=input.document,
            article=input.article,
            clause=input.clause,
        )
        return ParameterPayload(override=strawberry.ID(global_id("ParameterOverride", id)))

    @mutation(permission=PARAMETER_OVERRIDE)
    async def parameter_withdraw(self, act: Act, input: ParameterWithdrawInput) -> ParameterPayload:
        """撤回参数设定，历史仍保留。 Take an override back; its history stays."""
        id = row_of(input.override, "ParameterOverride", path=("override",))
        await service.withdraw(act, id, input.reason)
        return ParameterPayload(override=input.override)

    @mutation(permission=PARAMETER_OVERRIDE)
    async def catalogue_amend(self, act: Act, input: CatalogueAmendInput) -> ParameterPayload:
        """自某日起增加、改名或停用目录条目。 Add, rename or retire words of a catalogue."""
        amendment = service.Amendment(
            name=input.name,
            since=input.since,
            reason=input.reason,
            add=[word if isinstance(word, dict) else {} for word in input.add],
            retire=input.retire,
            document=input.document,
            article=input.article,
        )
        organization = row_of(input.organization, "Organization", path=("organization",))
        id = await service.amend(act, organization, amendment)
        return ParameterPayload(override=strawberry.ID(global_id("ParameterOverride", id)))
