-- Every record that repeats an approval of its own office, with what was decided about it:
-- a unique reference that stands twice counts once, a later statement that differs is a
-- revision, and repeats that an office may legitimately send all count. What people decide, or
-- have to, is not repeated here.
{%- set shown = [
    'record_id', 'approval_id', 'project_symbol', 'office_reference', 'office_id',
    'file_sha256', 'file_name', 'sheet_name', 'record_number'
] %}
with

records as (

    select * from {{ ref('int_approvals_identified') }}
    where ended_at is null and {{ is_touched('approval_id', 'int_decisions_touched') }}

),

pairs as (

    select * from {{ ref('int_duplicates_decided') }}

),

files as (

    select * from {{ ref('int_sources_sequenced') }}

),

-- A cumulative export repeats what it stated before by its nature; a delta does not.
delta_records as (

    select
        {% for column in shown -%}
        records.{{ column }},
        {% endfor -%}
        records.content_hash,
        lag(records.content_hash) over (
            partition by records.approval_id order by files.source_order
        ) as previous_hash
    from records
    inner join files on records.source_id = files.source_id
    where
        not records.is_repeated_reference
        and records.decision_id is null
        and records.identity_basis <> 'natural_key'
        and files.coverage = 'delta'

),

unioned as (

    select
        {{ shown | join(', ') }},
        'same_reference' as suspicion,
        'counts_once' as decision,
        'the reference stands more than once in the same export: it counts once' as reason
    from records
    where is_repeated_reference
    union all
    select
        {{ shown | join(', ') }},
        'same_reference' as suspicion,
        case when previous_hash = content_hash then 'counts_once' else 'revision' end
            as decision,
        case
            when previous_hash = content_hash
                then 'a later export repeats the reference with nothing changed: it counts once'
            else 'a later export states the approval differently: the later statement counts'
        end as reason
    from delta_records
    where previous_hash is not null
    union all
    select
        {{ shown | join(', ') }},
        case
            when identity_basis = 'office_reference' then 'same_reference' else 'same_row'
        end as suspicion,
        'legitimate_repeat' as decision,
        case
            when identity_basis = 'office_reference'
                then 'the office may repeat a reference inside an export: every repeat counts'
            else 'rows without a reference that a rule does not doubt: every one counts'
        end as reason
    from records
    where
        repeat_number > 1
        and approval_id not in (select pairs.approval_id from pairs)

)

select
    *,
    'rule' as decided_by,
    cast(null as string) as decision_id,
    cast(null as timestamp) as known_from_at
from unioned
