{#
  Whether this build goes on from the tables of the one before (approvals/basis.py): then a model
  that is incremental holds the rows of that build, and makes anew only those that may differ.
#}
{% macro is_continued() -%}
    {{ return(var('continued')) }}
{%- endmacro %}

{# A table as the build before left it; only where this build goes on from one. #}
{% macro before(name) -%}
    {{ return(api.Relation.create(database=target.database, schema='before', identifier=name)) }}
{%- endmacro %}

{#
  The condition that a row is made anew: its key is in a model of touched keys. True where all is
  made anew.
#}
{% macro is_touched(column, model) -%}
    {%- if is_continued() or not execute -%}
        {{ column }} in (select touched.{{ column.split('.') | last }} from {{ ref(model) }} as touched)
    {%- else -%}
        true
    {%- endif -%}
{%- endmacro %}

{# A table with a column `approval_id`, to be joined: of it only the rows that are made anew. #}
{% macro touched_rows(name, model) -%}
    {%- if is_continued() or not execute -%}
        (select * from {{ ref(name) }} where {{ is_touched('approval_id', model) }})
    {%- else -%}
        {{ ref(name) }}
    {%- endif -%}
{%- endmacro %}

{# The rows of a table that the build before had not, or has lost since: a CTE reads them. #}
{% macro changed_rows(model) -%}
    (
        select * from {{ ref(model) }}
        except all
        select * from {{ before(model) }}
    )
    union all
    (
        select * from {{ before(model) }}
        except all
        select * from {{ ref(model) }}
    )
{%- endmacro %}
