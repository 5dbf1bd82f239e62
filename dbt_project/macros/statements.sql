{#
  Which statement of a thing counted from each moment on at which one became known or ended: two
  CTEs, `moments` and `counted`. A statement ends where it was let out of quarantine for a time;
  then the one before it counts again, or none, and the row has no statement.

  statements: a CTE with `known_from_at` and `ended_at`.
  key: the columns that name the thing.
  columns: what to take from the statement beside them.
  latest_first: the order in which statements count where several hold.
#}
{% macro counted_statements(statements, key, columns, latest_first) -%}
moments as (

    select
        {{ key | join(',\n        ') }},
        known_from_at as moment_at
    from {{ statements }}
    union
    select
        {{ key | join(',\n        ') }},
        ended_at as moment_at
    from {{ statements }}
    where ended_at is not null

),

ranked as (

    select
        {% for column in key -%}
        moments.{{ column }},
        {% endfor -%}
        {% for column in columns -%}
        statements.{{ column }},
        {% endfor -%}
        moments.moment_at,
        row_number() over (
            partition by moments.{{ key | join(', moments.') }}, moments.moment_at
            order by
                {% for column, direction in latest_first.items() -%}
                statements.{{ column }} {{ direction }} nulls last
                {%- if not loop.last %}, {% endif -%}
                {%- endfor %}
        ) as preference
    from moments
    left join {{ statements }} as statements
        on
            {% for column in key -%}
            moments.{{ column }} = statements.{{ column }}
            and {% endfor -%}
            statements.known_from_at <= moments.moment_at
            and moments.moment_at
            < coalesce(statements.ended_at, cast('9999-12-31' as timestamp))

),

counted as (

    select * from ranked
    where preference = 1

)
{%- endmacro %}
