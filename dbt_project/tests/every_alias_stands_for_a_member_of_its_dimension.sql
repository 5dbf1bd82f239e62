{%- set dimensions = {
    'donor': ref('dim_donors'), 'recipient': ref('dim_recipients'),
    'region': ref('dim_regions'), 'sector': ref('dim_sectors'),
    'funding_source': ref('dim_funding_sources'), 'modality': ref('dim_modalities'),
    'rate_set': ref('dim_rate_sets')
} %}
{%- for dimension, relation in dimensions.items() %}
{% if not loop.first %}union all{% endif %}
select
    aliases.dimension,
    aliases.alias,
    aliases.member_id
from {{ ref('aliases') }} as aliases
left join {{ relation }} as members on aliases.member_id = members.{{ dimension }}_id
where aliases.dimension = '{{ dimension }}' and members.{{ dimension }}_id is null
{%- endfor %}
