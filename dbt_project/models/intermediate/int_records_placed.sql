-- Where a record stands among those of its export that name the same approval, of those that are
-- not alone. Of a repeated unique reference the record last touched by the office is the first.
with

-- Almost all are alone. Numbers tell which are not without a comparison of their texts.
repeated as (

    select
        {{ hash_number(['file_sha256', 'identity_basis', 'identity_value']) }}
            as identity_number
    from {{ ref('int_approvals_keyed') }}
    where {{ is_touched('file_sha256', 'int_files_new') }}
    group by identity_number
    having count(*) > 1

),

candidates as (

    select * from {{ ref('int_approvals_keyed') }}
    where
        {{ is_touched('file_sha256', 'int_files_new') }}
        and {{ hash_number(['file_sha256', 'identity_basis', 'identity_value']) }}
        in (select repeated.identity_number from repeated)

)

select
    source_id,
    sheet_name,
    record_number,
    row_number() over (
        partition by file_sha256, identity_basis, identity_value
        order by
            release_number asc nulls first,
            case when is_reference_unique then reported_at end desc nulls last,
            sheet_name asc, record_number asc
    ) as position_in_export
from candidates
