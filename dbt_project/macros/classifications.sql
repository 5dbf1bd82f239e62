{#
  The joins that find how the members of a statement are classified: on the day of its approval as
  known at a moment, or, without one, today. A recipient has its region, and the region may be part
  of another one since.
#}
{% macro classified_joins(statements, moment=none) -%}
    {%- for alias, dimension, attribute, member in [
        ('recipients_as', 'recipient', 'region_id', statements ~ '.recipient_id'),
        ('regions_as', 'region', 'region_id',
            'coalesce(recipients_as.value, ' ~ statements ~ '.base_region_id)'),
        ('sectors_as', 'sector', 'sector_id', statements ~ '.base_sector_id'),
        ('donors_as', 'donor', 'donor_group', statements ~ '.donor_id'),
    ] %}
    left join classifications as {{ alias }}
        on
            {{ alias }}.dimension = '{{ dimension }}'
            and {{ alias }}.attribute = '{{ attribute }}'
            and {{ alias }}.member_id = {{ member }}
            {%- if moment is none %}
            and {{ alias }}.is_today
            {%- else %}
            and {{ statements }}.approval_date
            between {{ alias }}.valid_from_date and {{ alias }}.valid_to_date
            and {{ is_within(moment, alias) }}
            {%- endif %}
    {%- endfor %}
{%- endmacro %}

{# What these joins find; the names begin as asked for: region_id, today_region_id. #}
{% macro classified_columns(statements, prefix='') -%}
    coalesce(regions_as.value, recipients_as.value, {{ statements }}.base_region_id)
        as {{ prefix }}region_id,
    coalesce(sectors_as.value, {{ statements }}.base_sector_id) as {{ prefix }}sector_id,
    coalesce(donors_as.value, {{ statements }}.base_donor_group) as {{ prefix }}donor_group_id
{%- endmacro %}

{# The dimensions that are classified; `today_<dimension>_id` is a member of today. #}
{% macro classified_dimensions() -%}
    {{ return(['region', 'sector', 'donor_group']) }}
{%- endmacro %}
