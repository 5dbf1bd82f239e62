-- The cells of the reports that have a row for each member, and what each of them adds up.
{%- set forecasts = {
    'forecast_usd': 'forecast', 'approved_then_usd': 'approved_then',
    'local_usd': 'forecast_local',
} %}

with

offices as (

    select
        scorecard.office_id,
        years.approval_year
    from {{ ref('rpt_office_scorecard') }} as scorecard
    cross join {{ ref('dim_years') }} as years

),

unioned as (

    {%- for member in reported_dimensions() %}
    {%- set whole = 'resources' if member == 'funding_source' else 'total' %}
    {%- for column, dimension, member_id, offset in [
        ('approval_count', member, member ~ '_id', 0),
        ('amount_usd', member, member ~ '_id', 0),
        ('previous_year_usd', member, member ~ '_id', -1),
        ('year_amount_usd', whole, "'all'", 0),
    ] %}
    select
        '{{ members_report(member) }}' as report_name,
        {{ members_key(member) }} as row_id,
        '{{ column }}' as column_name,
        '{{ dimension }}' as dimension,
        {{ member_id }} as member_id,
        approval_year + {{ offset }} as approval_year
    from {{ ref(members_report(member)) }}
    where {{ column }} is not null
    union all
    {%- endfor %}
    {%- endfor %}
    {%- for column, dimension, member_id in [
        ('then_approval_count', 'dimension', 'member_id'), ('then_usd', 'dimension', 'member_id'),
        ('today_approval_count', "dimension || '_today'", 'member_id'),
        ('today_usd', "dimension || '_today'", 'member_id'),
        ('year_amount_usd', "'total'", "'all'"),
    ] %}
    select
        'rpt_reclassified_shares_by_year' as report_name,
        reclassified_share_id as row_id,
        '{{ column }}' as column_name,
        {{ dimension }} as dimension,
        {{ member_id }} as member_id,
        approval_year
    from {{ ref('rpt_reclassified_shares_by_year') }}
    union all
    {%- endfor %}
    {%- for column, part in forecasts.items() %}
    select
        'rpt_approval_forecasts' as report_name,
        forecast_id as row_id,
        '{{ column }}' as column_name,
        case dimension when 'donor' then '{{ part }}_by_donor' else '{{ part }}' end
            as dimension,
        member_id,
        forecast_year as approval_year
    from {{ ref('rpt_approval_forecasts') }}
    union all
    {%- endfor %}
    select
        'rpt_approval_forecasts' as report_name,
        forecast_id as row_id,
        'actual_usd' as column_name,
        dimension,
        member_id,
        forecast_year as approval_year
    from {{ ref('rpt_approval_forecasts') }}
    where actual_usd is not null
    {%- for column in ['approval_count', 'amount_usd'] %}
    union all
    select
        'rpt_office_scorecard' as report_name,
        office_id as row_id,
        '{{ column }}' as column_name,
        'office' as dimension,
        office_id as member_id,
        approval_year
    from offices
    {%- endfor %}

)

select * from unioned
