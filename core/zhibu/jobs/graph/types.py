"""What a job looks like in the schema."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import strawberry

from zhibu.graph import Payload, UserError
from zhibu.graph.context import Context
from zhibu.identifiers import global_id
from zhibu.jobs.rules import JobFacts, State
from zhibu.reading import public

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
    summary: str | None = strawberry.field(description="结果摘要。 What came out of it, in words.")
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


@public("the answer to one's own mutation")
@strawberry.type(description="已受理的后台任务。 The work that was asked for.")
class JobPayload(Payload):
    job: Job | None = strawberry.field(default=None, description="任务。 The job.")


def shown(context: Context, job: JobFacts) -> Job:
    """A job, in the language of whoever asks."""
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
        summary=_summary(context, job),
        report=_report(outcome) if "rows" in outcome else None,
        refusals=[UserError(basis=None, **refusal) for refusal in outcome.get("errors", ())]
        if job.state is State.REFUSED
        else [],
        reference=outcome.get("reference"),
        file=file,
        address=f"/files/{file}" if file else None,
    )


def _summary(context: Context, job: JobFacts) -> str | None:
    if job.state is not State.SUCCEEDED:
        return None
    texts, zone = context.platform.texts, context.tenant.zone
    return texts.filled("outcomes", job.kind, job.outcome or {}, context.locale, zone)


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
