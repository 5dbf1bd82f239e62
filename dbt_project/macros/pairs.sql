{# The key of a pair of approvals, the same whichever of the two is named first. #}
{% macro pair_of(one, other) -%}
    {{ hashed(['least(' ~ one ~ ', ' ~ other ~ ')', 'greatest(' ~ one ~ ', ' ~ other ~ ')']) }}
{%- endmacro %}
