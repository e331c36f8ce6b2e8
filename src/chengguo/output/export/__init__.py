"""Formats of exported tables, a file each."""
