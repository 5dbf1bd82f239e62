select
    approval_id,
    count(*) filter (where known_to_at is null) as open_intervals,
    count(*) filter (where is_current) as current_versions,
    count(distinct known_from_at) as intervals
from {{ ref('fct_approval_versions') }}
group by approval_id
having
    count(*) filter (where known_to_at is null) <> 1
    or count(*) filter (where is_current and known_to_at is null) <> 1
    or sum(case when known_to_at < known_from_at then 1 else 0 end) > 0
