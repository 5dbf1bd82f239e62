"""The types of the lake's contract as DuckDB names them."""

import pyarrow as pa

SHA256_DIGITS = 64


def sql_type(kind: pa.DataType) -> str:
    """Return DuckDB's name for a type of the lake's contract."""
    if pa.types.is_decimal(kind):
        return f"decimal({kind.precision}, {kind.scale})"
    if pa.types.is_timestamp(kind):
        return "timestamp"
    return {pa.date32(): "date", pa.int64(): "bigint", pa.string(): "varchar"}[kind]


def literal(constant: str | None) -> str:
    """Return a constant of the configuration as SQL; offices.csv was validated when it was read."""
    if constant is None:
        return "cast(null as varchar)"
    if not constant.isalpha():
        raise ValueError(f"{constant!r} is not a word")
    return f"'{constant}'"


def repeated_hash(sha256: str) -> str:
    """Return a sha256 as SQL for a column that has it in every row.

    As an enumeration it takes a byte of each row until it is written; in Parquet it is text.
    """
    if not (len(sha256) == SHA256_DIGITS and sha256.isalnum()):
        raise ValueError(f"{sha256!r} is no sha256")
    return f"cast('{sha256}' as enum ('{sha256}'))"


def typed_columns(contract: pa.Schema) -> str:
    """Return a select list with the contract's columns in its types."""
    return ", ".join(_cast(field) for field in contract)


def _cast(field: pa.Field) -> str:
    name, kind = field.name, field.type
    if pa.types.is_decimal(kind):
        return f"try_cast(round({name}, {kind.scale}) as {sql_type(kind)}) as {name}"
    if pa.types.is_timestamp(kind):
        return f"cast({name} as timestamptz) as {name}"
    return f"cast({name} as {sql_type(kind)}) as {name}"
