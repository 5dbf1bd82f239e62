"""The data that configures the warehouse: complete, unambiguous, and fit for the examples.

Not tested here: how the data is laid over and applied; `tests/approvals` and `tests/extract` do.
"""

import re

import pandas as pd
import pytest

from approvals.contracts import DATASETS
from approvals.settings import PROJECT_ROOT
from examples.layouts import CURRENCY_WORDS, LAYOUTS
from examples.names import MODALITIES, REGIONS, SECTORS, SPANISH_REGION, donors, recipients
from examples.schedule import OFFICES, exports
from extract.folding import fold
from extract.values.vocabulary import ambiguous_currencies, compact

SEEDS = PROJECT_ROOT / "dbt_project" / "seeds"
EXTRACT = PROJECT_ROOT / "extract"
KEYS = {
    "donor": "donors",
    "recipient": "recipients",
    "region": "regions",
    "sector": "sectors",
    "funding_source": "funding_sources",
    "modality": "modalities",
}


def read(path: str) -> pd.DataFrame:
    return pd.read_csv(PROJECT_ROOT / path, dtype=str, keep_default_na=False)


ALIASES = read("dbt_project/seeds/aliases.csv")
KNOWN = {
    (dimension, fold(alias)): member
    for dimension, alias, member in ALIASES.itertuples(index=False, name=None)
}
COLUMN_MAPS = pd.concat([read(str(path)) for path in sorted((EXTRACT / "column_maps").iterdir())])


@pytest.mark.parametrize(("dimension", "table"), KEYS.items(), ids=KEYS)
def test_seed_has_one_row_for_each_key_and_aliases_only_for_them(
    dimension: str, table: str
) -> None:
    seed = read(f"dbt_project/seeds/{table}.csv")

    keys = seed.iloc[:, 0]

    assert keys.is_unique
    assert set(ALIASES.loc[ALIASES.dimension == dimension, "member_id"]) <= set(keys)


def test_aliases_name_one_member_each_when_folded() -> None:
    folded = ALIASES.assign(alias=ALIASES.alias.map(fold))

    assert not folded.duplicated(["dimension", "alias"]).any()
    assert (folded.alias != "").all()


def test_aliases_include_every_name_and_id_of_the_seeds() -> None:
    missing = [
        (dimension, cell)
        for dimension, table in KEYS.items()
        for row in read(f"dbt_project/seeds/{table}.csv").itertuples(index=False)
        for cell in row[:2]
        if row[0] not in {"not-stated", "unmapped"} and KNOWN.get((dimension, fold(cell))) != row[0]
    ]

    assert missing == []


def test_recipients_cover_the_ilo_and_lie_in_a_region_when_counted() -> None:
    table = read("dbt_project/seeds/recipients.csv")

    assert (table.recipient_type == "country").sum() >= 150
    assert set(table.region_id) == set(read("dbt_project/seeds/regions.csv").region_id)


def test_published_figures_have_a_reasoned_tolerance_each() -> None:
    figures = read("dbt_project/seeds/published_figures.csv")

    assert list(figures.figure_id) == [f"H{number:02}" for number in range(1, 29)]
    assert (figures.tolerance_reason != "").all()
    assert pd.to_numeric(figures.tolerance).between(0, 5).all()


def test_column_maps_give_one_field_to_each_header_when_folded() -> None:
    folded = COLUMN_MAPS.assign(alias=COLUMN_MAPS.alias.map(fold))

    assert not folded.duplicated(["dataset", "office_id", "alias"]).any()
    assert set(COLUMN_MAPS.language) == {"en", "fr", "es", "pt"}
    for dataset, fields in COLUMN_MAPS.groupby("dataset").field:
        assert set(fields) <= {*DATASETS[str(dataset)].names, "-"}


@pytest.mark.parametrize("office", LAYOUTS)
def test_layout_headers_mean_their_fields_when_mapped(office: str) -> None:
    rows = COLUMN_MAPS[(COLUMN_MAPS.dataset == "approvals") & (COLUMN_MAPS.office_id == "")]
    fields = dict(zip(rows.alias.map(fold), rows.field, strict=True))

    assert [fields.get(fold(header)) for _, header in LAYOUTS[office].columns] == [
        field for field, _ in LAYOUTS[office].columns
    ]


def test_value_maps_lead_to_one_canonical_value_when_folded() -> None:
    table = read("extract/value_maps.csv")
    folded = table.assign(alias=table.alias.map(fold))

    assert not folded.duplicated(["field", "office_id", "alias"]).any()
    assert (folded.alias != "").all()
    assert set(table.loc[table.field == "negotiation", "value"]) == {"local", "central"}
    assert set(table.loc[table.field == "gender_marker", "value"]) == {"yes", "no"}


def test_value_maps_tell_currency_signs_apart_when_folded() -> None:
    table = read("extract/value_maps.csv")
    rows = table[table.field == "currency_code"]
    words = dict(zip(rows.alias.map(fold), rows.value, strict=True))
    shared = ambiguous_currencies()

    assert [words[fold(sign)] for sign in ("€", "US$", "R$")] == ["EUR", "USD", "BRL"]
    assert all(len(shared[compact(sign)]) > 1 for sign in ("£", "¥", "$", "kr"))
    assert not {compact(sign) for sign in shared} & {compact(word) for word in words}
    assert all(fold(word) in words for own in CURRENCY_WORDS.values() for word in own.values())


def test_example_names_are_aliases_of_their_members_but_for_the_unknown_donor() -> None:
    used = [
        *(
            ("donor", label, donor.donor_id)
            for donor in donors().values()
            for label in donor.labels
        ),
        *(("recipient", item.label, item.recipient_id) for item in recipients().values()),
        *(("recipient", item.english_label, item.recipient_id) for item in recipients().values()),
        *(("sector", word, key) for key, words in SECTORS.items() for word in words),
        *(("modality", word, key) for key, words in MODALITIES.items() for word in words),
        *(("region", name, key) for key, name in REGIONS.items()),
        ("region", SPANISH_REGION, "latin-america-and-the-caribbean"),
    ]

    wrong = {
        name for dimension, name, member in used if KNOWN.get((dimension, fold(name))) != member
    }

    assert wrong == {"Horizon Foundation for Work"}


def test_offices_own_the_example_files_and_read_their_dates_when_matched() -> None:
    offices = read("extract/offices.csv").set_index("office_id")

    for office in OFFICES:
        assert offices.is_synthetic[office] == "yes"
        for export in exports(office):
            match = re.search(offices.name_pattern[office], f"{office}/{export.name}")
            assert match, export.name
            assert match["exported"] == str(export.exported)
            assert (offices.coverage[office] == "cumulative") == (export.year is not None)
            if export.year:
                assert match["period"] == str(export.year)
