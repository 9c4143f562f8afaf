"""What a plugin may know of verifying: the address to print on a paper, and what is told of one."""

from zhibu.verifying.tokens import Verdict, address_of

__all__ = ["Verdict", "address_of"]
