"""Rules on the manifests of the files that the current release does not hold yet."""

from great_expectations import ExpectationSuite

from expectations.suites.rule import ExpectNoFailingRows, rule

LIAISON = "Office liaison"


def suite() -> ExpectationSuite:
    """Return the rules on `audit.new_files`: one row per newly loaded file."""
    return ExpectationSuite("lake files", expectations=[*_reconciled(), *_plausible()])


def _reconciled() -> list[ExpectNoFailingRows]:
    return [
        rule(
            "DQ-002",
            "critical",
            "Every record of a file is accounted for: rows read are the rows accepted, "
            "quarantined and dropped with a reason.",
            """select file_sha256 as failing_key, rows_read as observed,
                rows_accepted + rows_rejected + rows_dropped as expected
            from {batch}
            where rows_read is distinct from rows_accepted + rows_rejected + rows_dropped""",
        ),
        rule(
            "DQ-003",
            "critical",
            "The lake holds as many accepted rows of a file as its manifest says.",
            """select files.file_sha256 as failing_key, coalesce(stored.row_count, 0) as observed,
                files.rows_accepted as expected
            from {batch} as files
            left join audit.stored_rows as stored on stored.file_sha256 = files.file_sha256
            where coalesce(stored.row_count, 0) is distinct from files.rows_accepted""",
        ),
        rule(
            "DQ-004",
            "critical",
            "The lake holds as many quarantined rows of a file as its manifest says.",
            """select files.file_sha256 as failing_key, coalesce(stored.row_count, 0) as observed,
                files.rows_rejected as expected
            from {batch} as files
            left join audit.stored_rejects as stored on stored.file_sha256 = files.file_sha256
            where coalesce(stored.row_count, 0) is distinct from files.rows_rejected""",
        ),
        rule(
            "DQ-005",
            "critical",
            "The totals by currency in a file's manifest are the sums of its rows in the lake, "
            "to the cent.",
            """select coalesce(stated.file_sha256, stored.file_sha256) || ' '
                || coalesce(stated.currency_code, stored.currency_code, 'no currency')
                as failing_key,
                stored.amount_original as observed, stated.amount_original as expected
            from audit.stated_totals as stated
            full join audit.stored_totals as stored
                on stored.file_sha256 = stated.file_sha256
                and stored.currency_code is not distinct from stated.currency_code
            where stored.amount_original is distinct from stated.amount_original
                and coalesce(stated.file_sha256, stored.file_sha256)
                in (select file_sha256 from {batch})""",
        ),
        rule(
            "DQ-006",
            "warning",
            "The control totals that an office prints below its table agree with the rows above.",
            """select concat_ws(' ', file_sha256, nullif(sheet_name, ''), 'record', record_number)
                as failing_key, computed as observed, stated as expected
            from audit.control_totals
            where not agrees and file_sha256 in (select file_sha256 from {batch})""",
            owner=LIAISON,
        ),
        rule(
            "DQ-007",
            "critical",
            "No control total is so far off that part of the file cannot have been read.",
            """select concat_ws(' ', file_sha256, nullif(sheet_name, ''), 'record', record_number)
                as failing_key, computed as observed, stated as expected
            from audit.control_totals
            where abs(stated - computed) * 100
                > abs(stated) * audit.threshold('control_total_gap_pct')
                and file_sha256 in (select file_sha256 from {batch})""",
            owner=LIAISON,
        ),
        rule(
            "DQ-008",
            "warning",
            "Every file belongs to an office that offices.csv declares.",
            """select file_sha256 as failing_key, office_id as observed,
                'an office_id of offices.csv' as expected
            from {batch}
            where office_id not in (select office_id from audit.offices) or office_id is null""",
            source="docs/configuration.md",
        ),
    ]


def _plausible() -> list[ExpectNoFailingRows]:
    return [
        rule(
            "DQ-009",
            "warning",
            "Few rows of a file are quarantined.",
            """select file_sha256 as failing_key,
                rows_rejected || ' of ' || (rows_accepted + rows_rejected) as observed,
                'at most ' || audit.threshold('rejected_rows_warning_pct') || ' %' as expected
            from {batch}
            where rows_rejected >= audit.threshold('rejected_rows')
                and rows_rejected * 100
                > (rows_accepted + rows_rejected) * audit.threshold('rejected_rows_warning_pct')""",
            owner=LIAISON,
        ),
        rule(
            "DQ-010",
            "critical",
            "The larger part of every file was understood.",
            """select file_sha256 as failing_key,
                rows_rejected || ' of ' || (rows_accepted + rows_rejected) as observed,
                'at most ' || audit.threshold('rejected_rows_critical_pct') || ' %' as expected
            from {batch}
            where rows_rejected >= audit.threshold('rejected_rows')
                and rows_rejected * 100
                > (rows_accepted + rows_rejected)
                * audit.threshold('rejected_rows_critical_pct')""",
            owner=LIAISON,
        ),
        rule(
            "DQ-011",
            "warning",
            "A file has about as many rows as the office's earlier files usually have.",
            """select files.file_sha256 as failing_key,
                files.rows_accepted + files.rows_rejected as observed,
                'about ' || cast(usual.row_count as bigint) as expected
            from {batch} as files
            inner join audit.usual_rows as usual using (file_sha256)
            where usual.file_count >= audit.threshold('usual_files')
                and abs(files.rows_accepted + files.rows_rejected - usual.row_count)
                >= audit.threshold('volume_rows')
                and (files.rows_accepted + files.rows_rejected
                > usual.row_count * audit.threshold('volume_factor')
                or (files.rows_accepted + files.rows_rejected)
                * audit.threshold('volume_factor') < usual.row_count)""",
            owner=LIAISON,
        ),
        rule(
            "DQ-012",
            "critical",
            "An export that states its whole period did not lose half of the rows that the "
            "previous export of that period had.",
            """select files.file_sha256 as failing_key,
                files.rows_accepted + files.rows_rejected as observed,
                previous.row_count || ' in the export of ' || previous.exported_at as expected
            from {batch} as files
            inner join audit.previous_exports as previous using (file_sha256)
            where not files.is_superseded
                and previous.row_count >= audit.threshold('shrunk_export_rows')
                and (files.rows_accepted + files.rows_rejected) * 100
                < previous.row_count * audit.threshold('shrunk_export_pct')""",
            owner=LIAISON,
        ),
        rule(
            "DQ-013",
            "warning",
            "No file claims to be made later than it arrived.",
            """select file_sha256 as failing_key, exported_at as observed,
                'at most a day after ' || received_at as expected
            from {batch}
            where exported_at > received_at + interval 1 day or exported_at is null""",
            owner=LIAISON,
        ),
    ]
