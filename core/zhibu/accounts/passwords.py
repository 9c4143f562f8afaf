"""Passwords are kept as argon2id hashes and checked beside the event loop."""

import asyncio
import os
from base64 import b64encode
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Self, TypeVar

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError

from zhibu.accounts.breaches import Breaches
from zhibu.accounts.errors import PasswordBreached, SignInBusy
from zhibu.settings import Settings

R = TypeVar("R")

_SALT, _HASH = 16, 32


class Passwords:
    """Hashes and verifies. One per process; `close` ends its threads.

    `threads` work at a time and `waiting` more may wait: a wave of sign-ins takes neither every
    processor nor all the memory, and whoever comes beyond that is told to come again.
    """

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """As the installation says."""
        return cls(
            time_cost=settings.password_passes,
            memory_kib=settings.password_memory,
            parallelism=settings.password_lanes,
            threads=settings.password_threads,
            waiting=settings.password_waiting,
            breaches=Breaches(settings.breached_passwords),
        )

    def __init__(
        self,
        *,
        time_cost: int = 2,
        memory_kib: int = 19 * 1024,
        parallelism: int = 1,
        threads: int = 1,
        waiting: int = 100,
        breaches: Breaches | None = None,
    ) -> None:
        self._breaches = breaches or Breaches()
        self._hasher = PasswordHasher(
            time_cost=time_cost, memory_cost=memory_kib, parallelism=parallelism, type=Type.ID
        )
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="passwords")
        self._places = threads + waiting
        # Nobody's hash has the same costs and no password: checking it takes as long, and fails.
        salt, digest = (_unpadded(os.urandom(length)) for length in (_SALT, _HASH))
        costs = f"m={memory_kib},t={time_cost},p={parallelism}"
        self._nobody = f"$argon2id$v=19${costs}${salt}${digest}"

    async def hash(self, password: str) -> str:
        """Raises `SignInBusy`."""
        return await self._run(self._hasher.hash, password)

    async def hash_chosen(self, password: str) -> str:
        """The hash of what somebody chose. Raises `PasswordBreached`, `BreachesUnreadable` too."""
        if await self._run(self._breaches.hold, password):
            raise PasswordBreached(path=("password",))
        return await self.hash(password)

    async def verify(self, known: str | None, password: str) -> bool:
        """Whether the password is the one; without a hash it costs the same and is False.

        Raises `SignInBusy`.
        """
        return await self._run(self._matches, known or self._nobody, password)

    def outdated(self, known: str) -> bool:
        """Whether the hash was made with other costs than today's."""
        return self._hasher.check_needs_rehash(known)

    def close(self) -> None:
        self._threads.shutdown(wait=True, cancel_futures=True)

    def _matches(self, known: str, password: str) -> bool:
        try:
            return self._hasher.verify(known, password)
        except (VerificationError, InvalidHashError):
            return False

    async def _run(self, call: Callable[..., R], *arguments: str) -> R:
        if self._places <= 0:
            raise SignInBusy()
        self._places -= 1
        try:
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(self._threads, call, *arguments)
        finally:
            self._places += 1


def _unpadded(content: bytes) -> str:
    return b64encode(content).decode().rstrip("=")
