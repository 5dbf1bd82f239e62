{%- set decided = [
    'suspicion', 'decision', 'reason', 'decided_by', 'decision_id', 'known_from_at'
] %}
{%- set places = ['file_sha256', 'file_name', 'sheet_name', 'record_number'] %}

with

pairs as (

    select * from {{ ref('int_duplicates_decided') }}

),

repeats as (

    select * from {{ ref('int_repeats_decided') }}

),

approvals as (

    select * from {{ ref('int_approvals_decided') }}

),

of_two_approvals as (

    select
        pairs.pair_id as duplicate_decision_id,
        {%- for column in decided %}
        pairs.{{ column }},
        {%- endfor %}
        other.project_symbol,
        other.office_reference,
        pairs.counted_approval_id,
        pairs.approval_id as other_approval_id,
        counted.project_symbol as counted_project_symbol,
        counted.office_id as counted_office_id,
        other.office_id as other_office_id,
        counted.approval_year as counted_approval_year,
        other.approval_year as other_approval_year,
        counted.amount_usd as counted_amount_usd,
        other.amount_usd as other_amount_usd,
        pairs.is_disputed,
        {%- for place in places %}
        counted.{{ place }} as counted_{{ place }},
        other.{{ place }} as other_{{ place }}
        {%- if not loop.last %},{% endif %}
        {%- endfor %}
    from pairs
    inner join approvals as other on pairs.approval_id = other.approval_id
    inner join approvals as counted on pairs.counted_approval_id = counted.approval_id

),

of_one_approval as (

    select
        {{ hashed(['repeats.decision', 'repeats.record_id']) }}
            as duplicate_decision_id,
        {%- for column in decided %}
        repeats.{{ column }},
        {%- endfor %}
        repeats.project_symbol,
        repeats.office_reference,
        repeats.approval_id as counted_approval_id,
        repeats.approval_id as other_approval_id,
        counted.project_symbol as counted_project_symbol,
        repeats.office_id as counted_office_id,
        repeats.office_id as other_office_id,
        counted.approval_year as counted_approval_year,
        counted.approval_year as other_approval_year,
        counted.amount_usd as counted_amount_usd,
        cast(null as decimal(18, 2)) as other_amount_usd,
        false as is_disputed,
        {%- for place in places %}
        counted.{{ place }} as counted_{{ place }},
        repeats.{{ place }} as other_{{ place }}
        {%- if not loop.last %},{% endif %}
        {%- endfor %}
    from repeats
    left join approvals as counted on repeats.approval_id = counted.approval_id

),

unioned as (

    select * from of_two_approvals
    union all
    select * from of_one_approval

)

select
    *,
    cast(other_amount_usd - counted_amount_usd as decimal(18, 2)) as difference_usd
from unioned
