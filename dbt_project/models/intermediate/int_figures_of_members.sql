-- The rows of the share tables from which the figures of members come. "every region" stands on
-- the rows of all regions, of which the least counts.

with

figures as (

    select
        *,
        case measure
            when 'approvals' then 'amount_usd'
            when 'approvals share' then 'share_pct'
            when 'approvals rank' then 'amount_rank'
            when 'approvals change' then 'change_pct'
        end as column_name
    from {{ ref('dim_published_figures') }}

),

shares as (

    {%- for dimension in reported_dimensions() %}
    {% if not loop.first %}union all{% endif %}
    select
        '{{ dimension }}' as dimension,
        '{{ members_report(dimension) }}' as report_name,
        {{ members_key(dimension) }} as row_id,
        {{ dimension }}_id as member_id,
        cast(approval_year as string) as year_text,
        cast(approval_year as string) || ' vs ' || cast(approval_year - 1 as string)
            as compared_text,
        amount_rank,
        change_pct
    from {{ ref(members_report(dimension)) }}
    {%- endfor %}

),

located as (

    select
        figures.figure_id,
        case when figures.member_id = shares.member_id then 'value' else 'least' end
            as combination,
        shares.report_name,
        shares.row_id,
        figures.column_name
    from figures
    inner join shares
        on
            figures.member_dimension = shares.dimension
            and (
                figures.member_id = shares.member_id
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
