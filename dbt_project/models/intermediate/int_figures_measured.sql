-- The value of each published figure, as known on the day of its paper ('then') and as known now;
-- no row where there is none.
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

)

select * from unioned
where value_number is not null or value_text is not null
