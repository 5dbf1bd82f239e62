{%- set forecast_parts = {
    'forecast': 'forecast_usd',
    'approved_then': 'approved_then_usd',
    'forecast_local': 'local_usd',
} %}

with

approvals as (

    select * from {{ ref('int_members_contributed') }}
    where dimension <> 'recipient'

),

forecasts as (

    select * from {{ ref('int_forecasts_contributed') }}

),

quarantine as (

    select
        *,
        cast(extract(year from approval_date) as integer) as approval_year
    from {{ ref('int_quarantine_valued') }}
    where is_standing and approval_date is not null

),

unioned as (

    select
        dimension,
        member_id,
        approval_year,
        'fct_approvals' as source_table,
        approval_id as source_id,
        version_number,
        amount_usd,
        approval_count as row_count,
        excluded_reason
    from approvals
    {%- for dimension, amount in forecast_parts.items() %}
    {%- for suffix, member in [('', "'all'"), ('_by_donor', 'donor_id')] %}
    union all
    select
        '{{ dimension ~ suffix }}' as dimension,
        {{ member }} as member_id,
        forecast_year as approval_year,
        'fct_approval_versions' as source_table,
        approval_id as source_id,
        version_number,
        {{ amount }} as amount_usd,
        1 as row_count,
        cast(null as string) as excluded_reason
    from forecasts
    where {{ amount }} is not null
    {%- endfor %}
    {%- endfor %}
    {%- for dimension, counts in [('quarantine', true), ('total', false)] %}
    union all
    select
        '{{ dimension }}' as dimension,
        'all' as member_id,
        approval_year,
        'quarantine' as source_table,
        quarantine_id as source_id,
        cast(null as bigint) as version_number,
        {{ 'coalesce(amount_usd, 0)' if counts else 0 }} as amount_usd,
        {{ 1 if counts else 0 }} as row_count,
        {{ 'cast(null as string)' if counts else "'quarantined'" }} as excluded_reason
    from quarantine
    {%- endfor %}

)

select
    dimension,
    member_id,
    approval_year,
    source_table,
    source_id,
    version_number,
    cast(amount_usd as decimal(18, 2)) as amount_usd,
    cast(row_count as integer) as row_count,
    excluded_reason
from unioned
