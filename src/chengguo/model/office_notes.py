"""What the office itself writes among the reports: that it verified (核验销号) or sent back (退回)."""

from chengguo.model import Progress

# The notes of reports that keep what was verified and what was sent back.
VERIFIED, RETURNED = "核验销号", "退回：{reason}"


def is_of_office(report: Progress) -> bool:
    """True for a report by which the office verified or sent back: no department has reported by it."""
    return report.note == VERIFIED or is_return(report)


def is_return(report: Progress) -> bool:
    """True for a report by which the office sent back what was reported done."""
    return (report.note or "").startswith(RETURNED.format(reason=""))
