"""Deadlines in the schema: what is due where, one's own inbox, and how one is reminded."""

from zhibu.contributions import Graph
from zhibu.due.graph.inbox import InboxMutation, InboxQuery
from zhibu.due.graph.queries import DueQuery
from zhibu.due.graph.reminders import ReminderMutation, ReminderQuery
from zhibu.graph.compose import joined

GRAPH = joined(
    Graph(query=DueQuery),
    Graph(query=InboxQuery, mutation=InboxMutation),
    Graph(query=ReminderQuery, mutation=ReminderMutation),
)
