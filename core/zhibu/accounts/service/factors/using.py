"""Using a code: each serves once, whoever else comes with it at the same moment."""

from uuid import UUID

from zhibu.accounts import factors, store
from zhibu.accounts.rules.accounts import AccountFacts
from zhibu.accounts.rules.factors import RECOVERY_CODES, FactorFacts, from_device, plain
from zhibu.act import Act
from zhibu.storage.encryption import Place


async def used(act: Act, account: AccountFacts, factor: FactorFacts, code: str) -> bool:
    """Whether the code is the account's and was not used yet; now it is.

    Of a factor that is being enrolled only its device counts.
    """
    session, tenant_id = act.session, act.tenant_id
    given = plain(code)
    if from_device(given):
        step = factors.step_of(opened(act, account.id, factor), given, act.now)
        return step is not None and await store.factors.use_step(
            session, tenant_id, account.id, step
        )
    digest = _digest(act, account.id, given)
    return factor.confirmed_at is not None and await store.factors.use_code(
        session, tenant_id, account.id, digest, act.now
    )


def sealed(act: Act, account_id: UUID, secret: str) -> bytes:
    """The secret of a factor as it is kept."""
    return act.keyring.seal(_place(act, account_id), secret)


def opened(act: Act, account_id: UUID, factor: FactorFacts) -> str:
    """The secret of a factor in clear."""
    return act.keyring.open(_place(act, account_id), factor.sealed)


async def new_codes(act: Act, account_id: UUID) -> list[str]:
    """Recovery codes instead of the former ones; shown once, kept as digests."""
    codes = [factors.recovery_code() for _ in range(RECOVERY_CODES)]
    digests = [_digest(act, account_id, plain(code)) for code in codes]
    await store.factors.put_codes(act.session, act.tenant_id, account_id, digests)
    return codes


def _digest(act: Act, account_id: UUID, code: str) -> bytes:
    said = f"{account_id.hex} {code}"
    return act.keyring.index(act.tenant_id, "core_recovery_code.digest", said)


def _place(act: Act, account_id: UUID) -> Place:
    return Place(act.tenant_id, "core_factor", "secret_sealed", account_id)
