-- The value of each published figure, as known on the day of its paper ('then') and as known now;
-- and in the classification of today ('today'). No row where there is none.
{%- set classified = classified_dimensions() | join("', '") %}
{%- set measured = [
    'int_figures_of_amounts', 'int_figures_of_peaks', 'int_figures_of_agreements',
    'int_figures_of_forecasts', 'int_figures_of_targets'
] %}

with

unioned as (

    {%- for relation in measured %}
    {% if not loop.first %}union all{% endif %}
    select
        figure_id,
        knowledge,
        cast(value_number as decimal(18, 2)) as value_number,
        value_text
    from {{ ref(relation) }}
    {%- endfor %}

),

valued as (

    select * from unioned
    where value_number is not null or value_text is not null

),

-- What nobody classifies is in that of today what it is now.
unclassified as (

    select
        valued.figure_id,
        'today' as knowledge,
        valued.value_number,
        valued.value_text
    from valued
    inner join {{ ref('dim_published_figures') }} as figures
        on valued.figure_id = figures.figure_id
    where
        valued.knowledge = 'now'
        and figures.member_dimension not in ('{{ classified }}')

),

complete as (

    select * from valued
    union all
    select * from unclassified

)

select * from complete
