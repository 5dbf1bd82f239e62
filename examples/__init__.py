"""The example exports: a small deterministic generator of synthetic field-office exports.

`python -m examples.generate OUT_DIR` writes them; the committed copy lies in `examples/exports/`.
Every figure that the source paper prints comes out of them (`examples.plan`), and nothing else in
them is real: no row describes a project of the ILO. Nothing here is imported by the warehouse.
"""
