"""A table as offices hand it round → a registry: bytes → rows → columns → draft → YAML text, proved.

``formats`` reads each kind of file to rows; ``shapes`` makes rows under a header of what has none, in the
order that ``shaping`` lists; ``reader`` makes items of rows, ``writing`` a registry of these. ``returning``
reads what chengguo handed out itself.
"""
