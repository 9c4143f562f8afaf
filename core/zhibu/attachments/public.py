"""What the rest of the house may know of files."""

from zhibu.attachments.rules import File

ADDED = "attachments.added"
OPENED = "attachments.opened"

__all__ = ["ADDED", "OPENED", "File"]
