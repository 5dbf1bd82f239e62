select approval_id
from {{ ref('fct_approvals') }}
where
    (is_counted and (amount_usd is null or approval_year is null))
    or (is_counted and status not in ('approved', 'revised'))
    or (is_counted <> (not_counted_reason is null))
