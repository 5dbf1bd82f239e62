with

years as (

    select * from {{ ref('int_years_described') }}

),

described as (

    select
        approval_year,
        biennium_start_year,
        biennium_name,
        two_year_window_name,
        is_biennium_end,
        has_approvals
    from years

)

select * from described
