"""The two gates: Great Expectations on the lake's new files and on the candidate's marts.

dbt tests guard the inside of the warehouse; these rules guard its edges: what came in, what goes
out, and whether the two agree. Great Expectations is imported by the first gate that runs, not by
this package, because its import takes seconds.
"""

from expectations.audit import audit_lake, audit_marts
from expectations.report import AuditReport, RuleResult
from expectations.results import read_reports

__all__ = ["AuditReport", "RuleResult", "audit_lake", "audit_marts", "read_reports"]
