"""Linking an account to whom a sign-in service knows, and taking that back."""

from collections.abc import Collection
from hashlib import sha256
from uuid import UUID

from zhibu.accounts import store
from zhibu.accounts.errors import (
    IdentityInvalid,
    IdentityLinked,
    IdentityOfAdministrator,
    OwnAccount,
    ProviderUnknown,
)
from zhibu.accounts.notices import changed
from zhibu.accounts.proving import Use, require_proof
from zhibu.accounts.public import IDENTITY_LINKED, IDENTITY_UNLINKED
from zhibu.accounts.rules.accounts import AccountFacts, require_enabled
from zhibu.accounts.rules.identities import LONGEST, IdentityFacts
from zhibu.accounts.rules.logins import shown
from zhibu.accounts.service.loading import account_for, place_of, watches
from zhibu.act import Act
from zhibu.core_actions import ACCOUNT_READ, IDENTITY_LINK
from zhibu.errors import NotFound
from zhibu.identifiers import new_id
from zhibu.storage.encryption import Keyring


async def link(
    act: Act, account_id: UUID, *, provider: str, subject: str, known: Collection[str]
) -> IdentityFacts:
    """Let whom the service knows by this subject sign in as the account.

    `known` are the services of this institution. Linking the same again changes nothing. Whoever
    links decides who comes in, so administrators, who watch each other, are linked by the operator.
    """
    account = await account_for(act, account_id, IDENTITY_LINK, lock=True)
    require_proof(act, Use.GRANT, place_of(account))
    if account.id == act.caller.account_id:
        raise OwnAccount(path=("account",))
    require_enabled(account)
    if act.caller.account_id is not None and await watches(act, account):
        raise IdentityOfAdministrator(path=("account",), login=shown(account.login))
    if provider not in known:
        raise ProviderUnknown(path=("provider",), provider=provider, known=sorted(known))
    if not 0 < len(subject.strip()) <= LONGEST:
        raise IdentityInvalid(path=("subject",), maximum=LONGEST)
    identity = IdentityFacts(
        id=new_id(),
        account_id=account.id,
        provider=provider,
        index=index_of(act.keyring, act.tenant_id, subject.strip()),
        masked=shown(subject.strip()),
    )
    if await store.identities.add(act.session, act.tenant_id, identity, act.now):
        facts = {"provider": identity.provider, "subject": identity.masked}
        await changed(act, account, IDENTITY_LINKED, **facts)
        return identity
    held = await store.identities.account_of(act.session, act.tenant_id, provider, identity.index)
    other = await store.accounts.account(act.session, act.tenant_id, held) if held else None
    if other is None or other.id != account.id:
        raise IdentityLinked(path=("subject",), login=shown(other.login) if other else "—")
    return identity


async def unlink(act: Act, id: UUID) -> AccountFacts:
    """Take a link back; sessions of the account that came through the service end."""
    identity = await store.identities.find(act.session, act.tenant_id, id)
    if identity is None:
        raise NotFound()
    account = await account_for(act, identity.account_id, ACCOUNT_READ, lock=True)
    act.require(IDENTITY_LINK, place_of(account), account.member_id, seen_by=ACCOUNT_READ)
    await store.identities.remove(act.session, act.tenant_id, id)
    await store.sessions.end_all_by(
        act.session, act.tenant_id, identity.provider, act.now, account_id=account.id
    )
    facts = {"provider": identity.provider, "subject": identity.masked}
    await changed(act, account, IDENTITY_UNLINKED, **facts)
    return account


def index_of(keyring: Keyring, tenant_id: UUID, subject: str) -> bytes:
    """What is kept of a subject. It is hashed first, since services tell cases apart."""
    exact = sha256(subject.encode()).hexdigest()
    return keyring.index(tenant_id, "core_identity.subject", exact)
