"""The words of organizations as the schema shows them."""

import strawberry

from zhibu.organizations.rules import Kind, PostKind

strawberry.enum(
    Kind, name="OrganizationKind", description="党组织类别。 Kind of a Party organization."
)
strawberry.enum(
    PostKind, name="OrganizationPost", description="党内职务。 Post in a Party organization."
)

__all__ = ["Kind", "PostKind"]
