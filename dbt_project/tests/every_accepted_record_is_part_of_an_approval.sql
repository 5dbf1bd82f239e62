select records.record_id
from {{ ref('int_approvals_identified') }} as records
left join {{ ref('fct_approvals') }} as approvals
    on records.approval_id = approvals.approval_id
-- A record that was let out of quarantine too late, after a newer statement, is part of none.
where approvals.approval_id is null and records.decision_id is null
