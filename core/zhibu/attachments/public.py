"""What the rest of the house may know of files."""

from zhibu.attachments.rules import File

ADDED = "attachments.added"
OPENED = "attachments.opened"
WITHDRAWN = "attachments.withdrawn"
RESTORED = "attachments.restored"

__all__ = ["ADDED", "OPENED", "RESTORED", "WITHDRAWN", "File"]
