-- The rows from which shares, ranks, changes and records come that are made of sums over years:
-- those of operand 1 add up the period, those of operand 2 what it is compared with.
{%- set years = 'rpt_approvals_by_year' %}
{%- set mobilisation = 'rpt_local_mobilisation_by_year' %}
{%- set spoken_of = 'figures.start_year and figures.end_year' %}
{%- set compared = 'figures.compared_start_year and figures.compared_end_year' %}
{%- set earlier = '0 and figures.start_year - 1' %}
{%- set of_total = "figures.member_dimension = 'total'" %}
{%- set rows_of = [
    ('change', 1, years, 'approval_year', none, 'amount_usd', spoken_of, of_total),
    ('change', 2, years, 'approval_year', none, 'amount_usd', compared, of_total),
    ('exceeds', 1, years, 'approval_year', none, 'amount_usd', spoken_of, of_total),
    ('exceeds', 2, years, 'approval_year', none, 'amount_usd', earlier, of_total),
] %}
{%- for side in ['local', 'central'] %}
{%- set of_side = "figures.member_dimension = 'mobilisation' and figures.member_id = '"
    ~ side ~ "'" %}
{%- do rows_of.append(('percentage', 1, mobilisation, 'approval_year', none, side ~ '_usd',
    spoken_of, of_side)) %}
{%- do rows_of.append(('percentage', 2, mobilisation, 'approval_year', none, 'amount_usd',
    spoken_of, of_side)) %}
{%- endfor %}
{%- for dimension in reported_dimensions() %}
{%- set member = 'reports.' ~ dimension ~ '_id' %}
{%- set here = "figures.member_dimension = '" ~ dimension ~ "' and " %}
{%- set own = here ~ 'figures.member_id = ' ~ member %}
{%- set every = here ~ "figures.member like 'every %' and " ~ member
    ~ " not in ('unmapped', 'not-stated')" %}
{%- for combination, operand, column, period, condition in [
    ('percentage', 1, 'amount_usd', spoken_of, own),
    ('percentage', 2, 'year_amount_usd', spoken_of, own),
    ('rank', 1, 'amount_usd', spoken_of, own),
    ('rank', 2, 'amount_usd', spoken_of, here ~ 'figures.member_id <> ' ~ member),
    ('change', 1, 'amount_usd', spoken_of, own),
    ('change', 2, 'amount_usd', compared, own),
    ('least change', 1, 'amount_usd', spoken_of, every),
    ('least change', 2, 'amount_usd', compared, every),
] %}
{%- do rows_of.append((combination, operand, members_report(dimension),
    members_key(dimension), member, column, period, condition)) %}
{%- endfor %}
{%- endfor %}

with

figures as (

    select
        registered.*,
        case
            when registered.measure in ('approvals share', 'locally mobilised share')
                then 'percentage'
            when registered.measure = 'approvals rank' then 'rank'
            when registered.measure = 'approvals record' then 'exceeds'
            when
                registered.measure in ('approvals change', 'approvals growth')
                and registered.member like 'every %'
                then 'least change'
            when registered.measure in ('approvals change', 'approvals growth') then 'change'
        end as combination
    from {{ ref('dim_published_figures') }} as registered
    inner join {{ ref('rpt_published_figures') }} as printed
        on registered.figure_id = printed.figure_id
    where printed.value is not null

),

unioned as (

    {%- for combination, operand, report, key, member, column, period, condition in rows_of %}
    {% if not loop.first %}union all{% endif %}
    select
        figures.figure_id,
        figures.combination,
        '{{ report }}' as report_name,
        cast(reports.{{ key }} as string) as row_id,
        '{{ column }}' as column_name,
        {{ operand }} as operand_number,
        cast({{ member or 'null' }} as string) as member_id
    from figures
    inner join {{ ref(report) }} as reports
        on reports.approval_year between {{ period }}
    where figures.combination = '{{ combination }}' and {{ condition }}
    {%- endfor %}

)

select * from unioned
