-- The published figures with their words read: the days that the period bounds, the unit, what
-- is allowed for. "early 2008" ends with June; what follows "vs" is the period compared with. A
-- printed number without a tolerance stands for whatever rounds to it, and "slightly over" for
-- what lies above it by no more than a unit of its last digit.
{%- set decimals = "coalesce(length(split_part(expected_value, '.', 2)), 0)" %}

with

figures as (

    select
        *,
        split_part(replace(period, ' per year', ''), ' vs ', 1) as spoken,
        split_part(period, ' vs ', 2) as compared
    from {{ ref('published_figures') }}

),

read as (

    select
        *,
        left(replace(spoken, 'early ', ''), 4) as start_text,
        right(spoken, 4) as end_text,
        spoken like '%early ____' as is_early_end,
        unit like '___ %' or unit like '___' as is_in_currency,
        unit like '___ %' or unit like '___' or unit = 'percent' as is_rounded,
        coalesce(period like '% per year' or unit like '% per year', false) as is_per_year
    from figures

)

select
    figure_id,
    measure,
    period,
    dimension,
    replace(dimension, ' ', '_') as dimension_name,
    member,
    operator,
    expected_value,
    unit,
    case when is_in_currency then left(unit, 3) end as currency_code,
    case split_part(unit, ' ', 2)
        when 'thousand' then 1000
        when 'million' then 1000000
        when 'billion' then 1000000000
        else 1
    end as unit_factor,
    coalesce(tolerance, case
        when operator not in ('=', '~=', '>~') or not is_rounded then '0'
        when operator = '>~' and {{ decimals }} = 0 then '1'
        when operator = '>~' then '0.' || repeat('0', {{ decimals }} - 1) || '1'
        when {{ decimals }} = 0 then '0.5'
        else '0.' || repeat('0', {{ decimals }}) || '5'
    end) as tolerance,
    coalesce(tolerance_reason, case
        when tolerance is not null or not is_rounded then null
        when operator = '>~' then 'a unit of the last printed digit'
        when operator in ('=', '~=') then 'half a unit of the last printed digit'
    end) as tolerance_reason,
    paper,
    paragraph,
    as_of_date,
    coalesce(source, paper || coalesce(' para ' || paragraph, '')) as source,
    note,
    is_per_year,
    try_cast(start_text as integer) as start_year,
    try_cast(end_text as integer) as end_year,
    try_cast(left(compared, 4) as integer) as compared_start_year,
    try_cast(right(compared, 4) as integer) as compared_end_year,
    is_early_end,
    try_cast(start_text || '-01-01' as date) as start_date,
    try_cast(
        end_text || case when is_early_end then '-06-30' else '-12-31' end as date
    ) as end_date
from read
