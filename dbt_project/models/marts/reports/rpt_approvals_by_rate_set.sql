with

revalued as (

    select * from {{ ref('int_approvals_revalued') }}

),

summed as (

    select
        approval_year,
        rate_set_id,
        is_chosen,
        count(amount_usd) as approval_count,
        coalesce(sum(amount_usd), 0) as amount_usd,
        coalesce(sum(chosen_usd), 0) as chosen_usd,
        coalesce(sum(amount_usd - chosen_usd), 0) as rate_effect_usd,
        coalesce(sum(amount_usd) filter (where chosen_usd is null), 0)
        - coalesce(sum(chosen_usd) filter (where amount_usd is null), 0)
            as coverage_effect_usd,
        count(*) filter (where amount_usd is null) as unconverted_count,
        coalesce(sum(best_usd) filter (where amount_usd is null), 0) as unconverted_usd,
        count(*) filter (where best_usd is null) as unvalued_count
    from revalued
    group by approval_year, rate_set_id, is_chosen

),

measured as (

    select
        {{ hashed(['approval_year', 'rate_set_id']) }} as approvals_by_rate_set_id,
        approval_year,
        rate_set_id,
        is_chosen,
        approval_count,
        cast(amount_usd as decimal(38, 2)) as amount_usd,
        cast(chosen_usd as decimal(38, 2)) as chosen_usd,
        cast(amount_usd - chosen_usd as decimal(38, 2)) as difference_usd,
        {{ percentage('amount_usd - chosen_usd', 'chosen_usd') }} as difference_pct,
        cast(rate_effect_usd as decimal(38, 2)) as rate_effect_usd,
        cast(coverage_effect_usd as decimal(38, 2)) as coverage_effect_usd,
        unconverted_count,
        cast(unconverted_usd as decimal(38, 2)) as unconverted_usd,
        unvalued_count,
        cast(amount_usd + unconverted_usd as decimal(38, 2)) as amount_with_unconverted_usd
    from summed

)

select * from measured
