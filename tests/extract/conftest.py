"""A warehouse of one office in a temporary folder, and files for it written in a line."""

from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from approvals.configuration import Configuration, resolve_configuration
from approvals.settings import Settings
from extract import FileReport, load_exports

OFFICE_COLUMNS = (
    "office_id,office_name,office_role,region_id,time_zone,language,decimal_sign,date_order,"
    "code_page,cadence,coverage,file_pattern,name_pattern,exported_at_source,usd_basis,"
    "reference_scope,default_negotiation,default_currency,required_fields,is_synthetic"
)
DATED = "_(?P<exported>[0-9]{4}-[0-9]{2}-[0-9]{2})"


class Warehouse:
    """An agency with one English and one French office, its drop folder and its lake."""

    def __init__(self, folder: Path) -> None:
        """Lay the agency's configuration over the example one."""
        self.exports = folder / "exports"
        self.config = folder / "config"
        self.config.mkdir(parents=True)
        (self.config / "offices.csv").write_text(
            f"{OFFICE_COLUMNS}\n"
            f"lab,Laboratory,field,,Asia/Bangkok,en,.,dmy,cp1252,monthly,delta,lab/*,{DATED},"
            "file_name,rates,unique,local,,,yes\n"
            f'labo,Laboratoire,field,,Africa/Dakar,fr,",",dmy,cp1252,monthly,delta,labo/*,{DATED},'
            "file_name,rates,unique,local,,,yes\n",
            encoding="utf-8",
        )
        (self.exports / "lab").mkdir(parents=True)
        (self.exports / "labo").mkdir()
        self.settings = Settings(
            exports=str(self.exports), home=folder / "home", config=self.config
        )

    @property
    def configuration(self) -> Configuration:
        """Return the effective configuration as the folder states it now."""
        return resolve_configuration(self.settings)

    def drop(self, name: str, content: str | bytes, encoding: str = "utf-8") -> Path:
        """Write a file into the drop folder and return its path."""
        path = self.exports / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return path

    def load(self) -> dict[str, FileReport]:
        """Load the drop folder; return the report of each file by its name."""
        report = load_exports(self.settings, self.configuration)
        return {entry.path: entry for entry in report.files}

    def rows(self, columns: str, table: str = "approvals") -> list[tuple[object, ...]]:
        """Return columns of all rows of a lake table, in the order of their records."""
        return duckdb.sql(
            f"select {columns} from '{self.settings.lake}/{table}/office=*/*.parquet' "
            "order by file_sha256, sheet_name, record_number"
        ).fetchall()


@pytest.fixture
def warehouse(tmp_path: Path) -> Warehouse:
    """Return an empty warehouse."""
    return Warehouse(tmp_path)


@pytest.fixture
def load_one(warehouse: Warehouse) -> Callable[..., FileReport]:
    """Return a function that loads one file of the English office and returns its report."""

    def load(content: str | bytes, name: str = "lab/export_2006-03-31.csv") -> FileReport:
        warehouse.drop(name, content)
        return warehouse.load()[name]

    return load
