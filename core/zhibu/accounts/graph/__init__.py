"""Accounts, roles, credentials and oversight in the schema."""

import strawberry

from zhibu.accounts.graph.entering import EnteringMutation
from zhibu.accounts.graph.factors import FactorMutation
from zhibu.accounts.graph.mutations import AccountMutation
from zhibu.accounts.graph.queries import AccountQuery
from zhibu.accounts.graph.types import (
    AccountType,
    IdentityType,
    OversightType,
    RoleAssignmentType,
    SessionType,
    TokenType,
)
from zhibu.contributions import Graph


@strawberry.type
class AccountMutations(AccountMutation, EnteringMutation, FactorMutation):
    """Everything that changes accounts."""


GRAPH = Graph(
    query=AccountQuery,
    mutation=AccountMutations,
    types=(AccountType, IdentityType, OversightType, RoleAssignmentType, SessionType, TokenType),
)

__all__ = ["GRAPH", "AccountType"]
