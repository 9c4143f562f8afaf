"""What siblings may know of audits: their events.

Events about an audit are about no member. Their facts are `plan` and `title`.
"""

OPENED = "audit_campaign.opened"
# Facts: `sheets`, how many members are to be checked; `on`, as of which day.
FROZEN = "audit_campaign.frozen"
# Facts: `stage`, `since`, `until`, `reason`.
STAGE_MOVED = "audit_campaign.stage_moved"
ENDED = "audit_campaign.ended"
RESUMED = "audit_campaign.resumed"
CANCELLED = "audit_campaign.cancelled"
