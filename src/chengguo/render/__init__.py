"""Views and findings to text, a room for each medium; none knows another."""
