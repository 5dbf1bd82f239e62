with

figures as (

    select * from {{ ref('published_figures') }}

),

measured as (

    select * from {{ ref('int_figures_measured') }}

),

compared as (

    select
        figures.*,
        measured.value_number,
        measured.value_text,
        case
            when figures.unit = 'rank'
                then cast(cast(measured.value_number as integer) as string)
            else coalesce(measured.value_text, cast(measured.value_number as string))
        end as shown_value,
        try_cast(figures.expected_value as decimal(18, 2)) as expected_number,
        coalesce(try_cast(figures.tolerance as decimal(18, 4)), 0) as tolerance_number
    from figures
    left join measured on figures.figure_id = measured.figure_id

),

judged as (

    select
        *,
        case
            when shown_value is null then null
            when value_text is not null
                then
                    {{ sorted_list('value_text') }} = {{ sorted_list('expected_value') }}
            when operator in ('=', '~=')
                then abs(value_number - expected_number) <= tolerance_number
            when operator = '>' then value_number > expected_number
            when operator = '<' then value_number < expected_number
            when operator = '>~'
                then
                    value_number > expected_number
                    and value_number <= expected_number + tolerance_number
            else false
        end as is_passed
    from compared

)

select
    figure_id,
    measure,
    period,
    dimension,
    member,
    operator,
    unit,
    expected_value,
    shown_value as value,
    tolerance,
    case
        when shown_value is null then 'no_data'
        when is_passed then 'pass'
        else 'fail'
    end as status,
    source,
    note
from judged
