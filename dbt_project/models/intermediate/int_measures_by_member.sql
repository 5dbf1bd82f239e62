-- What the share tables hold as measure, period, dimension, member and value: in the words in
-- which published figures are written down. "every region" is the one that grew least.
{%- set relations = {
    'donor': ref('rpt_donor_approvals_by_year'),
    'region': ref('rpt_region_shares_by_year'),
    'sector': ref('rpt_sector_shares_by_year'),
    'modality': ref('rpt_modality_shares_by_year'),
    'funding_source': ref('rpt_funding_source_shares_by_year'),
    'donor_group': ref('rpt_donor_group_shares_by_year'),
} %}
{%- set measures = {
    'approvals': 'amount_usd / 1000000',
    'approvals share': 'share_pct',
    'approvals rank': 'amount_rank',
    'approvals change': 'change_pct',
} %}

with

shares as (

    {%- for dimension, relation in relations.items() %}
    {% if not loop.first %}union all{% endif %}
    select
        '{{ dimension }}' as dimension,
        {{ dimension }}_id as member_id,
        {{ dimension }}_name as member,
        approval_year,
        cast(approval_year as string) as year_text,
        cast(approval_year - 1 as string) as previous_year_text,
        amount_usd,
        share_pct,
        amount_rank,
        change_pct
    from {{ relation }}
    {%- endfor %}

),

measured as (

    {%- for measure, value in measures.items() %}
    {% if not loop.first %}union all{% endif %}
    select
        '{{ measure }}' as measure,
        {{ "year_text || ' vs ' || previous_year_text" if measure == 'approvals change'
            else 'year_text' }} as period,
        dimension,
        member_id,
        member,
        cast({{ value }} as decimal(18, 2)) as value_number
    from shares
    {%- endfor %}

),

-- Every member of a dimension is as good as its weakest; what nobody stated is no member.
least_of_all as (

    select
        measure,
        period,
        dimension,
        'every' as member_id,
        'every ' || replace(dimension, '_', ' ') as member,
        min(value_number) as value_number
    from measured
    where
        measure = 'approvals change'
        and member_id not in ('unmapped', 'not-stated')
    group by measure, period, dimension

),

unioned as (

    select * from measured
    union all
    select * from least_of_all

)

select * from unioned
where value_number is not null
