-- Records whose cells this build takes over anew: those of approvals whose versions it makes anew,
-- those of the tables that are always made anew, and those that people let out of quarantine: one
-- of a table may be in it no more.
with

approvals as (

    select * from {{ ref('int_approvals_identified') }}
    where {{ is_touched('approval_id', 'int_versions_touched') }}

)

select
    file_sha256,
    sheet_name,
    record_number
from approvals
union
select
    file_sha256,
    sheet_name,
    record_number
from {{ ref('stg_lake__rates') }}
union
select
    file_sha256,
    sheet_name,
    record_number
from {{ ref('stg_lake__agreements') }}
union
select
    file_sha256,
    sheet_name,
    record_number
from {{ ref('stg_lake__released') }}
