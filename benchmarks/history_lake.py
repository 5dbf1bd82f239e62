"""A lake of millions of statements, written straight to Parquet and manifests by DuckDB.

Nine offices report approvals of ten years, each of them in five exports that state it otherwise:
amounts are revised, sectors corrected, approvals cancelled, withdrawn and stated again, dates
moved; one in ten of headquarters' symbols is a field office's too; two in five amounts need a
rate, and two months of rates a year are stated anew, in the set that the configuration has
chosen. It is the lake that `extract/` would have written (docs/lake.md), without the landed bytes,
which no build reads.
"""

import csv
import hashlib
import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from approvals.contracts import APPROVALS, LAKE_TABLES, RATES
from approvals.dbt import DBT_PROJECT

OFFICES = (
    *("headquarters", "bangkok", "jakarta", "addis_ababa", "dakar", "lima", "brasilia"),
    *("beirut", "moscow"),
)
CUMULATIVE = ("headquarters", "lima", "moscow")
YEARS = range(2000, 2010)
STATEMENTS = 5
HEADERS = {
    "office_reference": "Office reference",
    "project_symbol": "Project symbol",
    "donor_name": "Donor",
    "sector_name": "Sector",
    "approval_date": "Approval date",
    "currency_code": "Currency",
    "amount_original": "Amount",
    "status": "Status",
}
MADE = """
    select
        i + 2 as record_number,
        $office || '-' || $year || '-' || i as office_reference,
        case when $side = 0 and i % 10 = 0 then 1 + i // 10 % 8 else $side end as symbol_side,
        ['RAS', 'IND', 'RAF', 'KEN', 'PER', 'BRA', 'RAB', 'UKR', 'INT'][1 + symbol_side]
            || '/' || right($year::varchar, 2) || '/' || symbol_side || lpad(i::varchar, 6, '0')
            || '/' || ['NET', 'NOR', 'USA', 'EEC'][1 + i % 4] as project_symbol,
        'Decent work for rural households, phase ' || (i % 50000) as project_title,
        ['Netherlands', 'Norway', 'United States', 'European Commission'][1 + i % 4]
            as donor_name,
        ['Employment', 'Social Protection', 'Social Dialogue'][
            1 + (i + case when $statement >= 2 and i % 25 = 3 then 1 else 0 end) % 3
        ] as sector_name,
        make_date($year, 1, 1) + (i % 360)::int
            + case when $statement >= 4 and i % 100 = 1 then 3 else 0 end as approval_date,
        ['USD', 'USD', 'USD', 'EUR', 'CHF'][1 + i % 5] as currency_code,
        cast(1000 + (i * 7919 + $side * 31) % 900000 + $statement * 10 as decimal(18, 2))
            as amount_original,
        case when i % 4 = 1 then 'central' when $side = 0 then 'central' else 'local' end
            as negotiation,
        case
            when i % 40 = 7 and $statement >= 3 then 'cancelled'
            when i % 20 = 0 and $statement = 0 then 'forecast'
            when $statement = 1 then 'revised'
            else 'approved'
        end as status,
        'Extra-budgetary' as funding_source_name,
        ['yes', 'no', null][1 + i % 3] as gender_marker,
        ['yes', 'no', null][1 + i // 3 % 3] as tripartism_marker,
        case when i % 2 = 0 then 'Outcome ' || (i % 30) end as dwcp_outcome,
        'Synthetic row ' || (i % 1000) as remarks
    from range($rows) as series(i)
    where not ($is_cumulative and $statement = 3 and i % 50 = 0)
"""


@dataclass(frozen=True, slots=True)
class Shape:
    """How much a lake holds."""

    approvals: int
    """Rounded down to whole hundreds for each office and year."""
    with_history: bool
    """False: only the last statement of each approval, and of each rate."""

    @property
    def statements(self) -> range:
        """Which of the five exports of each office and year the lake holds."""
        return range(0 if self.with_history else STATEMENTS - 1, STATEMENTS)


def write_lake(root: Path, shape: Shape) -> int:
    """Write a lake below an empty folder and return how many records of approvals it holds."""
    (root / "files").mkdir(parents=True)
    for table, schema in LAKE_TABLES.items():
        folder = root / table / "office=_none"
        folder.mkdir(parents=True)
        pq.write_table(pa.Table.from_pylist([], schema=schema), folder / f"{table}.parquet")
    rows = shape.approvals // (len(OFFICES) * len(YEARS))
    written = 0
    with duckdb.connect() as connection:
        for year in YEARS:
            _write_rates(connection, root, year, shape.with_history)
            for side, office in enumerate(OFFICES):
                for statement in shape.statements:
                    values = {"side": side, "office": office, "year": year, "rows": rows}
                    written += _write_export(connection, root, {**values, "statement": statement})
    return written


