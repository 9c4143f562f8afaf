"""Checks of members' files, in the schema."""

from zhibu_discipline.graph.files.mutations import DisciplineFileMutation
from zhibu_discipline.graph.files.queries import DisciplineFileQuery
from zhibu_discipline.graph.files.types import DisciplineFileCheck

__all__ = ["DisciplineFileCheck", "DisciplineFileMutation", "DisciplineFileQuery"]
