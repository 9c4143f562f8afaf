"""Taking a lost second factor off an account that is not one's own."""

from uuid import UUID

from zhibu.accounts import store
from zhibu.accounts.errors import FactorAbsent, OwnAccount, ReasonMissing
from zhibu.accounts.notices import changed
from zhibu.accounts.proving import Use, require_proof
from zhibu.accounts.public import FACTOR_RESET
from zhibu.accounts.rules.accounts import AccountFacts
from zhibu.accounts.service.loading import account_for, place_of
from zhibu.accounts.service.sessions import end_sessions_of
from zhibu.act import Act
from zhibu.core_actions import FACTOR_RESET as RESET


async def reset(act: Act, account_id: UUID, *, reason: str) -> AccountFacts:
    """Remove it, with a reason for the ledger; every session of the account ends."""
    account = await account_for(act, account_id, RESET, lock=True)
    require_proof(act, Use.RESET, place_of(account))
    if account.id == act.caller.account_id:
        raise OwnAccount(path=("account",))
    if not reason.strip():
        raise ReasonMissing(path=("reason",))
    if not await store.factors.remove(act.session, act.tenant_id, account.id):
        raise FactorAbsent(path=("account",))
    await end_sessions_of(act, account)
    await changed(act, account, FACTOR_RESET, reason=reason.strip())
    return account
