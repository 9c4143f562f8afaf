"""Entries and exemptions, as the schema shows them."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import strawberry

from zhibu.accounts.reads import name_of
from zhibu.identifiers import global_id
from zhibu.members.graph import MemberType
from zhibu.reading import Node, column, computed, entity, expression, to_one
from zhibu_scoring import actions
from zhibu_scoring.graph.words import FactKind, Ground, Part, State
from zhibu_scoring.reads import ENTRY, EXEMPTION, FACT, homes


def _member(row: Any, target: Any) -> Any:
    return target.c.id == row.c.member_id


def _names(rows: list[dict[str, Any]], env: Any) -> list[list[str]]:
    return [(row["witnesses"] or "").splitlines() for row in rows]


def _sources(rows: list[dict[str, Any]], env: Any) -> list[str | None]:
    return [global_id(row["kind"], row["row"]) if row["row"] else None for row in rows]


@entity(ENTRY, permission=actions.READ, path=homes.path_of_home, seen=homes.seen)
@strawberry.type(description="一笔记分；经审核认定后才计入。 Points; they count once approved.")
class ScoringEntry(Node):
    year: int = column(description="考核年度。 The year.")
    part: Part = column(description="部分。 Part of the scheme.")
    item: str = column(description="项目代码。 Code of the item.")
    number: int = column(description="项目在考核表中的序号。 The item's number on the sheet.")
    name: str = column(description="项目名称。 What the item is called.")
    points: Decimal = column(
        description="分值，方向由部分决定；冲销的方向相反。 Points; the part says which way."
    )
    happened_on: date = column(description="发生日期。 The day it happened.")
    description: str = column(description="事由；冲销的为理由。 What happened, or why reversed.")
    material: str | None = column(description="证明材料。 The material it rests on.")
    witnesses: list[str] = computed(
        _names,
        needs={"witnesses": lambda row, env: row.c.witnesses},
        description="证明人。 The witnesses it rests on.",
    )
    late_reason: str | None = column(description="逾期申报的原因。 Why it was declared late.")
    basis: str = column(description="依据。 Document, article and what the item is worth.")
    state: State = column(description="状态。 State.")
    declared_by: str | None = expression(
        name_of("declared_by"), description="申报人。 Who declared it."
    )
    declared_at: datetime = column(description="申报时间。 When it was declared.")
    decided_by: str | None = expression(
        name_of("decided_by"), description="审核人或撤回人。 Who decided or withdrew it."
    )
    decided_on: date | None = column(description="审核日期。 When.")
    decision_reason: str | None = column(description="不予认定或撤回的理由。 Why not.")
    reverses: strawberry.ID | None = column(
        "reverses_id", kind="ScoringEntry", description="所冲销的记分。 What it takes back."
    )
    source_kind: str | None = column(
        description="所依据记录的种类；人工申报的为空。 What kind of record proposed it."
    )
    source: strawberry.ID | None = computed(
        _sources,
        needs={
            "kind": lambda row, env: row.c.source_kind,
            "row": lambda row, env: row.c.source_id,
        },
        description="所依据记录的编号。 The id of that record, where there is one.",
    )
    source_says: str | None = column(
        description="所依据的记录更正后的内容；与申报时一致的为空。 What that record says now."
    )
    source_changed_on: date | None = column(
        description="发现记录已更正的日期。 When it was found to have been put right."
    )
    member_name: str = expression(
        lambda row, env: homes.name_of_member(row), description="姓名。 The member's name."
    )
    member: MemberType | None = to_one(_member, description="党员。 The member.")


@entity(EXEMPTION, permission=actions.READ, path=homes.path_of_first, seen=homes.first_seen)
@strawberry.type(description="不列入积分考核。 A member who is left out, having been asked.")
class ScoringExemption(Node):
    ground: Ground = column(description="原因。 Why.")
    first_year: int = column(description="自该年度起。 The first year.")
    last_year: int | None = column(description="至该年度止；空为长期。 The last year, if any.")
    consent: str = column(description="征求本人意愿的情况。 How the member was asked.")
    consented_on: date = column(description="征求意愿的日期。 When.")
    granted_by: str | None = expression(
        name_of("granted_by"), description="办理人。 Who entered it."
    )
    granted_on: date = column(description="办理日期。 When it was entered.")
    ended_on: date | None = column(description="办理结束的日期。 When it was ended.")
    end_reason: str | None = column(description="结束的原因。 Why it was ended.")
    member: MemberType | None = to_one(_member, description="党员。 The member.")


@entity(FACT, permission=actions.READ, path=homes.path_of_decided, seen=homes.decided_seen)
@strawberry.type(description="表彰或处分；据此建议记分。 An honour or a punishment.")
class ScoringFact(Node):
    kind: FactKind = column(description="种类。 Kind.")
    title: str = column(description="名称。 What was decided.")
    document: str = column(description="文号。 The document of the decision.")
    decided_on: date = column(description="决定日期。 When it was decided.")
    recorded_by: str | None = expression(
        name_of("recorded_by"), description="登记人。 Who recorded it."
    )
    recorded_on: date = column(description="登记日期。 When.")
    voided_on: date | None = column(description="撤销登记的日期。 When it was taken back.")
    void_reason: str | None = column(description="撤销登记的理由。 Why.")
    member: MemberType | None = to_one(_member, description="党员。 The member.")
