select records.record_id
from {{ ref('int_approvals_identified') }} as records
left join {{ ref('fct_approvals') }} as approvals
    on records.approval_id = approvals.approval_id
where approvals.approval_id is null
