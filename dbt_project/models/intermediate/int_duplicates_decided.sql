-- The same project symbol reported by headquarters and by a field office is one approval: the
-- side that negotiated it counts, local the field office's row, central the headquarters'.
-- Headquarters' word decides where the two disagree, and the decision is marked as disputed.
with

approvals as (

    select
        *,
        upper(replace(project_symbol, ' ', '')) as symbol,
        status = 'forecast' as is_forecast
    from {{ ref('int_approvals_enriched') }}
    where
        is_current
        and not is_withdrawn
        and project_symbol is not null
        and office_role in ('headquarters', 'field')

),

sides as (

    select
        symbol,
        is_forecast,
        min(case when office_role = 'headquarters' then nullif(negotiation, 'not-stated') end)
            as headquarters_word,
        min(case when office_role = 'field' then nullif(negotiation, 'not-stated') end)
            as field_word
    from approvals
    group by symbol, is_forecast
    having count(distinct office_role) = 2

),

decided as (

    select
        *,
        case
            when coalesce(headquarters_word, field_word) = 'local' then 'field'
            else 'headquarters'
        end as counted_role,
        coalesce(headquarters_word <> field_word, false) as is_disputed
    from sides

),

counted as (

    select
        decided.symbol,
        decided.is_forecast,
        decided.is_disputed,
        decided.counted_role,
        min(approvals.approval_id) as counted_approval_id
    from decided
    inner join approvals
        on
            decided.symbol = approvals.symbol
            and decided.is_forecast = approvals.is_forecast
            and decided.counted_role = approvals.office_role
    group by all

),

losing as (

    select
        approvals.approval_id,
        approvals.symbol as project_symbol,
        counted.counted_approval_id,
        counted.counted_role,
        counted.is_disputed
    from counted
    inner join approvals
        on
            counted.symbol = approvals.symbol
            and counted.is_forecast = approvals.is_forecast
            and counted.counted_role <> approvals.office_role

)

select * from losing
