"""Rules on the candidate's tables of files and quarantine, against the lake."""

from great_expectations import ExpectationSuite

from expectations.suites.rule import rule


def suite() -> ExpectationSuite:
    """Return the rules on `audit.candidate_files`: one row per file in the candidate."""
    return ExpectationSuite(
        "quality.files",
        expectations=[
            rule(
                "DQ-170",
                "critical",
                "The candidate lists every file of the release in place.",
                """select released.file_sha256 as failing_key, 'missing' as observed,
                    'present' as expected
                from audit.released_files as released
                anti join {batch} using (file_sha256)""",
            ),
            rule(
                "DQ-171",
                "critical",
                "The candidate's files are files of the lake, with the same number of rows.",
                """select candidate.file_sha256 as failing_key,
                    candidate.rows_accepted as observed, lake.rows_accepted as expected
                from {batch} as candidate
                left join audit.files as lake using (file_sha256)
                where candidate.rows_accepted is distinct from lake.rows_accepted""",
            ),
            rule(
                "DQ-172",
                "critical",
                "Every quarantined row of those files is in the candidate's quarantine.",
                """select files.file_sha256 as failing_key,
                    coalesce(quarantine.row_count, 0) as observed,
                    files.rows_rejected as expected
                from {batch} as files
                left join audit.candidate_quarantine as quarantine using (file_sha256)
                where coalesce(quarantine.row_count, 0) <> files.rows_rejected""",
            ),
        ],
    )
