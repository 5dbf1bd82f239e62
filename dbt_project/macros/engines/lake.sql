{#
  The lake's tables. On DuckDB a source is rendered as its Parquet glob; an engine that cannot
  read globs in place of a table gives its own `<engine>__lake_table`.
#}
{% macro lake_table(name) -%}
    {{ return(adapter.dispatch('lake_table', 'approvals')(name)) }}
{%- endmacro %}

{% macro default__lake_table(name) -%}
    {{ return(source('lake', name)) }}
{%- endmacro %}

{#
  The journal of decisions, one row per entry, with a stated type for each key. The empty file
  that `approvals.decisions` writes beside the entries gives the glob a match before there are any.
#}
{% macro lake_journal() -%}
    {{ return(adapter.dispatch('lake_journal', 'approvals')()) }}
{%- endmacro %}

{% macro duckdb__lake_journal() -%}
    {%- set texts = [
        'action', 'kind', 'subject_id', 'person', 'reason', 'decision', 'proposal_hash',
        'file_sha256', 'dataset', 'sheet_name', 'expires_at', 'accepted_codes',
        'recorded_at', 'previous_hash', 'entry_hash'
    ] -%}
    {%- set columns = [] -%}
    {%- for name in texts -%}{%- do columns.append(name ~ ": 'varchar'") -%}{%- endfor -%}
    {%- for name in ['record_number', 'sequence'] -%}
        {%- do columns.append(name ~ ": 'bigint'") -%}
    {%- endfor -%}
    {%- for name in ['corrected', 'row_values'] -%}{%- do columns.append(name ~ ": 'json'") -%}{%- endfor -%}
    read_json({{ source('lake', 'decisions') }}, format = 'auto', columns = {
        {{- columns | join(', ') -}}
    })
{%- endmacro %}
