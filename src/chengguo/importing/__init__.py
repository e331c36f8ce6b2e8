"""A table as offices hand it round → a registry: bytes → grid → columns → draft → YAML text, proved."""
