"""The answer that each office gets to each file, in its own language: an HTML page and a CSV table.

Reads what the load has written to the lake; changes nothing in it.
"""

from extract.feedback.writer import FeedbackWriter

__all__ = ["FeedbackWriter"]
