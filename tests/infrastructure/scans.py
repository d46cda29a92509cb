"""Tables that a query plan reads from end to end, on either database."""

import re

from web.database import dialect, execute, fetch, transaction


async def read_from_end_to_end(statement: str, tables: str) -> set[str]:
    """Those of the tables, an expression of their names, that the plan has no index for."""
    plain = re.sub(r"[$][0-9]+|[?]", "NULL", statement)
    async with transaction():
        if cost := dialect(sqlite="", postgres="SET LOCAL enable_seqscan = off"):  # it reads small tables whole
            await execute(cost)
        steps = await fetch(dialect(sqlite=f"EXPLAIN QUERY PLAN {plain}", postgres=f"EXPLAIN {plain}"))
    text = "\n".join(str(step.get("detail") or step.get("QUERY PLAN")) for step in steps)
    return set(re.findall(rf"(?:^SCAN|Seq Scan on) ({tables})", text, re.MULTILINE))
