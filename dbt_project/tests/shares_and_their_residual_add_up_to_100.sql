select
    dimension,
    approval_year,
    sum(share_pct) + max(share_residual_pct) as total_pct
from {{ ref('int_shares_by_year') }}
where year_amount_usd <> 0
group by dimension, approval_year
having
    sum(share_pct) + max(share_residual_pct) <> 100
    or count(*) <> count(share_pct)
