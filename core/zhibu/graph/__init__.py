"""GraphQL: one schema per set of enabled plugins, composed of the core's parts and theirs."""

from zhibu.graph.mutations import mutation, outside
from zhibu.graph.payload import Payload, UserError, secret, written
from zhibu.graph.subscriptions import subscribed

__all__ = ["Payload", "UserError", "mutation", "outside", "secret", "subscribed", "written"]
