"""Changing checks of members' files."""

import strawberry

from zhibu.act import Act
from zhibu.graph import Payload, mutation, written
from zhibu.graph.inputs import row
from zhibu.reading import public
from zhibu_discipline import actions
from zhibu_discipline.graph.files import inputs
from zhibu_discipline.graph.files.types import DisciplineFileCheck
from zhibu_discipline.service import files

KIND = "DisciplineFileCheck"


@public("the answer to one's own mutation")
@strawberry.type(description="档案核查的结果。 What became of a check.")
class DisciplineFileCheckPayload(Payload):
    check: DisciplineFileCheck | None = written(DisciplineFileCheck)


@strawberry.type
class DisciplineFileMutation:
    @mutation(permission=actions.FILE_CHECK)
    async def discipline_file_check(
        self, act: Act, input: inputs.DisciplineFileCheckInput
    ) -> DisciplineFileCheckPayload:
        """登记档案核查，取代上一次。 Enter a check; it takes the place of the last one."""
        member = row(input.member, "Member", "member")
        made = await files.check(act, member, input.checklist.checking())
        return DisciplineFileCheckPayload(row=made)

    @mutation(permission=actions.FILE_CHECK)
    async def discipline_file_correct(
        self, act: Act, input: inputs.DisciplineFileCorrectInput
    ) -> DisciplineFileCheckPayload:
        """更正核查，补正情况重新登记。 Put it right; what was made good is recorded anew."""
        id = row(input.check, KIND, "check")
        given, why = input.checklist.checking(), input.reason
        await files.correct(act, id, given, reason=why, version=input.version)
        return DisciplineFileCheckPayload(row=id)

    @mutation(permission=actions.FILE_CHECK)
    async def discipline_file_repair(
        self, act: Act, input: inputs.DisciplineFileRepairInput
    ) -> DisciplineFileCheckPayload:
        """登记缺少的已补齐，或存疑的已核实。 A document was made good, or proved genuine."""
        id = row(input.check, KIND, "check")
        await files.repair(
            act,
            id,
            input.document,
            how=input.how,
            on=input.on,
            asked=input.asked,
            version=input.version,
        )
        return DisciplineFileCheckPayload(row=id)

    @mutation(permission=actions.FILE_CHECK)
    async def discipline_file_keep(
        self, act: Act, input: inputs.DisciplineFileKeepInput
    ) -> DisciplineFileCheckPayload:
        """登记档案由谁保管。 Record who keeps the file."""
        id = row(input.check, KIND, "check")
        await files.keep(act, id, input.keeping(), version=input.version)
        return DisciplineFileCheckPayload(row=id)

    @mutation(permission=actions.FILE_CHECK)
    async def discipline_file_withdraw(
        self, act: Act, input: inputs.DisciplineFileWithdrawInput
    ) -> DisciplineFileCheckPayload:
        """撤回误登的核查，上一次恢复有效。 Take a slip back; the check before it counts again."""
        id = row(input.check, KIND, "check")
        await files.withdraw(act, id, reason=input.reason, version=input.version)
        return DisciplineFileCheckPayload(row=id)
