"""The registry file: its fields, reading it, its schema and template, addresses in it."""
