-- Exports of approvals that the build before this one did not hold; all where it goes on from none.
with

files as (

    select * from {{ ref('stg_lake__files') }}
    where dataset = 'approvals'

),

held as (

    {% if is_continued() -%}
    select distinct file_sha256 from {{ before('int_sources_sequenced') }}
    {%- else -%}
    select file_sha256 from files
    where false
    {%- endif %}

)

select files.file_sha256
from files
left join held on files.file_sha256 = held.file_sha256
where held.file_sha256 is null
