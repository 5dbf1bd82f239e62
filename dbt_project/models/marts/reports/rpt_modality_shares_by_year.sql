with

shares as (

    select * from {{ ref('int_shares_by_year') }}
    where dimension = 'modality'

),

modalities as (

    select * from {{ ref('dim_modalities') }}

),

described as (

    select
        shares.share_id as modality_share_id,
        shares.approval_year,
        shares.member_id as modality_id,
        modalities.modality_name,
        modalities.is_pooled,
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
    left join modalities on shares.member_id = modalities.modality_id

)

select * from described
