"""Signing in by a service of the institution: the addresses a browser goes through."""

from zhibu.web.sign_in.routes import SignIn

__all__ = ["SignIn"]
