{#
  An incremental model of a build that goes on from another one: what stands under a touched key
  goes, also where nothing comes in its place, and what the model says comes. The model names its
  `unique_key` and, under `meta`, the model of the touched keys and their columns. dbt's own
  strategies delete the keys of what comes, and write it twice.
  Only for DuckDB; another engine makes everything anew (docs/architecture.md).
#}
{% materialization incremental, adapter='duckdb' %}
    {%- set target_relation = this.incorporate(type='table') -%}
    {%- if is_continued() -%}
        {%- set touched = config.get('meta') -%}
        {% call statement('main') -%}
            delete from {{ target_relation }}
            where ({{ config.get('unique_key') | join(', ') }}) in (
                select ({{ touched['touched_key'] | join(', ') }})
                from {{ touched['touched'] }}
            );
            insert into {{ target_relation }} by name {{ sql }}
        {%- endcall %}
    {%- else -%}
        {{ drop_relation_if_exists(load_cached_relation(this)) }}
        {% call statement('main') -%}
            {{ create_table_as(False, target_relation, sql) }}
        {%- endcall %}
    {%- endif -%}
    {{ adapter.commit() }}
    {{ return({'relations': [target_relation]}) }}
{% endmaterialization %}
