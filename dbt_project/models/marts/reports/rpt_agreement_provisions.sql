{#- What the paper asks of an agreement: the condition under which it is asked and the answer. -#}
{%- set concluded = "agreement_status <> 'under discussion'" %}
{%- set provisions = [
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
] %}

with

agreements as (

    select * from {{ ref('dim_agreements') }}

),

asked as (

    {%- for dimension, provision, condition, answer in provisions %}
    {% if not loop.first %}union all{% endif %}
    select
        {{ hashed(['agreement_id', "'" ~ provision ~ "'"]) }} as provision_id,
        agreement_id,
        donor_id,
        donor_name,
        agreement_status,
        agreement_date,
        agreement_year,
        '{{ dimension }}' as dimension,
        '{{ provision }}' as provision_name,
        {{ answer }} as is_provided
    from agreements
    where {{ condition }}
    {%- endfor %}

)

select * from asked
