"""What siblings may ask of floating members: who is away, and when anybody last heard of whom."""

from zhibu_flow_members.service.asked import Away, away_of

__all__ = ["Away", "away_of"]
