"""Formats of findings, a file each."""
