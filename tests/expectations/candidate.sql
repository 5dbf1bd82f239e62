-- The marts that the gates read, derived from the lake's tables; $known decides which files count.
create schema $schema;

create table $schema.files as select manifests.* from manifests where $known;

create table $schema.quarantine as
select rejects.* from rejects inner join $schema.files using (file_sha256);

create table $schema.fct_approvals as
select
    md5(approvals.office_id || approvals.office_reference) as approval_id,
    approvals.office_id, approvals.office_reference, approvals.project_symbol, approvals.file_sha256,
    approvals.sheet_name, approvals.record_number, approvals.amount_original,
    approvals.currency_code,
    cast(if(approvals.currency_code = 'EUR', approvals.amount_original / 0.8,
        approvals.amount_original) as decimal(18, 2)) as amount_usd,
    true as is_counted, false as is_withdrawn,
    approvals.approval_date, approvals.status, 'test' as rate_set,
    year(approvals.approval_date) as approval_year,
    'donor-' || (approvals.record_number % 3) as donor_id, 'africa' as region_id,
    'employment' as sector_id, 'trust-fund' as modality_id, 'extra-budgetary' as funding_source_id,
    'local' as negotiation
from approvals
inner join $schema.files as files using (file_sha256)
qualify row_number() over (
    partition by approvals.office_id, approvals.office_reference order by files.exported_at desc
) = 1;

create table $schema.fct_approval_versions as
select
    md5(approval_id || '1') as approval_version_id, approval_id, true as is_current,
    'revision' as change_reason, timestamptz '2006-01-31 12:00:00+00' as known_from_at,
    office_id || '.csv' as cause_file_name, '' as cause_sheet_name,
    record_number as cause_record_number
from $schema.fct_approvals;

create table $schema.dim_donors as
select distinct donor_id, 'Governments' as donor_group from $schema.fct_approvals;

create table $schema.rpt_approvals_by_year as
select
    approval_year, count(*) as approval_count, sum(amount_usd) as amount_usd,
    0 as unconverted_count, 1 as quarantined_count, cast(12.5 as decimal(38, 2)) as quarantined_usd,
    sum(amount_usd) + 12.5 as amount_with_quarantine_usd
from $schema.fct_approvals where is_counted group by approval_year;

create table $schema.rpt_donor_approvals_by_year as
select
    approval_year, 'donor-' || (record_number % 3) as donor_id, sum(facts.amount_usd) as amount_usd,
    cast(round(100 * sum(facts.amount_usd) / max(years.amount_usd), 2) as decimal(18, 2)) as share_pct,
    cast(0 as decimal(18, 2)) as share_residual_pct
from $schema.fct_approvals as facts
inner join $schema.rpt_approvals_by_year as years using (approval_year)
group by all;
update $schema.rpt_donor_approvals_by_year as report
set share_residual_pct = (
    select 100 - sum(other.share_pct) from $schema.rpt_donor_approvals_by_year as other
    where other.approval_year = report.approval_year);

create table $schema.rpt_region_shares_by_year as select * rename (donor_id as region_id)
from $schema.rpt_donor_approvals_by_year;
create table $schema.rpt_sector_shares_by_year as select * rename (donor_id as sector_id)
from $schema.rpt_donor_approvals_by_year;
create table $schema.rpt_modality_shares_by_year as select * rename (donor_id as modality_id)
from $schema.rpt_donor_approvals_by_year;
create table $schema.rpt_donor_group_shares_by_year as select * rename (donor_id as donor_group_id)
from $schema.rpt_donor_approvals_by_year;
create table $schema.rpt_funding_source_shares_by_year
as select * rename (donor_id as funding_source_id) from $schema.rpt_donor_approvals_by_year;

create table $schema.rpt_local_mobilisation_by_year as
select
    approval_year, amount_usd, cast(1000 as decimal(38, 2)) as local_usd,
    amount_usd - 1000 as central_usd, cast(0 as decimal(38, 2)) as not_stated_usd,
    cast(10 as decimal(18, 2)) as local_share_pct, cast(89.99 as decimal(18, 2)) as central_share_pct,
    cast(0 as decimal(18, 2)) as not_stated_share_pct,
    cast(0.01 as decimal(18, 2)) as share_residual_pct
from $schema.rpt_approvals_by_year;

create table $schema.rpt_published_figures as
select * from (values
    ('H01', 'approvals', '2005', 'all', '=', '243', '243.1', 'USD million', 'pass'),
    ('H02', 'locally mobilised share', '2005', 'local', '=', '28', '28', 'percent', 'pass')
) as figures (figure_id, measure, period, member, operator, expected_value, value, unit, status)
cross join (
    select date '2007-10-15' as as_of_date, '243.0' as value_then, 'pass' as status_then,
        'revision' as difference_reason
);

create table $schema.dim_published_figures as
select figure_id, measure, member, if(figure_id = 'H01', 'total', 'mobilisation') as member_dimension,
    if(figure_id = 'H01', 'all', 'local') as member_id, 2005 as start_year, 2005 as end_year,
    cast(null as integer) as compared_start_year, cast(null as integer) as compared_end_year
from $schema.rpt_published_figures;

create table $schema.rpt_office_scorecard as
select
    office_id, 'monthly' as cadence, count(*) as file_count,
    cast(max(exported_at) as date) as last_exported_date, 3650 as expected_interval_days
from $schema.files group by office_id;
