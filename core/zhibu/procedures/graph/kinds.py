"""Which procedures there are at a place, and their steps: what one reads before proposing."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import strawberry

from zhibu.core_actions import PARAMETER_READ
from zhibu.parameters.book import Value
from zhibu.parameters.graph.values import path_of
from zhibu.procedures.catalogue import held
from zhibu.procedures.graph.enums import By
from zhibu.procedures.rules.definition import Definition, Step
from zhibu.reading import permitted, public

SHOWN = "shown by `procedureKinds` only, which asks"


@public(SHOWN)
@strawberry.type(description="程序所需材料的种类。 A kind of document that a procedure asks for.")
class ProcedureDocumentKind:
    code: str = strawberry.field(description="代码。 Its code.")
    title: str = strawberry.field(description="名称。 What it is called.")


@public(SHOWN)
@strawberry.type(description="程序的一个环节。 One step of a procedure.")
class ProcedureStepKind:
    code: str = strawberry.field(description="代码。 Its code.")
    title: str = strawberry.field(description="名称。 What it is called.")
    by: By = strawberry.field(description="由谁决定。 How it is decided.")
    action: str = strawberry.field(description="所需权限。 The permission it takes.")
    level: list[str] = strawberry.field(description="承办层级。 At which level.")
    documents: list[str] = strawberry.field(description="所需材料。 Documents it needs.")
    limit: str | None = strawberry.field(
        description="办理期限的参数。 Parameter of its time limit."
    )
    superior: str | None = strawberry.field(
        description="上级派员的参数。 Parameter of whether somebody from above attends."
    )
    clause: str | None = strawberry.field(description="条款编号。 The clause it stands for.")


@public(SHOWN)
@strawberry.type(description="某地某日有效的程序。 A procedure as it holds at a place on a day.")
class ProcedureKind:
    name: str = strawberry.field(description="名称代码。 Its name.")
    title: str = strawberry.field(description="名称。 What it is called.")
    open: bool = strawberry.field(
        description="可直接提出（procedurePropose）。 Whether it is proposed as it is."
    )
    single: bool = strawberry.field(
        description="同一对象同时只能有一项。 Whether one is under way about a subject at a time."
    )
    restricted: bool = strawberry.field(description="限制知悉。 Whether not every reader sees it.")
    basis: str = strawberry.field(description="依据。 The document and the steps.")
    since: date = strawberry.field(description="生效日期。 Since when it holds.")
    verified: str = strawberry.field(description="核实程度。 How well it was checked.")
    source: str = strawberry.field(
        description="national 全国规定，override 本机构设定。 National, or set here."
    )
    documents: list[ProcedureDocumentKind] = strawberry.field(description="材料种类。 Documents.")
    steps: list[ProcedureStepKind] = strawberry.field(description="环节，按先后。 Its steps.")


async def _kinds(
    info: strawberry.Info, organization: strawberry.ID | None = None, on: date | None = None
) -> list[ProcedureKind]:
    context = info.context
    context.scope(PARAMETER_READ)  # refuses who is not signed in
    path = await path_of(context, organization)
    return [*_shown(context, path, on or context.today)]


def _shown(context: Any, path: str, on: date) -> Iterator[ProcedureKind]:
    book, owned = context.parameters, context.platform.procedures
    for name in sorted(book.definitions):
        found = held(book, context.switches, name, path, on)
        if found is not None:
            owner = owned.get(name)
            free = owner is None or not (owner.check or owner.decided)
            yield _kind(*found, book.definitions[name].description(context.locale), free, context)


def _kind(
    definition: Definition, value: Value, title: str, free: bool, context: Any
) -> ProcedureKind:
    return ProcedureKind(
        name=definition.name,
        title=title,
        open=free,
        single=definition.single,
        restricted=definition.restricted,
        basis=str(value.basis),
        since=value.since,
        verified=value.verified,
        source=value.source,
        documents=[
            ProcedureDocumentKind(code=each.code, title=_said(each, context))
            for each in definition.documents
        ],
        steps=[_step(step, context) for step in definition.steps],
    )


def _step(step: Step, context: Any) -> ProcedureStepKind:
    return ProcedureStepKind(
        code=step.code,
        title=_said(step, context),
        by=step.by,
        action=step.action,
        level=list(step.level),
        documents=list(step.documents),
        limit=step.limit,
        superior=step.superior,
        clause=step.clause,
    )


def _said(named: Any, context: Any) -> str:
    return str(named.en if context.locale == "en" else named.zh)


@strawberry.type
class ProcedureKindQuery:
    procedure_kinds: list[ProcedureKind] = strawberry.field(
        resolver=_kinds,
        description="某组织某日有效的程序及其环节。 The procedures that hold at a place on a day.",
        metadata=permitted(PARAMETER_READ),
    )
