"""The keys of the core's tables that dues refers to."""

MEMBER = ["core_member.tenant_id", "core_member.id"]
UNIT = ["core_organization.tenant_id", "core_organization.id"]
