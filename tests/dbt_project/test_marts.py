"""The marts of one small year, built by the real dbt.

The formulas are tested by dbt's own unit tests (test_formulas.py), the example exports by the
tests of a whole night; here it is how the models work together.
"""

from datetime import date
from decimal import Decimal

import pytest

from approvals.build import Candidate
from tests.dbt_project.lake_builder import LakeBuilder, RecordedLake
from tests.dbt_project.warehouse import Warehouse, rows
from tests.dbt_project.year_2006 import fill_year_2006

TOTAL = Decimal("306.00")
"""H1 120, H4 5, A1 50, A2 100 CHF at 1.25, A5 1, B1 10 twice, F1 30."""

CASES = {
    "total_of_the_year": (
        "select amount_usd from marts.rpt_approvals_by_year where approval_year = 2006",
        [TOTAL],
    ),
    "a_row_without_a_manifest_does_not_exist": (
        "select count(*) from marts.fct_approvals where amount_original = 999",
        [0],
    ),
    "reasons_for_not_counting": (
        (
            "select office_reference, not_counted_reason from marts.fct_approvals "
            "where not is_counted order by 1"
        ),
        [("A3", "unconverted"), ("A4", "forecast"), ("H2", "duplicate"), ("H3", "withdrawn")],
    ),
    "an_amount_without_a_rate_is_held_in_sight": (
        "select currency_code, amount_original, reason from marts.rpt_unconverted_approvals",
        [("EUR", Decimal("100.00"), "no rate of exchange is known for the currency and month")],
    ),
    "rate_stands_beside_the_amount": (
        (
            "select amount_original, currency_code, exchange_rate, rate_month_date, rate_set, "
            "amount_usd from marts.fct_approvals where office_reference = 'A2'"
        ),
        [
            (
                Decimal("100.00"),
                "CHF",
                Decimal("1.25"),
                date(2006, 3, 1),
                "test-rates",
                Decimal("80.00"),
            )
        ],
    ),
    "what_the_office_remarks_is_shown": (
        "select remarks from marts.fct_approvals where remarks is not null",
        ["for Atlantis Aid"],
    ),
    "decisions_are_a_table_though_none_was_taken": (
        (
            "select column_name from duckdb_columns() where schema_name = 'quality' "
            "and table_name = 'decisions' and (select count(*) from quality.decisions) = 0 "
            "order by column_index"
        ),
        [
            *("decision_id", "kind", "subject_id", "decision", "reason", "proposed_by"),
            *("proposed_at", "decided_by", "decided_at", "expires_at", "ended_at"),
            *("proposal_id", "proposed_decision", "proposed_reason", "corrected_values"),
            *("accepted_codes", "entry_number", "previous_entry_id"),
        ],
    ),
    "duplicates_are_on_record": (
        (
            "select suspicion, decision, office_reference, count(*) "
            "from marts.rpt_duplicate_decisions where decided_by = 'rule' "
            "group by all order by decision, office_reference"
        ),
        [
            ("same_reference", "counts_once", "F1", 2),
            ("reported_twice", "counts_once", "H2", 1),
            ("same_reference", "legitimate_repeat", "B1", 1),
        ],
    ),
    "the_two_reports_of_a_duplicate_are_compared": (
        (
            "select counted_office_id, other_office_id, difference_usd "
            "from marts.rpt_duplicate_decisions where suspicion = 'reported_twice'"
        ),
        [("field", "hq", Decimal("1.00"))],
    ),
    "versions_tell_what_was_known_when": (
        (
            "select approvals.office_reference, versions.version_kind, versions.amount_usd, "
            "cast(versions.known_from_at as date) from marts.fct_approval_versions as versions "
            "join marts.fct_approvals as approvals using (approval_id) "
            "where approvals.office_reference in ('H1', 'H3', 'H4') order by 1, 4"
        ),
        [
            ("H1", "new", Decimal("100.00"), date(2006, 4, 30)),
            ("H1", "revised", Decimal("120.00"), date(2006, 5, 31)),
            ("H3", "new", Decimal("7.00"), date(2006, 4, 30)),
            ("H3", "withdrawn", Decimal("7.00"), date(2006, 5, 31)),
            ("H4", "new", Decimal("5.00"), date(2006, 4, 30)),
        ],
    ),
    "a_quarantined_record_is_not_a_withdrawal": (
        "select is_withdrawn, is_counted from marts.fct_approvals where office_reference = 'H4'",
        [(False, True)],
    ),
    "totals_with_quarantine_count_no_approval_twice": (
        (
            "select quarantined_count, quarantined_usd, amount_with_quarantine_usd - amount_usd "
            "from marts.rpt_approvals_by_year"
        ),
        [(1, Decimal("3.00"), Decimal("3.00"))],
    ),
    "unknown_names_are_visible_members": (
        (
            "select donor_name, donor_group, recipient_id, sector_id from marts.fct_approvals "
            "join marts.dim_donors using (donor_id) where office_reference = 'A5'"
        ),
        [("Atlantis Fund", "Unmapped", "not-stated", "unmapped")],
    ),
    "names_in_other_languages_resolve": (
        "select donor_id from marts.fct_approvals where office_reference = 'A1'",
        ["netherlands"],
    ),
    "restatements_add_up_to_what_they_changed": (
        (
            "select value_before, value_after, change_usd, change_reason "
            "from marts.fct_approval_restatements where office_id = 'hq' "
            "and field_name = 'effective_usd' order by change_usd"
        ),
        [
            ("51.00", "0.00", Decimal("-51.00"), "double_count"),
            ("7.00", "0.00", Decimal("-7.00"), "withdrawal"),
            ("100.00", "120.00", Decimal("20.00"), "correction"),
        ],
    ),
    "the_latest_vintage_is_the_total": (
        (
            "select max_by(amount_usd, known_date) from marts.rpt_approval_vintages "
            "where approval_year = 2006"
        ),
        [TOTAL],
    ),
    "figures_of_the_page_are_recomputed_then_and_now": (
        (
            "select figure_id, value, status, value_then, status_then, difference_reason "
            "from marts.rpt_published_figures where figure_id like 'M%' order by 1"
        ),
        [
            ("M1", "306.00", "pass", "293.00", "fail", "correction;withdrawal"),
            ("M2", "99.67", "pass", "99.66", "pass", "correction;withdrawal"),
            ("M3", "1", "pass", "1", "pass", None),
            ("M4", None, "no_data", None, "no_data", None),
        ],
    ),
    "provenance_names_file_and_row": (
        "select file_name, record_number from marts.fct_approvals where office_reference = 'A2'",
        [("field/2006-05-15.csv", 3)],
    ),
}


