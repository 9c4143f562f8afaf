"""A check of a member's file, as the schema shows it."""

from datetime import date
from typing import Any

import strawberry

from zhibu.accounts.reads import name_of
from zhibu.members.graph import MemberType
from zhibu.members.reads import path_of_member
from zhibu.organizations.graph import OrganizationName
from zhibu.reading import Node, Public, column, entity, expression, to_many, to_one
from zhibu_discipline import actions
from zhibu_discipline.graph.words import Condition, Custody, FileState
from zhibu_discipline.reads import cases, files

WITH_CHECK = "whoever sees a check sees of which branch it is"


def _of(name: str) -> Any:
    return lambda row, target: target.c.id == row.c[name]


@entity(files.DOCUMENT, permission=Public("shown with its check only"))
@strawberry.type(description="一份档案材料的核查。 How one document was found.")
class DisciplineFileDocument(Node):
    document: str = column(description="材料（代码，见 discipline.file_documents）。 Its code.")
    name: str = column(description="材料名称。 Its name.")
    condition: Condition = column(description="核查情况。 How it was found.")
    note: str | None = column(description="问题说明。 What is wrong with it.")
    asked: str | None = column(description="已联系的发出单位。 The organization that was asked.")
    repaired_on: date | None = column(description="补正日期。 When it was made good.")
    repair: str | None = column(description="补正情况。 How.")
    repaired_by: str | None = expression(
        name_of("repaired_by"), description="补正登记人。 Who says so."
    )


@entity(files.CHECK, permission=actions.FILE_READ, path=path_of_member, seen=files.seen)
@strawberry.type(description="党员档案核查。 What was found of a member's file, and who keeps it.")
class DisciplineFileCheck(Node):
    name: str = expression(cases.name, description="党员姓名。 The member's name.")
    state: FileState = column(description="是否有效。 Whether it is the check that counts.")
    checked_on: date = column(description="核查日期。 When the file was looked at.")
    checker: str = column(description="核查人。 By whom.")
    evidence: str = column(description="核查依据。 What it rests on.")
    entered_by: str | None = expression(name_of("entered_by"), description="登记人。 Who says so.")
    custody: Custody | None = column(description="档案存放方式。 Where the file is kept.")
    custodian: str | None = column(description="保管单位。 Who keeps it.")
    compiled_on: date | None = column(description="党员档案建立日期。 When one was compiled.")
    missing: int = column(description="缺少而未补齐的材料数。 How many documents still lack.")
    doubtful: int = column(description="存疑而未核实的材料数。 How many are still doubted.")
    repair_by: date | None = column(description="应补齐日期。 By when it is made good.")
    completed_on: date | None = column(description="齐全日期。 Since when nothing lacks.")
    correction: str | None = column(description="更正理由。 Why it was put right.")
    withdrawn_reason: str | None = column(description="撤回理由。 Why it was taken back.")
    version: int = column(description="版本。 Grows with every change.")
    documents: list[DisciplineFileDocument] = to_many(
        lambda row, target: target.c.check_id == row.c.id,
        order_by=lambda target: [target.c.position],
        limit=50,
        description="逐份材料。 Document by document.",
    )
    member: MemberType | None = to_one(_of("member_id"), description="党员。 The member.")
    organization: OrganizationName = to_one(
        _of("organization_id"),
        shown_with_parent=WITH_CHECK,
        description="核查时的党支部。 The branch then.",
    )
