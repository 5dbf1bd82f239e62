"""A statement for each rule that spoils the sound warehouse, so that just that rule fails."""

NEW = "(select file_sha256 from files where is_new)"
HQ = "(select file_sha256 from files where name = 'hq-4')"

LAKE_SPOILS = {
    "DQ-002": f"update manifests set rows_dropped = 2 where file_sha256 in {HQ}",
    "DQ-003": f"delete from approvals where file_sha256 in {HQ} and record_number = 5",
    "DQ-004": f"delete from rejects where file_sha256 in {NEW}",
    "DQ-005": f"update totals set amount_original = amount_original + 0.01 "
    f"where file_sha256 in {HQ} and currency_code = 'USD'",
    "DQ-006": f"update control_totals set stated = stated + 1, agrees = false "
    f"where file_sha256 in {HQ}",
    "DQ-007": f"update control_totals set stated = stated * 2, agrees = false "
    f"where file_sha256 in {HQ}",
    "DQ-008": f"update manifests set office_id = 'atlantis' where file_sha256 in {HQ}",
    "DQ-009": f"update manifests set rows_rejected = 10 where file_sha256 in {HQ}",
    "DQ-010": f"update manifests set rows_rejected = 31 where file_sha256 in {HQ}",
    "DQ-011": f"update manifests set rows_accepted = 400 where file_sha256 in {HQ}",
    "DQ-012": "update manifests set rows_accepted = 9, rows_rejected = 0 where file_sha256 = "
    "sha256('bangkok-2')",
    "DQ-013": f"update manifests set exported_at = received_at + interval 2 day "
    f"where file_sha256 in {HQ}",
    "DQ-020": "update approvals set amount_original = amount_original * 1000 "
    "where file_sha256 = sha256('bangkok-2') and record_number = 7",
    "DQ-021": f"update approvals set amount_original = amount_original * 1000 "
    f"where file_sha256 in {HQ}",
    "DQ-022": f"update approvals set amount_original = 90000000 "
    f"where file_sha256 in {HQ} and record_number = 7",
    "DQ-023": f"update approvals set amount_original = -1 "
    f"where file_sha256 in {HQ} and record_number = 7",
    "DQ-024": f"update approvals set approval_date = date '2006-05-02' "
    f"where file_sha256 in {HQ} and record_number = 7",
    "DQ-025": f"update approvals set currency_code = 'XXX' "
    f"where file_sha256 in {HQ} and record_number = 7",
    "DQ-026": f"insert into approvals from approvals "
    f"where file_sha256 in {HQ} and record_number = 7",
    "DQ-027": f"update approvals set amount_original = 9000000 "
    f"where file_sha256 in {HQ} and record_number = 7",
    "DQ-030": "select 1",
    "DQ-031": f"update rejects set amount_original = 900000, currency_code = 'USD' "
    f"where file_sha256 in {NEW}",
    "DQ-040": "update rates set units_per_usd = 0 where rate_month = date '2005-05-01'",
    "DQ-041": "update rates set units_per_usd = units_per_usd * 1.6 "
    "where rate_month >= date '2005-05-01'",
    "DQ-042": "update rates set units_per_usd = units_per_usd * 10 "
    "where rate_month >= date '2005-05-01'",
}
"""Rule → what is done to the sound lake. DQ-030 records what the sound lake itself quarantines."""

FACT = "(select min(approval_id) from candidate.fct_approvals)"
COUNTED = "(select min(approval_id) from released.fct_approvals where approval_year = 2005)"
KEPT = "(select min(approval_id) from released.fct_approvals)"
MARTS_SPOILS = {
    "DQ-101": f"insert into candidate.fct_approvals from candidate.fct_approvals "
    f"where approval_id = {FACT}",
    "DQ-102": f"update candidate.fct_approvals set amount_original = amount_original + 0.01 "
    f"where approval_id = {FACT}",
    "DQ-103": f"delete from candidate.fct_approvals where approval_id = {FACT}",
    "DQ-104": f"insert into candidate.fct_approvals select * replace ('other' as approval_id) "
    f"from candidate.fct_approvals where approval_id = {FACT}",
    "DQ-105": f"update candidate.fct_approvals set amount_usd = null where approval_id = {FACT}",
    "DQ-106": "update candidate.fct_approvals set amount_usd = null where office_id = 'hq'",
    "DQ-110": f"delete from candidate.fct_approvals where approval_id = {KEPT}",
    "DQ-112": "update candidate.fct_approvals set is_withdrawn = true "
    "where office_id = 'bangkok' and record_number < 5",
    "DQ-113": "update candidate.fct_approvals set is_withdrawn = true where office_id = 'bangkok'",
    "DQ-114": "update candidate.fct_approvals set amount_usd = amount_usd * 1000 "
    "where office_id = 'bangkok' and record_number < 5",
    "DQ-120": "insert into candidate.rpt_approvals_by_year "
    "from candidate.rpt_approvals_by_year limit 1",
    "DQ-121": "update candidate.rpt_approvals_by_year set amount_usd = amount_usd - 0.01",
    "DQ-122": "update candidate.rpt_approvals_by_year set amount_usd = amount_usd * 2",
    "DQ-123": "delete from candidate.rpt_approvals_by_year",
    "DQ-130": "insert into candidate.rpt_region_shares_by_year "
    "from candidate.rpt_region_shares_by_year limit 1",
    "DQ-131": "update candidate.rpt_sector_shares_by_year set share_pct = share_pct + 0.01 "
    "where sector_id = 'donor-1'",
    "DQ-132": "update candidate.rpt_sector_shares_by_year set share_pct = share_pct - 1, "
    "share_residual_pct = share_residual_pct + 3",
    "DQ-133": "update candidate.rpt_modality_shares_by_year set amount_usd = amount_usd + 0.01 "
    "where modality_id = 'donor-1'",
    "DQ-134": "update candidate.rpt_region_shares_by_year set share_pct = share_pct + 30 "
    "where region_id = 'donor-1'",
    "DQ-135": "update candidate.rpt_region_shares_by_year set region_id = 'unmapped' "
    "where region_id = 'donor-1'",
    "DQ-136": "update candidate.rpt_region_shares_by_year set region_id = 'unmapped' "
    "where region_id = 'donor-1'",
    "DQ-140": "update candidate.rpt_local_mobilisation_by_year set local_usd = local_usd + 0.01",
    "DQ-141": "update candidate.rpt_local_mobilisation_by_year set share_residual_pct = 0",
    "DQ-150": "update candidate.rpt_published_figures set status = 'fail' where figure_id = 'H01'",
    "DQ-151": "update candidate.rpt_published_figures set status = 'fail' where figure_id = 'H01'",
    "DQ-152": "update candidate.rpt_published_figures set status = 'no_data' "
    "where figure_id = 'H01'",
    "DQ-153": "update candidate.rpt_published_figures set value = '243.2' where figure_id = 'H01'",
    "DQ-160": "update candidate.rpt_office_scorecard set expected_interval_days = 31",
    "DQ-161": "update candidate.rpt_office_scorecard set file_count = 0 where office_id = 'hq'",
    "DQ-170": "delete from candidate.files where file_sha256 = sha256('hq-1')",
    "DQ-171": "update candidate.files set rows_accepted = 1 where file_sha256 = sha256('hq-1')",
    "DQ-172": "delete from candidate.quarantine where file_sha256 = sha256('hq-1')",
    "DQ-180": "alter table released.fct_approvals drop column is_counted",
}
