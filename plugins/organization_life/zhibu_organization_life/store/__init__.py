"""Every statement of organization life: rows in, values of the rules out."""
