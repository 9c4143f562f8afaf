"""Asking for workbooks to be taken in or given out."""

from typing import Any

import strawberry

from zhibu.accounts.proving import Use, require_proof
from zhibu.attachments import service as files
from zhibu.exporting import SheetNotExported
from zhibu.forms.checking import Mode
from zhibu.graph import outside
from zhibu.graph.context import Context
from zhibu.identifiers import row_of
from zhibu.importing import SheetNotImported, sheet_of
from zhibu.importing.workplace import require_somewhere
from zhibu.jobs import service
from zhibu.jobs.errors import ExportPurposeMissing
from zhibu.jobs.graph.queries import signed_in
from zhibu.jobs.graph.types import JobPayload, shown
from zhibu.jobs.workbooks import EXPORT, IMPORT
from zhibu.organizations.public import organization_of
from zhibu.policy.paths import ROOT
from zhibu.reading import Public


@strawberry.input(description="导入工作簿。 Taking in a workbook.")
class ImportStartInput:
    kind: str = strawberry.field(description="表的种类，如 members。 Kind of workbook.")
    file: strawberry.ID = strawberry.field(description="已上传的附件。 The file handed in before.")
    good_rows: bool = strawberry.field(
        default=False, description="跳过有误的行，写入其余。 Write the good rows of a faulty file."
    )
    dry_run: bool = strawberry.field(default=False, description="只检查不写入。 Check only.")


@strawberry.input(description="导出工作簿。 Giving out a workbook.")
class ExportStartInput:
    kind: str = strawberry.field(description="表的种类，如 members。 Kind of workbook.")
    organization: strawberry.ID | None = strawberry.field(
        default=None, description="限于该组织及其下级。 This organization and below; all if null."
    )
    purpose: str = strawberry.field(
        description="用途，印在页脚并记入台账。 What for: printed on it, and kept in the ledger."
    )


@strawberry.input(description="再次执行任务。 Doing a job again.")
class JobRepeatInput:
    job: strawberry.ID = strawberry.field(
        description="失败或中断的任务。 The job that ended badly."
    )


@strawberry.type
class JobMutation:
    @outside(permission=Public("each kind of workbook has its own permission, which is asked"))
    async def import_start(self, context: Any, input: ImportStartInput) -> JobPayload:
        """导入已上传的工作簿，在后台进行。 Take in a workbook that was handed in, as a job."""
        context = signed_in(context)
        sheet = sheet_of(context.platform, input.kind)
        if sheet.write is None:
            raise SheetNotImported(path=("kind",), sheet=sheet.name)
        place = await _somewhere(context, sheet.permission)
        arguments = {
            "sheet": sheet.name,
            "mode": str(Mode.GOOD_ROWS if input.good_rows else Mode.ALL_OR_NOTHING),
            "dry_run": input.dry_run,
            "locale": context.locale,
        }
        source = row_of(input.file, "Attachment", path=("file",))
        async with context.act() as act:
            await files.seen(act, source)
            id = await service.enqueue(act, IMPORT, arguments, place, source_id=source)
            job = await service.job_of(act, id)
        return JobPayload(job=shown(context, job))

    @outside(permission=Public("each kind of workbook has its own permission, which is asked"))
    async def export_start(self, context: Any, input: ExportStartInput) -> JobPayload:
        """导出工作簿，须写明用途，在后台进行。 Give out a workbook, for a purpose, as a job."""
        context = signed_in(context)
        sheet = sheet_of(context.platform, input.kind)
        if sheet.read is None:
            raise SheetNotExported(path=("kind",), sheet=sheet.name)
        purpose = input.purpose.strip()
        if not purpose:
            raise ExportPurposeMissing(path=("purpose",))
        place = await _somewhere(context, sheet.permission)
        unit = input.organization
        organization = row_of(unit, "Organization", path=("organization",)) if unit else None
        async with context.act() as act:
            if organization is not None:
                place = (await organization_of(act, organization)).path
            require_proof(act, Use.EXPORT, place)
            arguments = {
                "sheet": sheet.name,
                "organization": organization.hex if organization else None,
                "purpose": purpose,
            }
            id = await service.enqueue(act, EXPORT, arguments, place)
            job = await service.job_of(act, id)
        return JobPayload(job=shown(context, job))

    @outside(permission=Public("one's own work, which asks the policy again when it runs"))
    async def job_repeat(self, context: Any, input: JobRepeatInput) -> JobPayload:
        """再次执行本人失败或中断的任务。 Do one's own work again that failed or was interrupted."""
        context = signed_in(context)
        works = context.platform.jobs.works
        async with context.act() as act:
            id = await service.again(act, works, row_of(input.job, "Job", path=("job",)))
            job = await service.job_of(act, id)
        return JobPayload(job=shown(context, job))


async def _somewhere(context: Context, permission: Any) -> str:
    """Where the caller may do this at all. Raises `Forbidden`, `PluginDisabled`."""
    found = await require_somewhere(context.platform, context.tenant, context.caller, permission)
    return found or ROOT
