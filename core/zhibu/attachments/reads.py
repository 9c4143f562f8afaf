"""The table of files, for the graph."""

from zhibu.jobs.tables import Attachment

FILES = Attachment.__table__
