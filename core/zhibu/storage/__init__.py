"""Where rows live: homes, sessions, migrations, encryption, attachments."""
