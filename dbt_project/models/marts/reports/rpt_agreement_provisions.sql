with

agreements as (

    select * from {{ ref('dim_agreements') }}

),

asked as (

    {%- call(dimension, provision, condition, answer, is_first) each_provision() %}
    {% if not is_first %}union all{% endif %}
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
    {%- endcall %}

)

select * from asked
