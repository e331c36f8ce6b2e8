"""Files on disk: find, read, replace whole or not at all, take back, versions in git."""
