"""Second factors in the schema."""

from typing import Any

import strawberry

from zhibu.accounts.graph import inputs
from zhibu.accounts.graph.asking import asker_of
from zhibu.accounts.graph.payloads import (
    AccountPayload,
    DonePayload,
    RecoveryCodesPayload,
    SecondFactorEnrolPayload,
    SecondFactorPayload,
)
from zhibu.accounts.service import factors
from zhibu.act import Act
from zhibu.core_actions import FACTOR_RESET
from zhibu.graph import mutation, outside
from zhibu.identifiers import row_of
from zhibu.reading import Public

OWN = Public("one's own second factor")


@strawberry.type
class FactorMutation:
    @outside(permission=OWN)
    async def second_factor_enrol(
        self, context: Any, input: inputs.SecondFactorEnrolInput
    ) -> SecondFactorEnrolPayload:
        """登记第二因素：返回供动态口令应用扫描的二维码。 Begin: what an authenticator scans."""
        found = await factors.enrol(context.platform, asker_of(context), password=input.password)
        return SecondFactorEnrolPayload(
            setup_key=found.secret, address=found.address, picture=found.picture
        )

    @outside(permission=OWN)
    async def second_factor_confirm(
        self, context: Any, input: inputs.SecondFactorCodeInput
    ) -> SecondFactorPayload:
        """用设备上的动态码完成登记，返回恢复码和新会话。 Complete it: answers recovery codes."""
        found = await factors.confirm(context.platform, asker_of(context), code=input.code)
        return _renewed(context, found.session, list(found.codes))

    @outside(permission=OWN)
    async def second_factor_prove(
        self, context: Any, input: inputs.SecondFactorCodeInput
    ) -> SecondFactorPayload:
        """验证第二因素：会话换用新的凭据。 Prove it anew: the session's token changes."""
        found = await factors.prove(context.platform, asker_of(context), code=input.code)
        return _renewed(context, found)

    @outside(permission=OWN)
    async def second_factor_remove(
        self, context: Any, input: inputs.SecondFactorRemoveInput
    ) -> DonePayload:
        """取消自己的第二因素。 Give up one's second factor; other sessions end."""
        await factors.remove(
            context.platform, asker_of(context), password=input.password, code=input.code
        )
        return DonePayload(done=True)

    @outside(permission=OWN)
    async def recovery_codes_renew(
        self, context: Any, input: inputs.SecondFactorCodeInput
    ) -> RecoveryCodesPayload:
        """更换恢复码，原有的作废。 New recovery codes; the former ones serve no more."""
        codes = await factors.renew_codes(context.platform, asker_of(context), code=input.code)
        return RecoveryCodesPayload(recovery_codes=list(codes))

    @mutation(permission=FACTOR_RESET)
    async def second_factor_reset(
        self, act: Act, input: inputs.SecondFactorResetInput
    ) -> AccountPayload:
        """重置他人遗失的第二因素，其会话结束。 Take a lost one off an account; sessions end."""
        account = row_of(input.account, "Account", path=("account",))
        return AccountPayload(row=(await factors.reset(act, account, reason=input.reason)).id)


def _renewed(
    context: Any, session: factors.Renewed, codes: list[str] | None = None
) -> SecondFactorPayload:
    context.renewed = session.text, session.expires_at  # the cookie of a browser follows
    return SecondFactorPayload(
        token=session.text,
        expires_at=session.expires_at,
        proven_until=session.proven_until,
        recovery_codes=codes,
    )
