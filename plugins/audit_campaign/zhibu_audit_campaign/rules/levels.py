"""Which level an organization is in an audit: by what it is, never by its depth (A-17)."""

from collections.abc import Mapping

from zhibu_audit_campaign.rules.plans import Level

# What it is whether or not it approves probationary members.
ALWAYS: Mapping[str, Level] = {
    "municipal_department": Level.MUNICIPALITY,
    "district_department": Level.DISTRICT,
    "branch": Level.BRANCH,
    "joint_branch": Level.BRANCH,
    "floating_branch": Level.BRANCH,
}
# A committee is one that approves probationary members (S3C-05); one that does not is above others.
APPROVING = Level.COMMITTEE
OTHERWISE: Mapping[str, Level] = {"working_committee": Level.DISTRICT}
