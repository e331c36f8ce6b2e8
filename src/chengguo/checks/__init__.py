"""What is checked of a registry, and why."""
