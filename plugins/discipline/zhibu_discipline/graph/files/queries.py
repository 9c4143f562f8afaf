"""Asking for checks of members' files, and for the documents that a file must have."""

from datetime import date
from typing import Any

import strawberry

from zhibu.graph.fields import resolved
from zhibu.graph.inputs import row, told
from zhibu.reading import Connection, connection, public
from zhibu_discipline import actions
from zhibu_discipline.graph.files.types import DisciplineFileCheck
from zhibu_discipline.graph.words import FileState
from zhibu_discipline.reads import files
from zhibu_discipline.service.files import documents_at

Info = strawberry.Info[Any]


@public("the answer of a rule, about nobody in the register")
@strawberry.type(description="档案应有的材料。 A document that a file must have on a day.")
class DisciplineFileDocumentWanted:
    code: str = strawberry.field(description="代码。 Its code.")
    zh: str = strawberry.field(description="中文。 In Chinese.")
    en: str = strawberry.field(description="英文。 In English.")
    clause: str = strawberry.field(description="条款。 The clause.")


@strawberry.input(description="档案核查的筛选条件。 What the checks must be.")
class DisciplineFileCheckFilter:
    state: FileState | None = told("只看有效的，或其余的。 Only in this state.", None)
    member: strawberry.ID | None = told("只看该党员。 Only this member's.", None)
    incomplete: bool | None = told("只看不齐全的，或其余的。 Only what lacks, or not.", None)
    doubtful: bool | None = told("只看有存疑材料的，或其余的。 Only what is doubted, or not.", None)


@strawberry.type
class DisciplineFileQuery:
    @connection(
        where=files.inside,
        order=lambda row: [row.c.checked_on.desc(), row.c.id],
        filters={
            "filter.state": lambda row, args, env: row.c.state == args.bind("filter.state"),
            "filter.member": lambda row, args, env: (
                row.c.member_id == args.row("filter.member", "Member")
            ),
            "filter.incomplete": lambda row, args, env: (
                files.is_incomplete(row) == args.bind("filter.incomplete")
            ),
            "filter.doubtful": lambda row, args, env: (
                files.is_doubtful(row) == args.bind("filter.doubtful")
            ),
        },
    )
    def discipline_file_checks(
        self,
        organization: strawberry.ID,
        first: int,
        after: str | None = None,
        offset: int | None = None,
        filter: DisciplineFileCheckFilter | None = None,
    ) -> Connection[DisciplineFileCheck]:
        """本组织及下级的党员档案核查，最近的在前。 Checks of members' files here and below."""

    @resolved("某日档案应有的材料。 What a file must have on a day.", actions.FILE_READ)
    async def discipline_file_documents(
        self, info: Info, organization: strawberry.ID, on: date | None = None
    ) -> list[DisciplineFileDocumentWanted]:
        async with info.context.act() as act:
            unit = row(organization, "Organization", "organization")
            return [
                DisciplineFileDocumentWanted(
                    code=each.code, zh=each.zh, en=each.en, clause=each.clause
                )
                for each in await documents_at(act, unit, on)
            ]
