"""The papers that go out: a page for leaders, as a page, a document or a text.

Papers are official Chinese papers, in Chinese whatever the language of the console, so that the same file and
day make the same bytes everywhere. A format is a module whose ``write`` turns a Page, and the office's own
template where there is one, into bytes; a new one is its module and one line here.
"""

FORMATS = {  # what --format names, and the end of a file's name: the module that writes it
    "html": "html",
    "docx": "docx",
    "md": "markdown",
    "txt": "text",
}
