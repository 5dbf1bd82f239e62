with

years as (

    select * from {{ ref('int_totals_by_year') }}

),

deflators as (

    select * from {{ ref('deflators') }}

),

series as (

    select
        deflators.deflator_series,
        deflators.base_year,
        deflators.is_synthetic = 'yes' as is_synthetic,
        max(case when deflators.index_year = deflators.base_year then deflators.price_index end)
            as base_price_index
    from deflators
    group by all

),

deflated as (

    select
        series.deflator_series,
        series.base_year,
        series.is_synthetic,
        years.approval_year,
        years.amount_usd,
        deflators.price_index,
        series.base_price_index,
        -- The index has at most four decimals: both become whole numbers, and nothing is rounded.
        {{ exact_ratio(
            'cast(years.amount_usd as decimal(24, 2))'
            ~ ' * cast(series.base_price_index * 10000 as decimal(14, 0))',
            'deflators.price_index * 10000'
        ) }} as constant_usd
    from years
    cross join series
    left join deflators
        on
            series.deflator_series = deflators.deflator_series
            and years.approval_year = deflators.index_year

),

compared as (

    select
        *,
        lag(amount_usd) over earlier as previous_year_usd,
        lag(constant_usd) over earlier as previous_constant_usd
    from deflated
    window earlier as (partition by deflator_series order by approval_year)

),

measured as (

    select
        {{ hashed(['deflator_series', 'approval_year']) }} as constant_price_id,
        deflator_series,
        approval_year,
        cast(amount_usd as decimal(38, 2)) as amount_usd,
        {{ percentage('amount_usd - previous_year_usd', 'previous_year_usd') }}
            as change_pct,
        price_index,
        base_year,
        base_price_index,
        constant_usd,
        previous_constant_usd,
        cast(constant_usd - previous_constant_usd as decimal(18, 2))
            as change_constant_usd,
        {{ percentage('constant_usd - previous_constant_usd', 'previous_constant_usd') }}
            as change_constant_pct,
        case
            when base_price_index is null then 'no index is known for the base year'
            when price_index is null then 'no index is known for the year'
        end as missing_reason,
        is_synthetic
    from compared

)

select * from measured
