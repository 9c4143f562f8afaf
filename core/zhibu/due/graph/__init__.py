"""Deadlines in the schema: what is due where, and one's own inbox."""

from zhibu.contributions import Graph
from zhibu.due.graph.inbox import InboxMutation, InboxQuery
from zhibu.due.graph.queries import DueQuery
from zhibu.graph.compose import joined

GRAPH = joined(Graph(query=DueQuery), Graph(query=InboxQuery, mutation=InboxMutation))
