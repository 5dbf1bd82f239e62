-- The values of targets. A target is configuration: it is the same on the day of the paper.
with

figures as (

    select * from {{ ref('dim_published_figures') }}
    where measure in ('target share', 'RBSA target')

),

targets as (

    select * from {{ ref('targets') }}

),

targeted as (

    select
        figures.figure_id,
        case
            when figures.measure = 'target share' then targets.target_pct
            else {{ exact_ratio('targets.target_usd', 'figures.unit_factor') }}
        end as value_number
    from figures
    inner join targets
        on
            figures.start_year = targets.period_start_year
            and figures.end_year = targets.period_end_year
            and targets.measure = case
                when figures.measure = 'target share' then 'dwcp_contribution'
                else 'rbsa_contribution'
            end

),

known as (

    {%- for knowledge in ['now', 'then'] %}
    {% if not loop.first %}union all{% endif %}
    select
        figure_id,
        '{{ knowledge }}' as knowledge,
        value_number,
        cast(null as string) as value_text
    from targeted
    {%- endfor %}

)

select * from known
