"""Every statement of audits that changes something, or is asked before it."""
