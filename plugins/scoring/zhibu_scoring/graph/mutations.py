"""Changing points."""

import strawberry

from zhibu.act import Act
from zhibu.graph import mutation
from zhibu.graph.inputs import row
from zhibu.identifiers import global_id
from zhibu_scoring import actions
from zhibu_scoring.graph import inputs, payloads
from zhibu_scoring.service import deciding, entries, exemptions, facts, sweeping


@strawberry.type
class ScoringMutation:
    @mutation(permission=actions.DECLARE)
    async def scoring_entry_declare(
        self, act: Act, input: inputs.ScoringEntryDeclareInput
    ) -> payloads.ScoringEntryPayload:
        """申报记分，经他人审核认定后计入。 Declare points; they count once approved."""
        return payloads.ScoringEntryPayload(row=await entries.declare(act, input.entry()))

    @mutation(permission=actions.DECIDE)
    async def scoring_entry_approve(
        self, act: Act, input: inputs.ScoringEntryApproveInput
    ) -> payloads.ScoringEntriesPayload:
        """认定记分；本人和申报人不得认定。 Approve what others declared of others."""
        ids = [row(entry, "ScoringEntry", "entries") for entry in input.entries]
        await deciding.approve(act, ids)
        return payloads.ScoringEntriesPayload(count=len({*ids}))

    @mutation(permission=actions.DECIDE)
    async def scoring_entry_refuse(
        self, act: Act, input: inputs.ScoringEntryRefuseInput
    ) -> payloads.ScoringEntryPayload:
        """不予认定，须说明理由。 Refuse what was declared, with a reason."""
        entry = row(input.entry, "ScoringEntry", "entry")
        await deciding.refuse_entry(act, entry, reason=input.reason)
        return payloads.ScoringEntryPayload(row=entry)

    @mutation(permission=actions.DECLARE)
    async def scoring_entry_withdraw(
        self, act: Act, input: inputs.ScoringEntryWithdrawInput
    ) -> payloads.ScoringEntryPayload:
        """撤回自己尚未审核的申报。 Take back what one declared, while nobody decided."""
        entry = row(input.entry, "ScoringEntry", "entry")
        await entries.withdraw(act, entry, reason=input.reason)
        return payloads.ScoringEntryPayload(row=entry)

    @mutation(permission=actions.DECLARE)
    async def scoring_entry_reverse(
        self, act: Act, input: inputs.ScoringEntryReverseInput
    ) -> payloads.ScoringEntryPayload:
        """申请冲销已认定的记分，同样须经审核。 Ask that an entry be taken back by a second one."""
        entry = row(input.entry, "ScoringEntry", "entry")
        return payloads.ScoringEntryPayload(
            row=await entries.reverse(act, entry, reason=input.reason)
        )

    @mutation(permission=actions.EXEMPT)
    async def scoring_exempt(
        self, act: Act, input: inputs.ScoringExemptInput
    ) -> payloads.ScoringExemptionPayload:
        """征求本人意愿后不列入积分考核。 Leave a member out, having asked."""
        return payloads.ScoringExemptionPayload(row=await exemptions.grant(act, input.wanted()))

    @mutation(permission=actions.EXEMPT)
    async def scoring_exemption_end(
        self, act: Act, input: inputs.ScoringExemptionEndInput
    ) -> payloads.ScoringExemptionPayload:
        """恢复积分考核，或撤销误办。 End an exemption, or take a slip back."""
        exemption = row(input.exemption, "ScoringExemption", "exemption")
        await exemptions.end(act, exemption, input.last_year, reason=input.reason)
        return payloads.ScoringExemptionPayload(row=exemption)

    @mutation(permission=actions.FACT)
    async def scoring_fact_record(
        self, act: Act, input: inputs.ScoringFactRecordInput
    ) -> payloads.ScoringFactPayload:
        """登记表彰或处分，并据此建议记分。 Record a decision of others; its points are proposed."""
        return payloads.ScoringFactPayload(row=await facts.record(act, input.fact()))

    @mutation(permission=actions.FACT)
    async def scoring_fact_void(
        self, act: Act, input: inputs.ScoringFactVoidInput
    ) -> payloads.ScoringFactPayload:
        """撤销误登的表彰或处分。 Take back a fact that was recorded by mistake."""
        fact = row(input.fact, "ScoringFact", "fact")
        return payloads.ScoringFactPayload(row=await facts.void(act, fact, reason=input.reason))

    @mutation(permission=actions.PROPOSE)
    async def scoring_propose(
        self, act: Act, input: inputs.ScoringProposeInput
    ) -> payloads.ScoringProposePayload:
        """按考勤、党费、表彰、处分记录建议记分。 Propose what is recorded elsewhere."""
        unit = row(input.organization, "Organization", "organization")
        found, job = await sweeping.ask(act, unit, input.year)
        return payloads.ScoringProposePayload(
            proposed=found.proposed,
            withdrawn=found.withdrawn,
            reversed=found.reversed,
            job=None if job is None else strawberry.ID(global_id("Job", job)),
        )
