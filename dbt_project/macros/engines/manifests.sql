{#
  The manifests, one row per file, with a stated type for each key: nothing is guessed from the
  files that happen to be there.
#}
{% macro lake_manifests() -%}
    {{ return(adapter.dispatch('lake_manifests', 'approvals')()) }}
{%- endmacro %}

{% macro duckdb__lake_manifests() -%}
    {%- set texts = [
        'file_sha256', 'office_id', 'dataset', 'original_name', 'format', 'encoding',
        'coverage', 'exported_at', 'exported_at_source', 'received_at',
        'extractor_version', 'config_sha256', 'status'
    ] -%}
    {%- set counts = [
        'size_bytes', 'table_count', 'rows_read', 'rows_accepted', 'rows_rejected',
        'rows_dropped'
    ] -%}
    {%- set dates = ['period_start', 'period_end'] -%}
    {%- set columns = [] -%}
    {%- for name in texts -%}{%- do columns.append(name ~ ": 'varchar'") -%}{%- endfor -%}
    {%- for name in counts -%}{%- do columns.append(name ~ ": 'bigint'") -%}{%- endfor -%}
    {%- for name in dates -%}{%- do columns.append(name ~ ": 'date'") -%}{%- endfor -%}
    read_json({{ source('lake', 'files') }}, format = 'auto', columns = {
        {{- columns | join(', ') -}}
    })
{%- endmacro %}

{# The columns of every table of every file, one row each, as the manifests describe them. #}
{% macro lake_file_columns() -%}
    {{ return(adapter.dispatch('lake_file_columns', 'approvals')()) }}
{%- endmacro %}

{% macro duckdb__lake_file_columns() -%}
    (
        select
            file_sha256,
            file_table.sheet_name as sheet_name,
            file_table.header_row as header_row,
            file_column.*,
            json_extract_string(
                file_table.conventions, '$.decimal_signs.' || file_column.field
            ) as decimal_sign,
            json_extract_string(
                file_table.conventions, '$.date_orders.' || file_column.field
            ) as date_order
        from (
            select
                file_sha256,
                file_table,
                unnest(file_table.columns) as file_column
            from (
                select
                    file_sha256,
                    unnest(tables) as file_table
                from read_json({{ source('lake', 'file_columns') }}, format = 'auto', columns = {
                    file_sha256: 'varchar',
                    tables: 'struct(
                        sheet_name varchar, header_row bigint, conventions json, columns struct(
                            "position" integer, header varchar, field varchar, alias varchar,
                            language varchar, score integer, multiplier bigint,
                            currency_code varchar
                        )[]
                    )[]'
                })
            )
        )
    )
{%- endmacro %}
