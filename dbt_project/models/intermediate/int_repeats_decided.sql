-- Every record that repeats an approval of its own office, with what was decided about it:
-- a unique reference that stands twice counts once, a later statement that differs is a
-- revision, and repeats that an office may legitimately send all count.
with

records as (

    select * from {{ ref('int_approvals_identified') }}

),

files as (

    select * from {{ ref('int_files_sequenced') }}

),

-- A cumulative export repeats what it stated before by its nature; a delta does not.
delta_records as (

    select
        records.*,
        files.file_order,
        lag(records.content_hash) over (
            partition by records.approval_id order by files.file_order
        ) as previous_hash
    from records
    inner join files on records.file_sha256 = files.file_sha256
    where
        not records.is_repeated_reference
        and records.identity_basis <> 'natural_key'
        and files.coverage = 'delta'

),

unioned as (

    select
        record_id,
        approval_id,
        'repeated_reference' as decision,
        'the reference stands more than once in the same export: it counts once' as reason
    from records
    where is_repeated_reference
    union all
    select
        record_id,
        approval_id,
        'repeated_reference' as decision,
        'a later export repeats the reference with nothing changed: it counts once'
            as reason
    from delta_records
    where previous_hash = content_hash
    union all
    select
        record_id,
        approval_id,
        'revision' as decision,
        'a later export states the approval differently: the later statement counts'
            as reason
    from delta_records
    where previous_hash <> content_hash
    union all
    select
        record_id,
        approval_id,
        'legitimate_repeat' as decision,
        'the office may repeat a reference inside an export: every repeat counts'
            as reason
    from records
    where repeat_number > 1

)

select * from unioned
