"""GraphQL: one schema per set of enabled plugins, composed of the core's parts and theirs."""

from zhibu.graph.payload import Payload, UserError, mutation, written

__all__ = ["Payload", "UserError", "mutation", "written"]
