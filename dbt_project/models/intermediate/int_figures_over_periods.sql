-- The rows from which the figures of a period of their own come: the provisions of agreements
-- that name a donor, what agreements come to, and the years among which a share was highest.
with

figures as (

    select * from {{ ref('dim_published_figures') }}

),

agreements as (

    select * from {{ ref('dim_agreements') }}

),

provisions as (

    select * from {{ ref('rpt_agreement_provisions') }}

),

mobilisation as (

    select * from {{ ref('rpt_local_mobilisation_by_year') }}

),

listed as (

    select
        figures.figure_id,
        'list' as combination,
        'rpt_agreement_provisions' as report_name,
        provisions.provision_id as row_id,
        'is_provided' as column_name
    from figures
    inner join provisions
        on
            {{ is_asked_about('figures', 'provisions') }}
            and figures.member = provisions.provision_name
    where provisions.is_provided

),

highest as (

    select
        figures.figure_id,
        'highest' as combination,
        'rpt_local_mobilisation_by_year' as report_name,
        cast(mobilisation.approval_year as string) as row_id,
        'local_share_pct' as column_name
    from figures
    inner join mobilisation
        on mobilisation.approval_year between figures.start_year and figures.end_year
    where figures.measure = 'locally mobilised share peak'

),

-- As in int_figures_of_agreements: all agreements of a donor for exactly the period.
agreed as (

    select
        figures.figure_id,
        case when figures.is_per_year then 'mean' else 'sum' end as combination,
        'dim_agreements' as report_name,
        agreements.agreement_id as row_id,
        'amount_original' as column_name
    from figures
    inner join agreements
        on
            figures.member_id = agreements.donor_id
            and figures.currency_code = agreements.currency_code
            and figures.start_year = extract(year from agreements.start_date)
            and figures.end_year = extract(year from agreements.end_date)
    where figures.measure = 'agreement' and agreements.amount_original is not null

),

unioned as (

    select * from listed
    union all
    select * from agreed
    union all
    select * from highest

)

select * from unioned
