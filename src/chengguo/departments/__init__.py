"""Departments: cells of names, role words, and looking a name up in the register."""
