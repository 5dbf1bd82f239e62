{# Fails for each key that is null or stands in more than one row. #}
{% test primary_key(model, column_name) %}
    select
        {{ column_name }},
        count(*) as row_count
    from {{ model }}
    group by {{ column_name }}
    having count(*) > 1 or {{ column_name }} is null
{% endtest %}
