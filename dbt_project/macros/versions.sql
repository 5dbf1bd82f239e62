{# The condition that columns are what `before_<column>` says they were. #}
{% macro all_alike(columns) -%}
    {%- for column in columns -%}
        {{ column }} is not distinct from before_{{ column }}
        {%- if not loop.last %} and {% endif -%}
    {%- endfor -%}
{%- endmacro %}
