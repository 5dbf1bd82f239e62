{%- set reports = [
    'rpt_donor_approvals_by_year', 'rpt_region_shares_by_year', 'rpt_sector_shares_by_year',
    'rpt_modality_shares_by_year', 'rpt_donor_group_shares_by_year'
] %}
with

reported as (

    {%- for report in reports %}
    select
        '{{ report }}' as report,
        approval_year,
        sum(amount_usd) as amount_usd
    from {{ ref(report) }}
    group by approval_year
    union all
    {%- endfor %}
    select
        'fct_approvals' as report,
        approval_year,
        sum(amount_usd) as amount_usd
    from {{ ref('fct_approvals') }}
    where is_counted
    group by approval_year
    union all
    select
        'rpt_approval_vintages' as report,
        approval_year,
        sum(change_usd) as amount_usd
    from {{ ref('rpt_approval_vintages') }}
    group by approval_year
    union all
    select
        dimension || ' of today' as report,
        approval_year,
        sum(today_usd) as amount_usd
    from {{ ref('rpt_reclassified_shares_by_year') }}
    group by dimension, approval_year

)

select
    reported.report,
    reported.approval_year,
    reported.amount_usd,
    years.amount_usd as year_amount_usd
from reported
left join {{ ref('rpt_approvals_by_year') }} as years
    on reported.approval_year = years.approval_year
where
    coalesce(reported.amount_usd, 0) <> coalesce(years.amount_usd, 0)
