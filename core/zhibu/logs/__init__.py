"""What the installation tells whoever looks after it: lines of JSON, never with anybody's data."""

from zhibu.logs.loggers import logger

__all__ = ["logger"]
