{%- set dimensions = {
    'donor': ref('dim_donors'), 'recipient': ref('dim_recipients'),
    'region': ref('dim_regions'), 'sector': ref('dim_sectors'),
    'funding_source': ref('dim_funding_sources'), 'modality': ref('dim_modalities'),
    'office': ref('dim_field_offices')
} %}
{%- for dimension, relation in dimensions.items() %}
{% if not loop.first %}union all{% endif %}
select
    approvals.approval_id,
    '{{ dimension }}' as dimension
from {{ ref('fct_approvals') }} as approvals
left join {{ relation }} as members
    on approvals.{{ dimension }}_id = members.{{ dimension }}_id
where members.{{ dimension }}_id is null
{%- endfor %}
