"""Long work in the schema: asking for a workbook to be taken in or given out, and how far it is."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import strawberry

from zhibu.attachments import service as files
from zhibu.contributions import Graph
from zhibu.core_actions import JOB_READ
from zhibu.errors import Unauthenticated
from zhibu.exporting import SheetNotExported
from zhibu.forms.checking import Mode
from zhibu.graph import Payload, UserError, outside
from zhibu.graph.context import Context
from zhibu.identifiers import global_id, row_of
from zhibu.importing import SheetNotImported, sheet_of
from zhibu.importing.workplace import require_somewhere
from zhibu.jobs import service, store
from zhibu.jobs.errors import ExportPurposeMissing
from zhibu.jobs.rules import JobFacts, State
from zhibu.jobs.workbooks import EXPORT, IMPORT
from zhibu.organizations.public import organization_of
from zhibu.policy.paths import ROOT
from zhibu.reading import Public, permitted, public
from zhibu.reading.errors import PageSizeInvalid
from zhibu.reading.paging import MAXIMUM

OWN = Public("one's own work; another's is shown by `core:job:read`")

strawberry.enum(State, name="JobState", description="后台任务的状态。 Where long work stands.")


@public("shown with its job")
@strawberry.type(description="导入文件中的一处问题。 A finding in an imported workbook.")
class JobFault:
    row: int | None = strawberry.field(description="行号，同 Excel。 Row as Excel shows it.")
    column: str | None = strawberry.field(description="列名。 Heading of the column.")
    severity: str = strawberry.field(description="error 为错误，warning 为提示。 How grave.")
    code: str = strawberry.field(description="稳定的错误代码。 Stable name of the fault.")
    message: str = strawberry.field(description="本地化的说明。 Localized text.")


@public("shown with its job")
@strawberry.type(description="导入或导出的结果。 What an import or an export came to.")
class JobReport:
    rows: int = strawberry.field(description="数据行数。 Rows with something in them.")
    good: int = strawberry.field(description="无误的行数。 Rows without an error.")
    written: bool = strawberry.field(description="已写入。 Whether anything was written.")
    dry_run: bool = strawberry.field(description="仅检查。 Whether it was only checked.")
    created: int = strawberry.field(description="新增条数。 How many are new.")
    updated: int = strawberry.field(description="更新条数。 How many were changed.")
    unchanged: int = strawberry.field(description="未变条数。 How many stood so already.")
    errors: int = strawberry.field(description="错误数。 Findings that keep their row out.")
    warnings: int = strawberry.field(description="提示数。 Findings to look at again.")
    faults: list[JobFault] = strawberry.field(
        description="逐行逐列的问题，最多 500 条。 Findings by row and column, 500 at most."
    )


@public("one's own work, or seen by `core:job:read`: `job` asks")
@strawberry.type(description="后台任务。 Work that outlives the request that asked for it.")
class Job:
    id: strawberry.ID = strawberry.field(description="标识。 Its id.")
    kind: str = strawberry.field(description="import 导入，export 导出。 What it does.")
    state: State = strawberry.field(description="状态。 Where it stands.")
    done: int = strawberry.field(description="已处理行数。 How many rows are done.")
    total: int | None = strawberry.field(description="总行数，未知则为空。 Of how many.")
    created_at: datetime = strawberry.field(description="提交时间。 When it was asked for.")
    started_at: datetime | None = strawberry.field(description="开始时间。 When it began.")
    finished_at: datetime | None = strawberry.field(description="结束时间。 When it ended.")
    attempts: int = strawberry.field(description="已尝试次数。 How often it was begun.")
    next_attempt_at: datetime | None = strawberry.field(
        description="在此时间之前不会执行。 When it is tried again, or begun; at once if null."
    )
    report: JobReport | None = strawberry.field(description="结果。 What came out of it.")
    refusals: list[UserError] = strawberry.field(description="被拒原因。 Why it was refused.")
    reference: str | None = strawberry.field(
        description="内部错误的编号。 Number of an internal failure, for the administrator."
    )
    file: strawberry.ID | None = strawberry.field(
        description="结果文件（提交人 24 小时内可下载）。 The result, for whoever asked, for a day."
    )
    address: str | None = strawberry.field(
        description="结果文件的下载地址。 Where the result is downloaded."
    )


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


@public("the answer to one's own mutation")
@strawberry.type(description="已受理的后台任务。 The work that was asked for.")
class JobPayload(Payload):
    job: Job | None = strawberry.field(default=None, description="任务。 The job.")


async def asked_job(info: strawberry.Info, id: strawberry.ID) -> Job | None:
    context = _signed_in(info.context)
    row = row_of(id, "Job", path=("id",))
    async with context.home.view(context.tenant_id) as session:
        found = await store.job(session, context.tenant_id, row)
    return _shown(found) if found and _may_see(context, found) else None


async def _jobs(info: strawberry.Info, first: int = 20) -> list[Job]:
    context = _signed_in(info.context)
    if not 1 <= first <= MAXIMUM:
        raise PageSizeInvalid(path=("first",), first=first, maximum=MAXIMUM)
    account = context.caller.account_id
    if account is None:
        return []
    async with context.home.view(context.tenant_id) as session:
        found = await store.jobs_of(session, context.tenant_id, account, first)
    return [_shown(job) for job in found if _may_see(context, job)]


@strawberry.type
class JobQuery:
    job: Job | None = strawberry.field(
        resolver=asked_job,
        description="一个后台任务。 One piece of long work.",
        metadata=permitted(OWN),
    )
    jobs: list[Job] = strawberry.field(
        resolver=_jobs,
        description="本人提交的后台任务，最新在前。 One's own long work, the latest first.",
        metadata=permitted(OWN),
    )


@strawberry.type
class JobMutation:
    @outside(permission=Public("each kind of workbook has its own permission, which is asked"))
    async def import_start(self, context: Any, input: ImportStartInput) -> JobPayload:
        """导入已上传的工作簿，在后台进行。 Take in a workbook that was handed in, as a job."""
        context = _signed_in(context)
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
        return JobPayload(job=_shown(job))

    @outside(permission=Public("each kind of workbook has its own permission, which is asked"))
    async def export_start(self, context: Any, input: ExportStartInput) -> JobPayload:
        """导出工作簿，须写明用途，在后台进行。 Give out a workbook, for a purpose, as a job."""
        context = _signed_in(context)
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
            arguments = {
                "sheet": sheet.name,
                "organization": organization.hex if organization else None,
                "purpose": purpose,
            }
            id = await service.enqueue(act, EXPORT, arguments, place)
            job = await service.job_of(act, id)
        return JobPayload(job=_shown(job))


async def _somewhere(context: Context, permission: Any) -> str:
    """Where the caller may do this at all. Raises `Forbidden`, `PluginDisabled`."""
    found = await require_somewhere(context.platform, context.tenant, context.caller, permission)
    return found or ROOT


def _signed_in(context: Any) -> Context:
    if not isinstance(context, Context):
        raise Unauthenticated()
    return context


def _may_see(context: Context, job: JobFacts) -> bool:
    if job.account_id == context.caller.account_id:
        token = job.token_id
        return context.caller.via != "token" or token == context.caller.credential_id
    return context.scope(JOB_READ).covers(job.path, "")


def _shown(job: JobFacts) -> Job:
    outcome = job.outcome or {}
    file = strawberry.ID(global_id("Attachment", job.result_id)) if job.result_id else None
    return Job(
        id=strawberry.ID(global_id("Job", job.id)),
        kind=job.kind,
        state=job.state,
        done=job.done,
        total=job.total,
        created_at=job.created_at,
        started_at=job.started_at,
        finished_at=job.finished_at,
        attempts=job.attempt,
        next_attempt_at=job.not_before if job.state is State.WAITING else None,
        report=_report(outcome) if "rows" in outcome else None,
        refusals=[UserError(basis=None, **refusal) for refusal in outcome.get("errors", ())]
        if job.state is State.REFUSED
        else [],
        reference=outcome.get("reference"),
        file=file,
        address=f"/files/{file}" if file else None,
    )


def _report(outcome: Mapping[str, Any]) -> JobReport:
    rows = outcome["rows"]
    return JobReport(
        rows=rows,
        good=outcome.get("good", rows),
        written=outcome.get("written", False),
        dry_run=outcome.get("dry_run", False),
        created=outcome.get("created", 0),
        updated=outcome.get("updated", 0),
        unchanged=outcome.get("unchanged", 0),
        errors=outcome.get("errors", 0),
        warnings=outcome.get("warnings", 0),
        faults=[JobFault(**fault) for fault in outcome.get("faults", ())],
    )


GRAPH = Graph(query=JobQuery, mutation=JobMutation)
