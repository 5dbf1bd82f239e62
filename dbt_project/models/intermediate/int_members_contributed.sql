-- What each approval adds to each member that a report shows, and why it adds nothing: the one
-- place that says which approvals a sum is made of. Funding sources are shown among all
-- resources: the regular budget is not a new approval, and is what approvals are compared with.
{%- set members = {
    'total': "'all'",
    'resources': "'all'",
    'donor': 'donor_id',
    'donor_group': 'donor_group_id',
    'donor_group_today': 'today_donor_group_id',
    'recipient': 'recipient_id',
    'region': 'region_id',
    'region_today': 'today_region_id',
    'sector': 'sector_id',
    'sector_today': 'today_sector_id',
    'modality': 'modality_id',
    'funding_source': 'funding_source_id',
    'negotiation': 'negotiation',
    'office': 'office_id',
    'dwcp_outcome': "case when has_outcome then 'stated' end",
    'gender_marker': 'gender_marker',
    'tripartism_marker': 'tripartism_marker',
    'all_three': "case when has_outcome and gender_marker = 'yes'
        and tripartism_marker = 'yes' then 'yes' end",
    'undecided': "case when is_undecided then 'all' end",
    'unconverted': "case when not_counted_reason = 'unconverted' then 'all' end",
} %}
{%- set also_contributing = {
    'resources': 'not_an_approval',
    'funding_source': 'not_an_approval',
    'unconverted': 'unconverted',
} %}

with

suspected as (

    select distinct approval_id from {{ ref('int_duplicates_suspected') }}

),

-- Read once for each dimension, so kept: without the texts that no dimension asks for.
grouped as (

    select
        {% for column in [
            'approval_id', 'version_number', 'approval_year', 'amount_usd',
            'not_counted_reason', 'donor_id', 'donor_group_id', 'today_donor_group_id',
            'recipient_id', 'region_id', 'today_region_id', 'sector_id', 'today_sector_id',
            'modality_id', 'funding_source_id', 'negotiation', 'office_id', 'gender_marker',
            'tripartism_marker'
        ] -%}
        approvals.{{ column }},
        {% endfor -%}
        approvals.dwcp_outcome is not null as has_outcome,
        suspected.approval_id is not null as is_undecided
    from {{ ref('int_approvals_decided') }} as approvals
    left join suspected on approvals.approval_id = suspected.approval_id
    where approvals.approval_year is not null

),

unioned as (

    {%- for dimension, member in members.items() %}
    {% if not loop.first %}union all{% endif %}
    select
        '{{ dimension }}' as dimension,
        {{ member }} as member_id,
        approval_year,
        approval_id,
        version_number,
        amount_usd,
        {%- if dimension in also_contributing %}
        nullif(not_counted_reason, '{{ also_contributing[dimension] }}')
        {%- else %}
        not_counted_reason
        {%- endif %} as excluded_reason
    from grouped
    {%- endfor %}

)

select
    dimension,
    member_id,
    approval_year,
    approval_id,
    version_number,
    case when excluded_reason is null then coalesce(amount_usd, 0) else 0 end
        as amount_usd,
    case when excluded_reason is null then 1 else 0 end as approval_count,
    excluded_reason
from unioned
where member_id is not null
