"""What holds for accounts: roles and their dates, credentials, passwords, oversight."""
