{#
  The condition that two folded titles are one: at most a fifth of their letters differ, or one
  is the other cut short.
#}
{% macro is_alike(title, other) -%}
    {{ return(adapter.dispatch('is_alike', 'approvals')(title, other)) }}
{%- endmacro %}

{% macro default__is_alike(title, other) -%}
    (
        starts_with({{ title }}, {{ other }})
        or starts_with({{ other }}, {{ title }})
        or levenshtein({{ title }}, {{ other }}) * 5
        <= greatest(length({{ title }}), length({{ other }}))
    )
{%- endmacro %}
