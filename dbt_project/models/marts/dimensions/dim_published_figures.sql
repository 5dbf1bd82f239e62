{%- set members = {
    'donor': 'dim_donors', 'region': 'dim_regions', 'sector': 'dim_sectors',
    'modality': 'dim_modalities', 'funding_source': 'dim_funding_sources',
} %}

with

figures as (

    select
        *,
        member like '%governments' as is_of_governments
    from {{ ref('int_figures_periods') }}

),

members as (

    {%- for dimension, relation in members.items() %}
    select
        '{{ dimension }}' as dimension_name,
        {{ dimension }}_name as member,
        min({{ dimension }}_id) as member_id
    from {{ ref(relation) }}
    group by {{ dimension }}_name
    {% if not loop.last %}union all{% endif %}
    {%- endfor %}

),

resolved as (

    select
        ---------- ids
        figures.figure_id,
        case
            when figures.is_of_governments then 'donor_group' else figures.dimension_name
        end as member_dimension,
        case
            when figures.is_of_governments then 'Governments'
            when figures.dimension_name in ('total', 'mobilisation', 'donor_group')
                then figures.member
            else members.member_id
        end as member_id,

        ---------- strings
        figures.measure,
        figures.period,
        figures.dimension,
        figures.member,
        figures.operator,
        figures.expected_value,
        figures.unit,
        figures.currency_code,
        figures.tolerance,
        figures.tolerance_reason,
        figures.paper,
        figures.paragraph,
        figures.source,
        figures.note,

        ---------- numerics
        cast(figures.unit_factor as integer) as unit_factor,
        figures.start_year,
        figures.end_year,
        figures.compared_start_year,
        figures.compared_end_year,

        ---------- booleans
        figures.is_per_year,

        ---------- dates
        figures.start_date,
        figures.end_date,
        figures.as_of_date
    from figures
    left join members
        on
            figures.dimension_name = members.dimension_name
            and figures.member = members.member

)

select * from resolved
