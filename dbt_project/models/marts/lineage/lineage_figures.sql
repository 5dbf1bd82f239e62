{%- set classified = classified_dimensions() | join("', '") %}

with

figures as (

    select
        *,
        member_dimension in ('{{ classified }}') as is_classed
    from {{ ref('dim_published_figures') }}

),

said_by_rows as (

    {%- for located in [
        'int_figures_of_rows', 'int_figures_of_members', 'int_figures_over_periods',
        'int_figures_of_years'
    ] %}
    {%- set of_part = located == 'int_figures_of_years' %}
    select
        figure_id,
        combination,
        report_name,
        row_id,
        column_name,
        1 as operand_number,
        {{ 'member_id' if of_part else 'cast(null as string)' }} as member_id,
        {{ 'part_dimension' if of_part else 'cast(null as string)' }} as part_dimension
    from {{ ref(located) }}
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}

),

-- What no row says by itself is made of sums over years.
over_years as (

    select
        spans.*,
        cast(null as string) as part_dimension
    from {{ ref('int_figures_of_spans') }} as spans
    left join said_by_rows on spans.figure_id = said_by_rows.figure_id
    where said_by_rows.figure_id is null

),

unioned as (

    select * from said_by_rows
    union all
    select * from over_years

),

-- Whose members nobody classifies is made of the same rows in either classification.
classified as (

    select
        unioned.*,
        case when figures.is_classed then 'then' else 'both' end as classification
    from unioned
    inner join figures on unioned.figure_id = figures.figure_id
    union all
    select
        *,
        'today' as classification
    from {{ ref('int_figures_of_today') }}

)

select * from classified
