"""The formats of findings: a module each, whose ``render`` takes the files checked.

A new format is its module and its name here.
"""

FORMATS = ("text", "concise", "json", "github", "gitlab", "junit", "sarif")
