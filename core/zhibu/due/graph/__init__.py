"""Deadlines in the schema: what is due where."""

from zhibu.contributions import Graph
from zhibu.due.graph.queries import DueQuery

GRAPH = Graph(query=DueQuery)
