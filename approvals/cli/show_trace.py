"""A trace as a tree on a terminal."""

from typing import Any

from rich.console import Console
from rich.text import Text
from rich.tree import Tree

from approvals.trace import Trace, words
from approvals.trace.model import Step, Sum
from approvals.visible import visible

WIDTH = 100_000
"""Columns of the tree where the output is no terminal: each of its lines stays one."""
VALUES = 8
"""Rows of a set of values that are shown."""


def print_trace(trace: Trace) -> None:
    """Print a trace: every level with a sign for whether it agrees with the one above."""
    console = Console(highlight=False)
    if not console.is_terminal:
        console = Console(highlight=False, width=WIDTH)
    tree = Tree(Text(f"release {trace.release_id}", "dim"), guide_style="dim")
    _add_step(tree, trace.root)
    console.print(tree)
    agrees = "every level agrees with the one above it"
    differs = "not every level agrees with the one above it: see the lines with ✗"
    console.print(Text(agrees if trace.agrees else differs, "green" if trace.agrees else "red"))


def _add_step(tree: Tree, step: Step) -> None:
    branch = tree.add(_marked(words.title(step), step.agrees))
    branch.add(Text(f"{step.formula} → {words.amount(step.recomputed)}", "dim"))
    for operand in step.operands:
        _add_step(branch, operand)
    for values in step.values:
        listed = branch.add(Text(f"{values.column_name}: {words.COUNTED_BY[values.rows]}", "dim"))
        for label, value in values.values[:VALUES]:
            listed.add(Text(f"{visible(label)}  {words.amount(value)}"))
        _add_rest(listed, len(values.values) - VALUES, "rows: --json holds them")
    if step.sum:
        _add_sum(branch, step.sum)


def _add_sum(branch: Tree, added: Sum) -> None:
    for level in added.levels:
        branch.add(_marked(words.level(level), level.agrees))
    for item in added.items:
        _add_item(branch, item)
    _add_rest(branch, added.item_count - len(added.items), "approvals: --all shows them")
    for group in added.excluded:
        held = f", {words.amount(group.amount_usd)} US$" if group.amount_usd else ""
        line = branch.add(
            Text(f"left out, {group.reason}: {words.rows(group.rows)}{held}", "yellow")
        )
        for item in group.items:
            line.add(Text(words.left_out(item), "dim"))
        _add_rest(line, group.rows - len(group.items), "records: --all shows them")


def _add_item(branch: Tree, item: dict[str, Any]) -> None:
    line = branch.add(Text(words.approval(item)))
    if money := words.money(item):
        line.add(Text(money, "dim"))
    for cell in item["cells"]:
        if cell["raw_text"]:
            line.add(Text(words.cell(cell), "dim"))
    for version in item.get("versions", []):
        line.add(Text(words.change(version), "dim"))
    for decision in item.get("duplicates", []):
        line.add(Text(words.duplicate(decision), "dim"))
    for sentence in words.release(item["decision"]) if item.get("decision") else []:
        line.add(Text(sentence, "dim"))


def _add_rest(branch: Tree, count: int, what: str) -> None:
    if count > 0:
        branch.add(Text(f"… {count:,} more {what}", "dim"))


def _marked(sentence: str, agrees: bool) -> Text:
    sign, style = ("✓ ", "green") if agrees else ("✗ ", "red")
    return Text.assemble((sign, style), sentence)
