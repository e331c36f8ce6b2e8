"""Choose and order items, count them, tell what changed."""
