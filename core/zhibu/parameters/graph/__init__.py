"""Parameters and rule packs in the schema."""

import strawberry

from zhibu.contributions import Graph
from zhibu.parameters.graph.packs import RulePackMutation, RulePackQuery
from zhibu.parameters.graph.values import ParameterMutation, ParameterQuery


@strawberry.type
class ParametersQuery(ParameterQuery, RulePackQuery):
    """What holds where, and by which rule pack."""


@strawberry.type
class ParametersMutation(ParameterMutation, RulePackMutation):
    """Setting another value, alone or with a whole rule pack."""


GRAPH = Graph(query=ParametersQuery, mutation=ParametersMutation)
