-- The rows from which the figures of a period of their own come: the provisions of agreements
-- that name a donor, and the years among which a share was highest.
with

figures as (

    select * from {{ ref('dim_published_figures') }}

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

unioned as (

    select * from listed
    union all
    select * from highest

)

select * from unioned
