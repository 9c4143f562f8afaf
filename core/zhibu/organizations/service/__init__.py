"""What may be done to organizations: one function per use case."""

from zhibu.organizations.service.ending import dissolve, reopen
from zhibu.organizations.service.founding import create, rename
from zhibu.organizations.service.merging import merge, split
from zhibu.organizations.service.moving import move
from zhibu.organizations.service.posts import appoint, correct_post, end_post

__all__ = [
    "appoint",
    "correct_post",
    "create",
    "dissolve",
    "end_post",
    "merge",
    "move",
    "rename",
    "reopen",
    "split",
]
