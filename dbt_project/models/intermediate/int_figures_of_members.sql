-- The rows of the share tables from which the figures of members come. "every region" stands on
-- the rows of all regions, of which the least counts.
{%- set shares = {
    'donor': 'rpt_donor_approvals_by_year',
    'donor_group': 'rpt_donor_group_shares_by_year',
    'region': 'rpt_region_shares_by_year',
    'sector': 'rpt_sector_shares_by_year',
    'modality': 'rpt_modality_shares_by_year',
    'funding_source': 'rpt_funding_source_shares_by_year',
} %}

with

figures as (

    select
        *,
        replace(dimension, ' ', '_') as member_dimension,
        case measure
            when 'approvals' then 'amount_usd'
            when 'approvals share' then 'share_pct'
            when 'approvals rank' then 'amount_rank'
            when 'approvals change' then 'change_pct'
        end as column_name
    from {{ ref('int_figures_periods') }}

),

shares as (

    {%- for dimension, report in shares.items() %}
    {% if not loop.first %}union all{% endif %}
    select
        '{{ dimension }}' as dimension,
        '{{ report }}' as report_name,
        {{ 'donor_approval_id' if dimension == 'donor' else dimension ~ '_share_id' }}
            as row_id,
        {{ dimension }}_name as member,
        {{ dimension }}_id as member_id,
        cast(approval_year as string) as year_text,
        cast(approval_year as string) || ' vs ' || cast(approval_year - 1 as string)
            as compared_text,
        amount_rank,
        change_pct
    from {{ ref(report) }}
    {%- endfor %}

),

located as (

    select
        figures.figure_id,
        case when figures.member = shares.member then 'value' else 'least' end
            as combination,
        shares.report_name,
        shares.row_id,
        figures.column_name
    from figures
    inner join shares
        on
            figures.member_dimension = shares.dimension
            and (
                figures.member = shares.member
                or (
                    figures.member = 'every ' || figures.dimension
                    and figures.column_name = 'change_pct'
                    and shares.member_id not in ('unmapped', 'not-stated')
                )
            )
            and figures.period = case
                when figures.column_name = 'change_pct' then shares.compared_text
                else shares.year_text
            end
            and figures.column_name is not null
            and (figures.column_name <> 'change_pct' or shares.change_pct is not null)
            and (figures.column_name <> 'amount_rank' or shares.amount_rank is not null)

)

select * from located
