-- What approvals come to for every member and year, for each day of a published paper: known by
-- the end of that day, and moved since, by reason. All rows of a day together are what is known
-- now. By the day of a paper without one all is known.
{%- set members = {
    'total': "'all'", 'donor': 'donor_id',
    'donor_group': 'donor_group_id',
    'region': 'region_id',
    'sector': 'sector_id',
    'modality': 'modality_id',
    'funding_source': 'funding_source_id',
    'mobilisation': 'negotiation',
} %}
{%- set kept = members.values() | reject('equalto', "'all'") | list %}

with

dates as (

    select distinct coalesce(as_of_date, cast('9999-12-31' as date)) as paper_date
    from {{ ref('dim_published_figures') }}

),

-- What counts among all resources; which of them are approvals the funding source says.
counted as (

    select
        {% for column in kept -%}
        versions.{{ column }},
        {% endfor -%}
        versions.approval_year,
        versions.change_reason,
        later.change_reason as later_reason,
        cast(versions.known_from_at as date) as known_from_date,
        cast(versions.known_to_at as date) as known_to_date,
        sum(versions.amount_usd) as amount_usd,
        count(*) as approval_count
    from {{ ref('int_versions_effective') }} as versions
    left join {{ ref('int_versions_effective') }} as later
        on
            versions.approval_id = later.approval_id
            and versions.version_number + 1 = later.version_number
    where
        versions.status in ('approved', 'revised')
        and not versions.is_withdrawn
        and not versions.is_duplicate
        and versions.amount_usd is not null
        and versions.approval_year is not null
    group by all

),

moved as (

    select
        dates.paper_date,
        case
            when counted.known_from_date > dates.paper_date then counted.change_reason
            else 'known_then'
        end as change_reason,
        counted.{{ kept | join(', counted.') }},
        counted.approval_year,
        counted.amount_usd,
        counted.approval_count
    from counted
    inner join dates
        on
            counted.known_from_date > dates.paper_date
            or counted.known_to_date is null
            or counted.known_to_date > dates.paper_date
    union all
    select
        dates.paper_date,
        counted.later_reason as change_reason,
        counted.{{ kept | join(', counted.') }},
        counted.approval_year,
        -counted.amount_usd as amount_usd,
        -counted.approval_count as approval_count
    from counted
    inner join dates on counted.known_to_date > dates.paper_date

)

{%- for dimension, member in members.items() %}
select
    paper_date,
    change_reason,
    '{{ dimension }}' as dimension,
    {{ member }} as member_id,
    funding_source_id,
    approval_year,
    sum(amount_usd) as amount_usd,
    sum(approval_count) as approval_count
from moved
group by all
{% if not loop.last %}union all{% endif %}
{%- endfor %}
