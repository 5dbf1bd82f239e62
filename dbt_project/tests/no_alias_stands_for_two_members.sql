{{ config(severity = 'warn') }}
select
    dimension,
    {{ folded('alias') }} as folded_name,
    count(distinct member_id) as member_count
from {{ ref('aliases') }}
group by all
having count(distinct member_id) > 1
