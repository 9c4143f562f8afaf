"""What the rest of the house may know of tenants: the events that they record."""

CONFIGURED = "tenants.configured"
PLUGIN_SWITCHED = "tenants.plugin_switched"