def _write_export(connection: duckdb.DuckDBPyConnection, root: Path, values: dict[str, Any]) -> int:
    year, statement = values["year"], values["statement"]
    is_cumulative = values["office"] in CUMULATIVE
    exported_on = date(year + statement // 2, 12 if statement % 2 == 0 else 6, 30)
    cells = ", ".join(f"cast({field} as varchar)" for field in HEADERS)
    made = f"select *, to_json([{cells}])::varchar as raw_cells from ({MADE})"  # noqa: S608
    manifest = {
        "dataset": "approvals",
        "coverage": "cumulative" if is_cumulative else "delta",
        "period_start": f"{year}-01-01",
        "period_end": f"{year}-12-31",
        "tables": [_table(HEADERS)],
    }
    return _write(
        connection,
        root,
        values["office"],
        exported_on,
        APPROVALS,
        made,
        {**values, "is_cumulative": is_cumulative},
        manifest,
    )


def _write_rates(
    connection: duckdb.DuckDBPyConnection, root: Path, year: int, with_history: bool
) -> None:
    """Write the rates of a year, and two years later those of two months anew."""
    made = """
        select row_number() over () + 1 as record_number, $rate_set as rate_set, currency_code,
            make_date($year, month::int, 1) as rate_month,
            cast(1.2 + month / 100 + $again / 50 as decimal(18, 8)) as units_per_usd,
            to_json([currency_code, month::varchar])::varchar as raw_cells
        from range(1, 13) as months(month), unnest(['EUR', 'CHF']) as codes(currency_code)
        where ($again = 0 and ($all_months or month <= 10)) or ($again = 1 and month > 10)
    """
    manifest = {"dataset": "rates", "coverage": "delta", "tables": []}
    for again in (0, 1):
        values = {"year": year, "again": again, "rate_set": _chosen_rate_set()}
        if not again:
            values["all_months"] = with_history
        _write(
            connection,
            root,
            "treasury",
            date(year + 2 * again, 12, 15),
            RATES,
            made if not again else made.replace("$all_months", "false"),
            values,
            manifest,
        )


def _chosen_rate_set() -> str:
    with (DBT_PROJECT / "seeds" / "rate_sets.csv").open(encoding="utf-8") as lines:
        return next(
            row["rate_set_id"] for row in csv.DictReader(lines) if row["is_chosen"] == "yes"
        )


def _write(
    connection: duckdb.DuckDBPyConnection,
    root: Path,
    office: str,
    exported_on: date,
    schema: pa.Schema,
    made: str,
    values: dict[str, Any],
    manifest: dict[str, Any],
) -> int:
    """Write one file of the lake, its manifest last; return the number of its records."""
    sha256 = hashlib.sha256(f"{office} {exported_on} {sorted(values.items())}".encode()).hexdigest()
    folder = root / manifest["dataset"] / f"office={office}"
    folder.mkdir(parents=True, exist_ok=True)
    own = {"file_sha256": f"'{sha256}'", "office_id": f"'{office}'", "sheet_name": "''"}
    found = {row[0] for row in connection.execute(f"describe {made}", values).fetchall()}
    columns = ", ".join(
        f"cast({own.get(name, name if name in found else 'null')} as {_sql_type(field.type)}) "
        f"as {name}"
        for name, field in zip(schema.names, schema, strict=True)
    )
    target = str(folder / f"{sha256}.parquet")
    (rows,) = connection.execute(
        f"copy (select {columns} from ({made})) to '{target}' (format parquet)",  # noqa: S608
        values,
    ).fetchone() or (0,)
    stated = {
        **manifest,
        "file_sha256": sha256,
        "office_id": office,
        "format": "delimited",
        "original_name": f"{office}/{exported_on}-{sha256[:8]}.csv",
        "exported_at": f"{exported_on}T12:00:00+00:00",
        "received_at": "2012-12-31T00:00:00+00:00",
        "rows_read": rows,
        "rows_accepted": rows,
        "rows_rejected": 0,
        "rows_dropped": 0,
        "status": "loaded",
    }
    (root / "files" / f"{sha256}.json").write_text(json.dumps(stated))
    return int(rows)


def _table(headers: dict[str, str]) -> dict[str, Any]:
    columns = [
        {
            "position": n,
            "header": header,
            "field": field,
            "alias": header,
            "language": "en",
            "score": 100,
            "multiplier": 1,
            "currency_code": None,
        }
        for n, (field, header) in enumerate(headers.items())
    ]
    return {"sheet_name": "", "header_row": 1, "conventions": {}, "columns": columns}


def _sql_type(kind: pa.DataType) -> str:
    if pa.types.is_decimal(kind):
        return f"decimal({kind.precision}, {kind.scale})"
    if pa.types.is_timestamp(kind):
        return "timestamptz"
    return {"int64": "bigint", "date32[day]": "date"}.get(str(kind), "varchar")
