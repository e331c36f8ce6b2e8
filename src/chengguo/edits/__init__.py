"""A change of a registry as edits of its text, each proved; merging."""
