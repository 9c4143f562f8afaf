"""The core of Zhibu. Plugins import from this package's modules without a leading underscore."""

from zhibu.hookspecs import hookimpl

__all__ = ["hookimpl"]
