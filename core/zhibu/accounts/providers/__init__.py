"""Sign-in services of institutions: OpenID Connect and CAS."""
