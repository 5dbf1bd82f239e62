-- What counts, by dimension, member and year. Funding sources are shown among all resources:
-- the regular budget is not a new approval, and is what approvals are compared with.
{%- set dimensions = [
    'donor', 'recipient', 'region', 'sector', 'modality', 'funding_source'
] %}

with

approvals as (

    select * from {{ ref('int_approvals_decided') }}
    where is_counted or not_counted_reason = 'not_an_approval'

),

donors as (

    select * from {{ ref('int_donors_described') }}

),

grouped as (

    select
        approvals.*,
        donors.donor_group as donor_group_id
    from approvals
    left join donors on approvals.donor_id = donors.donor_id

),

unioned as (

    {%- for dimension in dimensions + ['donor_group'] %}
    {% if not loop.first %}union all{% endif %}
    select
        '{{ dimension }}' as dimension,
        {{ dimension }}_id as member_id,
        approval_year,
        count(*) as approval_count,
        cast(sum(amount_usd) as decimal(38, 2)) as amount_usd
    from grouped
    {%- if dimension != 'funding_source' %}
    where is_counted
    {%- endif %}
    group by all
    {%- endfor %}

)

select * from unioned