@pytest.mark.parametrize(("query", "expected"), CASES.values(), ids=CASES.keys())
def test_marts_hold_what_the_offices_said_when_built(
    year_2006: Candidate, query: str, expected: list[object]
) -> None:
    assert rows(year_2006.database, query) == expected


def test_marts_are_as_known_then_when_built_for_an_earlier_day(warehouse: Warehouse) -> None:
    candidate = warehouse.build("known-at", fill_year_2006, known_at=date(2006, 5, 15))

    total = "select amount_usd from marts.rpt_approvals_by_year"
    assert rows(candidate.database, total) == [Decimal("243.00")]  # H1 100, H3 7, H4 5, A 131
    late = "select count(*) from quality.files where exported_at >= '2006-05-16'"
    assert rows(candidate.database, late) == [0]


def test_marts_are_empty_and_figures_have_no_data_when_nothing_was_approved(
    warehouse: Warehouse,
) -> None:
    candidate = warehouse.build("empty", lambda lake: lake.add("field", "2006-05-15", []))

    assert rows(candidate.database, "select count(*) from marts.rpt_approvals_by_year") == [0]
    figures = (
        "select status, count(*) from marts.rpt_published_figures where figure_id like 'H%' "
        "group by 1 order by 2"
    )
    # The target for 2008-09 is configuration, so its figure is there without any approval.
    assert rows(candidate.database, figures) == [("pass", 1), ("no_data", 27)]


def test_marts_hold_no_payment_when_a_file_states_some(warehouse: Warehouse) -> None:
    candidate = warehouse.build(
        "payments",
        lambda lake: lake.add(
            "field",
            "2006-05-15",
            [
                {"project_symbol": "P1", "amount_original": Decimal(100)},
                {"project_symbol": "P1", "amount_original": Decimal(60), "status": "payment"},
                {"project_symbol": "P2", "amount_original": Decimal(5), "status": "payment"},
            ],
        ),
    )

    facts = "select project_symbol, amount_original from marts.fct_approvals"
    assert rows(candidate.database, facts) == [("P1", Decimal("100.00"))]
    assert rows(candidate.database, "select rows_accepted from quality.files") == [3]


def test_marts_are_the_same_when_the_same_files_arrive_in_another_order(
    warehouse: Warehouse, year_2006: Candidate
) -> None:
    def fill_backwards(lake: LakeBuilder) -> None:
        recorded = RecordedLake()
        fill_year_2006(recorded)
        recorded.replay_backwards(lake, received_on="2027-02-02")

    candidate = warehouse.build("backwards", fill_backwards)

    tables = "select table_name from duckdb_tables() where schema_name = 'marts' order by 1"
    names = rows(year_2006.database, tables)
    assert names == rows(candidate.database, tables)
    for name in names:
        query = f"select * from marts.{name} order by all"
        assert rows(candidate.database, query) == rows(year_2006.database, query), name
