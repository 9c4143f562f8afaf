"""Passwords are kept as argon2id hashes and checked beside the event loop."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError

R = TypeVar("R")

_THREADS = 2  # sign-ins queue for these, so that a wave of them starves nobody else


class Passwords:
    """Hashes and verifies. One per process; `close` ends its threads."""

    def __init__(
        self, *, time_cost: int = 2, memory_kib: int = 19 * 1024, parallelism: int = 1
    ) -> None:
        self._hasher = PasswordHasher(
            time_cost=time_cost, memory_cost=memory_kib, parallelism=parallelism, type=Type.ID
        )
        self._threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="passwords")
        self._nobody: str | None = None

    async def hash(self, password: str) -> str:
        return await self._run(self._hasher.hash, password)

    async def verify(self, known: str | None, password: str) -> bool:
        """Whether the password is the one; without a hash it costs the same and is False."""
        if known is None:
            if self._nobody is None:
                self._nobody = await self.hash("nobody signs in with this")
            await self._run(self._matches, self._nobody, password)
            return False
        return await self._run(self._matches, known, password)

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
        return await asyncio.get_running_loop().run_in_executor(self._threads, call, *arguments)
