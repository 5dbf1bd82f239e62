-- The figures that ask over a period of their own: which donors' agreements say something,
-- and in which year a share was highest.

with

figures as (

    select * from {{ ref('int_figures_periods') }}

),

provisions as (

    select * from {{ ref('rpt_agreement_provisions') }}

),

mobilisation as (

    select * from {{ ref('rpt_local_mobilisation_by_year') }}

),

matched as (

    select
        figures.figure_id,
        provisions.donor_name,
        coalesce(
            provisions.provision_name = figures.member and provisions.is_provided, false
        ) as is_member
    from figures
    inner join provisions
        on {{ is_asked_about('figures', 'provisions') }}

),

donors as (

    select
        figure_id,
        donor_name,
        max(case when is_member then 1 else 0 end) = 1 as is_member
    from matched
    group by figure_id, donor_name

),

listed as (

    select
        figure_id,
        coalesce({{ joined_names('donor_name', 'is_member') }}, '') as value_text
    from donors
    group by figure_id

),

shares as (

    select
        figures.figure_id,
        mobilisation.approval_year,
        row_number() over (
            partition by figures.figure_id
            order by
                mobilisation.local_share_pct desc nulls last, mobilisation.approval_year asc
        ) as position
    from figures
    inner join mobilisation
        on mobilisation.approval_year between figures.start_year and figures.end_year
    where figures.measure = 'locally mobilised share peak'

),

unioned as (

    select * from listed
    union all
    select
        figure_id,
        cast(approval_year as string) as value_text
    from shares
    where position = 1

)

select * from unioned
