-- Every record that counts, with the members of the dimensions that its names stand for.
{%- set dimensions = [
    'donor', 'recipient', 'region', 'sector', 'funding_source', 'modality'
] %}

with

records as (

    select * from {{ ref('int_approvals_identified') }}
    where
        not is_repeated_reference
        and {{ is_touched('approval_id', 'int_approvals_touched') }}

),

names as (

    select * from {{ ref('int_names_resolved') }}

),

recipients as (

    select * from {{ ref('recipients') }}

),

donors as (

    select * from {{ ref('int_donors_described') }}

),

named as (

    select
        records.*,
        {%- for dimension in dimensions %}
        coalesce({{ dimension }}_names.member_id, 'not-stated') as {{ dimension }}_named,
        {%- endfor %}
        upper(split_part(trim(records.project_symbol), '/', 1)) as symbol_prefix
    from records
    {% for dimension in dimensions -%}
    left join names as {{ dimension }}_names
        on
            records.{{ dimension }}_name = {{ dimension }}_names.reported_name
            and {{ dimension }}_names.dimension = '{{ dimension }}'
    {% endfor %}

),

-- The first part of a project symbol names its recipient, as in RAS/06/12/NET.
derived as (

    select
        named.*,
        case
            when named.recipient_named = 'not-stated'
                then coalesce(prefixes.recipient_id, 'not-stated')
            else named.recipient_named
        end as recipient_id
    from named
    left join recipients as prefixes on named.symbol_prefix = prefixes.recipient_id

),

-- A recipient lies in one region whatever region the office writes beside it.
classified as (

    select
        derived.*,
        derived.donor_named as donor_id,
        donors.donor_group,
        coalesce(recipients.region_id, derived.region_named) as region_id,
        derived.sector_named as sector_id,
        derived.funding_source_named as funding_source_id,
        derived.modality_named as modality_id
    from derived
    left join recipients on derived.recipient_id = recipients.recipient_id
    left join donors on derived.donor_named = donors.donor_id

)

select * from classified
