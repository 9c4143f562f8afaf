"""What siblings may ask of floating members: who is away, whose stay it is, and contacts."""

from zhibu_flow_members.service.asked import Away, away_of, stays_whose

__all__ = ["Away", "away_of", "stays_whose"]
