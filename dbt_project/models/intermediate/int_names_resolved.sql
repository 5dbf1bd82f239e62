-- Each name that any export uses is folded and looked up once, however many rows use it.
{%- set columns = {
    'donor': 'donor_name', 'recipient': 'recipient_name', 'region': 'region_name',
    'sector': 'sector_name', 'funding_source': 'funding_source_name',
    'modality': 'modality_name'
} %}

with

approvals as (

    select * from {{ ref('stg_lake__approvals') }}

),

agreements as (

    select * from {{ ref('stg_lake__agreements') }}

),

aliases as (

    select * from {{ ref('int_members_aliased') }}

),

reported as (

    select
        'donor' as dimension,
        donor_name as reported_name
    from agreements
    {%- for dimension, column in columns.items() %}
    union
    select
        '{{ dimension }}' as dimension,
        {{ column }} as reported_name
    from approvals
    {%- endfor %}

),

folded as (

    select
        dimension,
        reported_name,
        {{ folded('reported_name') }} as folded_name
    from reported
    where reported_name is not null

),

-- A donor that no alias knows is a donor of its own: its money must stay visible by name.
resolved as (

    select
        folded.dimension,
        folded.reported_name,
        folded.folded_name,
        case
            when aliases.member_id is not null then aliases.member_id
            when folded.folded_name = '' then 'not-stated'
            when folded.dimension = 'donor' then 'unmapped-' || md5(folded.folded_name)
            else 'unmapped'
        end as member_id,
        aliases.member_id is not null as is_mapped,
        {{ hashed(['folded.dimension', 'folded.reported_name']) }} as name_id
    from folded
    left join aliases
        on
            folded.dimension = aliases.dimension
            and folded.folded_name = aliases.folded_name

)

select * from resolved
