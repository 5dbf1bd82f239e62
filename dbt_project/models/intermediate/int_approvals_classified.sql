-- Every record with the members of the dimensions that its names stand for.
{%- set dimensions = [
    'donor', 'recipient', 'region', 'sector', 'funding_source', 'modality'
] %}

with

records as (

    select * from {{ ref('int_approvals_identified') }}
    where not is_repeated_reference

),

names as (

    select * from {{ ref('int_names_resolved') }}

),

recipients as (

    select * from {{ ref('recipients') }}

),

named as (

    select
        records.record_id,
        {%- for dimension in dimensions %}
        coalesce({{ dimension }}_names.member_id, 'not-stated') as {{ dimension }}_id,
        {%- endfor %}
        upper(split_part(trim(records.project_symbol), '/', 1)) as symbol_prefix
    from records
    left join names as donor_names
        on
            records.donor_name = donor_names.reported_name
            and donor_names.dimension = 'donor'
    left join names as recipient_names
        on
            records.recipient_name = recipient_names.reported_name
            and recipient_names.dimension = 'recipient'
    left join names as region_names
        on
            records.region_name = region_names.reported_name
            and region_names.dimension = 'region'
    left join names as sector_names
        on
            records.sector_name = sector_names.reported_name
            and sector_names.dimension = 'sector'
    left join names as funding_source_names
        on
            records.funding_source_name = funding_source_names.reported_name
            and funding_source_names.dimension = 'funding_source'
    left join names as modality_names
        on
            records.modality_name = modality_names.reported_name
            and modality_names.dimension = 'modality'

),

-- The first part of a project symbol names its recipient, as in RAS/06/12/NET.
derived as (

    select
        named.*,
        case
            when named.recipient_id = 'not-stated'
                then coalesce(prefixes.recipient_id, 'not-stated')
            else named.recipient_id
        end as final_recipient_id
    from named
    left join recipients as prefixes on named.symbol_prefix = prefixes.recipient_id

),

-- A recipient lies in one region whatever region the office writes beside it.
classified as (

    select
        derived.record_id,
        derived.donor_id,
        derived.final_recipient_id as recipient_id,
        coalesce(recipients.region_id, derived.region_id) as region_id,
        derived.sector_id,
        derived.funding_source_id,
        derived.modality_id
    from derived
    left join recipients on derived.final_recipient_id = recipients.recipient_id

)

select * from classified
