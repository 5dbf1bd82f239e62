{#
  Calls its block for each thing that the paper asks of an agreement, with: dimension, provision,
  the condition under which it is asked, the answer, and whether it is the first.
#}
{% macro each_provision() -%}
    {%- set concluded = "agreement_status <> 'under discussion'" -%}
    {%- for dimension, provision, condition, answer in [
        ('flag', 'multi-annual', concluded, 'is_multi_annual'),
        ('flag', 'gender specific reference', concluded, 'has_gender_reference'),
        ('flag', 'gender specific allocation', concluded, 'has_gender_allocation'),
        (
            'flag', 'employers/workers special allocation', concluded,
            'has_social_partner_allocation'
        ),
        (
            'status', 'new agreements signed or to be signed', 'true',
            "agreement_status in ('signed', 'to be signed')"
        ),
        ('status', 'renewed', 'true', "agreement_status = 'renewed'"),
        ('status', 'discussions started', 'true', "agreement_status = 'under discussion'"),
    ] -%}
        {{ caller(dimension, provision, condition, answer, loop.first) }}
    {%- endfor -%}
{%- endmacro %}
