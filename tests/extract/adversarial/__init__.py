"""Exports that field offices could send, each with something nasty, and what must become of it."""
