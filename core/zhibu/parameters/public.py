"""What the rest of the house may know of parameters: the events that change a tenant's book."""

OVERRIDDEN = "parameters.overridden"
WITHDRAWN = "parameters.override_withdrawn"
PACK_APPLIED = "parameters.pack_applied"
PACK_RELEASED = "parameters.pack_released"
