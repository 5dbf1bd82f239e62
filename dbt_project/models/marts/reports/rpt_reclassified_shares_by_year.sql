{%- set sides = ['then', 'today'] %}
{%- set measures = ['approval_count', 'usd', 'share_pct'] %}

with

shares as (

    select
        split_part(dimension, '_today', 1) as dimension,
        dimension like '%_today' as is_today,
        member_id,
        approval_year,
        approval_count,
        amount_usd as usd,
        year_amount_usd,
        share_pct
    from {{ ref('int_shares_by_year') }}
    where
        dimension in ('region', 'sector', 'donor_group')
        or dimension in ('region_today', 'sector_today', 'donor_group_today')

),

names as (

    select * from {{ ref('dim_classifications') }}
    where attribute = 'name' and dimension in ('region', 'sector')

),

-- A member may have approvals in one of the two classifications alone.
paired as (

    select
        dimension,
        member_id,
        approval_year,
        {% for side in sides -%}
        {% for measure in measures -%}
        coalesce(
            sum({{ measure }}) filter (where is_today = {{ side == 'today' }}),
            case when max(year_amount_usd) <> 0 or '{{ measure }}' <> 'share_pct' then 0 end
        ) as {{ side }}_{{ measure }},
        {% endfor -%}
        {% endfor -%}
        max(year_amount_usd) as year_amount_usd
    from shares
    group by dimension, member_id, approval_year

),

described as (

    select
        {{ hashed(['paired.dimension', 'paired.member_id', 'paired.approval_year']) }}
            as reclassified_share_id,
        paired.dimension,
        paired.approval_year,
        paired.member_id,
        {%- for side in sides %}
        coalesce({{ side }}_names.value, paired.member_id) as {{ side }}_member_name,
        {%- endfor %}
        {%- for side in sides %}
        cast(paired.{{ side }}_approval_count as bigint) as {{ side }}_approval_count,
        cast(paired.{{ side }}_usd as decimal(38, 2)) as {{ side }}_usd,
        cast(paired.{{ side }}_share_pct as decimal(18, 2)) as {{ side }}_share_pct,
        cast(
            100 - sum(paired.{{ side }}_share_pct) over same_year as decimal(18, 2)
        ) as {{ side }}_residual_pct,
        {%- endfor %}
        cast(paired.today_usd - paired.then_usd as decimal(38, 2)) as moved_usd,
        cast(paired.year_amount_usd as decimal(38, 2)) as year_amount_usd
    from paired
    left join names as then_names
        on
            paired.dimension = then_names.dimension
            and paired.member_id = then_names.member_id
            and cast(cast(paired.approval_year as string) || '-12-31' as date)
            between coalesce(then_names.valid_from_date, cast('0001-01-01' as date))
            and coalesce(then_names.valid_to_date, cast('9999-12-31' as date))
    left join names as today_names
        on
            paired.dimension = today_names.dimension
            and paired.member_id = today_names.member_id
            and today_names.is_today
    window same_year as (partition by paired.dimension, paired.approval_year)

)

select * from described
