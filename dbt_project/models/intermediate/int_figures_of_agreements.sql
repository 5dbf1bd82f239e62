-- The values that partnership agreements give, as known on the day of the paper and now: which
-- donors' agreements say something, and what an agreement of a donor for a period comes to in
-- its own currency. A list is empty where there are agreements and none says so.
with

figures as (

    select
        *,
        unit_factor * case when is_per_year then end_year - start_year + 1 else 1 end
            as divisor
    from {{ ref('dim_published_figures') }}
    where measure in ('agreement', 'agreements', 'agreements renewed')

),

agreements as (

    select * from {{ ref('int_agreements_known') }}

),

matched as (

    select
        figures.figure_id,
        figures.measure,
        figures.divisor,
        figures.as_of_date,
        donors.donor_name,
        agreements.amount_original,
        cast(agreements.known_from_at as date) as known_from_date,
        cast(agreements.known_to_at as date) as known_to_date,
        case figures.member
            {%- call(_, provision, condition, answer, _first) each_provision() %}
            when '{{ provision }}' then {{ condition }} and {{ answer }}
            {%- endcall %}
        end as is_provided
    from figures
    inner join agreements
        on
            (
                figures.measure = 'agreement'
                and figures.member_id = agreements.donor_id
                and figures.currency_code = agreements.currency_code
                and figures.start_year = extract(year from agreements.start_date)
                and figures.end_year = extract(year from agreements.end_date)
            )
            or (
                figures.measure <> 'agreement'
                and agreements.agreement_date between figures.start_date and figures.end_date
                and (
                    figures.measure = 'agreements' or agreements.agreement_status = 'renewed'
                )
            )
    inner join {{ ref('dim_donors') }} as donors on agreements.donor_id = donors.donor_id

),

known as (

    {%- for knowledge, condition in [
        ('now', 'known_to_date is null'),
        ('then', 'known_from_date <= as_of_date
            and (known_to_date is null or known_to_date > as_of_date)'),
    ] %}
    {% if not loop.first %}union all{% endif %}
    select
        *,
        '{{ knowledge }}' as knowledge
    from matched
    where {{ condition }}
    {%- endfor %}

),

by_donor as (

    select
        figure_id,
        knowledge,
        measure,
        donor_name,
        max(case when is_provided then 1 else 0 end) = 1 as is_provided,
        {{ exact_ratio('sum(amount_original)', 'max(divisor)') }} as amount
    from known
    group by figure_id, knowledge, measure, donor_name

)

select
    figure_id,
    knowledge,
    max(case when measure = 'agreement' then amount end) as value_number,
    case
        when max(measure) = 'agreement' then null
        else coalesce({{ joined_names('donor_name', 'is_provided') }}, '')
    end as value_text
from by_donor
group by figure_id, knowledge
