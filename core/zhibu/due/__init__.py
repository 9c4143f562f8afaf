"""Every deadline of every plugin: what is due where, who is told, and what became of it."""
