"""Asking about education."""

import strawberry

from zhibu_education.graph.queries.credits import CreditsQuery
from zhibu_education.graph.queries.figures import FiguresQuery
from zhibu_education.graph.queries.members import MembersQuery
from zhibu_education.graph.queries.plans import PlansQuery
from zhibu_education.graph.queries.sessions import SessionsQuery


@strawberry.type
class EducationQuery(MembersQuery, CreditsQuery, SessionsQuery, PlansQuery, FiguresQuery):
    """Every question that is read in one statement."""
