with

shares as (

    select * from {{ ref('int_shares_by_year') }}
    where dimension = 'funding_source'

),

funding_sources as (

    select * from {{ ref('dim_funding_sources') }}

),

described as (

    select
        shares.share_id as funding_source_share_id,
        shares.approval_year,
        shares.member_id as funding_source_id,
        funding_sources.funding_source_name,
        funding_sources.is_approval,
        shares.approval_count,
        cast(shares.amount_usd as decimal(38, 2)) as amount_usd,
        cast(shares.year_amount_usd as decimal(38, 2)) as year_amount_usd,
        shares.share_pct,
        cast(shares.share_residual_pct as decimal(18, 2)) as share_residual_pct,
        shares.amount_rank,
        cast(shares.previous_year_usd as decimal(38, 2)) as previous_year_usd,
        cast(shares.change_usd as decimal(38, 2)) as change_usd,
        shares.change_pct
    from shares
    left join funding_sources on shares.member_id = funding_sources.funding_source_id

)

select * from described
