"""Texts: places in them, YAML to nodes, quoting, what a terminal may see; nothing here knows a registry."""
