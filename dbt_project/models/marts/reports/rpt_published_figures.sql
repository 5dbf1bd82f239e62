with

figures as (

    select
        *,
        try_cast(expected_value as decimal(18, 2)) as expected_number,
        try_cast(tolerance as decimal(18, 4)) as tolerance_number
    from {{ ref('dim_published_figures') }}

),

measured as (

    select * from {{ ref('int_figures_measured') }}

),

restated as (

    select * from {{ ref('int_figures_restated') }}

),

judged as (

    select
        measured.figure_id,
        measured.knowledge,
        measured.value_number,
        case
            when figures.unit = 'rank'
                then cast(cast(measured.value_number as integer) as string)
            else coalesce(measured.value_text, cast(measured.value_number as string))
        end as shown_value,
        case when {{ agrees_with_figure('measured', 'figures') }} then 'pass' else 'fail' end
            as status
    from figures
    inner join measured on figures.figure_id = measured.figure_id
    where measured.knowledge <> 'then' or figures.as_of_date is not null

),

compared as (

    select
        figures.*,
        now_known.shown_value as value,
        coalesce(now_known.status, 'no_data') as status,
        then_known.shown_value as value_then,
        case
            when figures.as_of_date is null then 'not_dated'
            else coalesce(then_known.status, 'no_data')
        end as status_then,
        now_known.value_number - then_known.value_number as difference,
        today_known.shown_value as value_today,
        coalesce(today_known.status, 'no_data') as status_today,
        cast(today_known.value_number - now_known.value_number as decimal(18, 2))
            as reclassified_difference
    from figures
    {% for side in ['now', 'then', 'today'] -%}
    left join judged as {{ side }}_known
        on
            figures.figure_id = {{ side }}_known.figure_id
            and {{ side }}_known.knowledge = '{{ side }}'
    {% endfor %}

)

select
    {% for column in [
        'figure_id', 'measure', 'period', 'dimension', 'member', 'operator', 'unit',
        'expected_value', 'value', 'tolerance', 'status', 'as_of_date', 'value_then',
        'status_then', 'value_today', 'status_today', 'reclassified_difference'
    ] -%}
    compared.{{ column }},
    {% endfor -%}
    cast(compared.difference as decimal(18, 2)) as difference,
    case
        when compared.status_then = 'no_data' and compared.status <> 'no_data'
            then 'nothing of the kind was known on the day of the paper'
        when compared.value_then = compared.value then null
        when compared.value_then is not null
            then coalesce(
                replace(restated.change_reasons, '_', ' '), 'stated anew since then'
            )
    end as difference_reason,
    {% for reason in (change_reasons() | list) + ['change', 'all_members_change'] -%}
    case
        when compared.as_of_date is not null and compared.value is not null
            then coalesce(restated.{{ reason }}_usd, 0)
    end as {{ reason }}_usd,
    {% endfor -%}
    compared.source,
    compared.note
from compared
left join restated on compared.figure_id = restated.figure_id
