with

rejects as (

    select * from {{ ref('int_quarantine_valued') }}

),

described as (

    select
        quarantine_id,
        state,
        decision_id,
        file_sha256,
        office_id,
        dataset,
        file_name,
        sheet_name,
        record_number,
        reason_code,
        reason_codes,
        reason_column,
        message,
        raw_text,
        approval_date,
        amount_original,
        currency_code,
        amount_usd,
        is_standing
    from rejects

)

select * from described
