-- The walk of a reader of the release: from the cells of the report by the contributions to the
-- approvals, and from them to the rates of the set.
{%- set sums = {
    'approval_count': 'case when set_usd is not null then 1 else 0 end',
    'amount_usd': 'set_usd',
    'rate_effect_usd': 'set_usd - chosen_usd',
    'unconverted_count': 'case when set_usd is null then 1 else 0 end',
    'unvalued_count': 'case when set_usd is null and other_set is null then 1 else 0 end',
} %}

with

asked as (

    select distinct
        cells.row_id,
        contributions.source_id as approval_id
    from {{ ref('lineage_cells') }} as cells
    inner join {{ ref('lineage_contributions') }} as contributions
        on
            cells.dimension = contributions.dimension
            and cells.member_id = contributions.member_id
            and cells.approval_year = contributions.approval_year
    where
        cells.report_name = 'rpt_approvals_by_rate_set'
        and cells.column_name = 'amount_usd'
        and contributions.row_count > 0

),

approvals as (

    select
        approvals.*,
        approvals.usd_basis = 'rates' and approvals.currency_code <> 'USD' as is_converted
    from {{ ref('fct_approvals') }} as approvals
    left join {{ ref('dim_funding_sources') }} as funding_sources
        on approvals.funding_source_id = funding_sources.funding_source_id
    where coalesce(funding_sources.is_approval, true)

),

-- As few days as there are, so that looking for rates does not grow with the approvals.
days as (

    select distinct
        currency_code,
        approval_date
    from approvals
    where is_converted

),

rates as (

    select
        days.currency_code,
        days.approval_date,
        rates.rate_set_id,
        rates.units_per_usd
    from days
    inner join {{ ref('fct_exchange_rates') }} as rates
        on
            days.currency_code = rates.currency_code
            and days.approval_date between rates.holds_from_date and rates.holds_to_date
    where rates.is_current

),

any_rates as (

    select
        currency_code,
        approval_date,
        min(rate_set_id) as rate_set_id
    from rates
    group by currency_code, approval_date

),

valued as (

    select
        asked.row_id,
        approvals.amount_usd as chosen_usd,
        coalesce(any_rates.rate_set_id, cast(approvals.amount_usd as string)) as other_set,
        case
            when approvals.is_converted
                then {{ exact_ratio('approvals.amount_original', 'rates.units_per_usd') }}
            else approvals.amount_usd
        end as set_usd
    from asked
    inner join {{ ref('rpt_approvals_by_rate_set') }} as reports
        on asked.row_id = reports.approvals_by_rate_set_id
    inner join approvals on asked.approval_id = approvals.approval_id
    left join rates
        on
            reports.rate_set_id = rates.rate_set_id
            and approvals.currency_code = rates.currency_code
            and approvals.approval_date = rates.approval_date
    left join any_rates
        on
            approvals.is_converted
            and approvals.currency_code = any_rates.currency_code
            and approvals.approval_date = any_rates.approval_date

),

added as (

    select
        row_id,
        {%- for column, amount in sums.items() %}
        coalesce(sum({{ amount }}), 0) as {{ column }}
        {%- if not loop.last %},{% endif %}
        {%- endfor %}
    from valued
    group by row_id

)

select
    reports.approvals_by_rate_set_id,
    added.*
from {{ ref('rpt_approvals_by_rate_set') }} as reports
left join added on reports.approvals_by_rate_set_id = added.row_id
where
    added.row_id is null
    {%- for column in sums %}
    or reports.{{ column }} <> added.{{ column }}
    {%- endfor %}
