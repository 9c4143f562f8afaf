"""Roll-ups: numbers kept per organization, equal to what counting the rows would give."""
