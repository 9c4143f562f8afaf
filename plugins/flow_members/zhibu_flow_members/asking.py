"""What siblings may ask of floating members: who is away, whose stay it is, contacts and notes."""

from zhibu_flow_members.rules.notes import NoteKind
from zhibu_flow_members.service.asked import Away, away_of, notes_of, stays_whose

__all__ = ["Away", "NoteKind", "away_of", "notes_of", "stays_whose"]
