"""Which clocks hold a suspect: their own, and once the case has gone on, the case's, which runs for everybody who is held in it."""

from law.facts import CUSTODY_BEGINS, CUSTODY_ENDS

_BEGINS = ", ".join(f"'{fact}'" for fact in CUSTODY_BEGINS)
_KINDS = ", ".join(f"'{fact}'" for fact in (*CUSTODY_BEGINS, *CUSTODY_ENDS))
THEIRS = f"""c.matter IN (m.number, m.parent) AND (c.matter = m.number OR (m.kind = 'suspect' AND c.about = m.parent AND c.liberty
    AND c.state IN ('running', 'suspended', 'not-started') AND (SELECT f.fact IN ({_BEGINS}) FROM fact f
        WHERE f.matter = m.number AND f.fact IN ({_KINDS}) AND NOT f.said ? 'told_by' ORDER BY f.at DESC, f.seq DESC LIMIT 1)))"""
"""The condition that a clock `c` is one that whoever looks at matter `m` must see; its `matter` says whose it is."""
