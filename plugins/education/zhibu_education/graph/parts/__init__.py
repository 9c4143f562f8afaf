"""What education adds to members and organizations."""

from zhibu_education.graph.parts.member import EducationOfMember
from zhibu_education.graph.parts.organization import EducationOfOrganization

__all__ = ["EducationOfMember", "EducationOfOrganization"]
