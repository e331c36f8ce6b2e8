"""The grammar of official schedule words: plain text → clauses → moments, spans, recurrences → a Schedule.

Only words that ``wording`` does not know at first sight come here; it imports this room when it needs it.
"""
