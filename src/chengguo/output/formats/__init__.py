"""Formats of reports, a file each."""
