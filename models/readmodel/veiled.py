"""What is veiled in a matter (密级字段), and who was allowed to read it."""

from typing import Any, NamedTuple

from law.facts import Fact
from models.forms.form import get_forms
from models.forms.veil import is_veiled, list_veiled_fields
from models.store.connection import Connection, Query, fetch_all, fetch_first
from models.veil_windows import Unveiling


class OpeningForm(NamedTuple):
    """The step that opened a matter, and its form as it is kept."""

    step: str
    form: dict[str, Any]

    def list_veiled(self) -> dict[str, str]:
        """The token of each field that is veiled; words that only read as one are none."""
        return {name: str(said) for name in list_veiled_fields(get_forms()[self.step]) if is_veiled(said := self.form.get(name))}


OPENED_BY = Query[OpeningForm]("""
SELECT step, content::json -> 'form' AS form FROM entry WHERE chain = %(number)s AND sort = 'step' ORDER BY position LIMIT 1
""")
# An approval bears the request that it ended, whose own entry has its form; the first look at it bears its sequence.
UNVEILINGS = Query[Unveiling](f"""
SELECT e.seq, e.recorded_at AS approved_at, e.username AS approver, e.content::json #>> '{{recorded,ended,asked_by,person}}' AS asker,
    ARRAY(SELECT json_array_elements_text(a.content::json #> '{{form,fields}}')) AS fields,
    (SELECT min(l.recorded_at) FROM entry l WHERE l.chain = e.chain AND l.sort = 'access' AND l.step = 'look-at-veiled'
        AND (l.content::json ->> 'approval')::int = e.seq) AS looked_at
FROM fact f JOIN entry e ON e.chain = f.matter AND e.seq = f.seq AND e.sort = 'step'
JOIN entry a ON a.chain = e.chain AND a.sort = 'step' AND a.seq = (e.content::json #>> '{{recorded,ended,seq}}')::int
WHERE f.matter = %(number)s AND f.fact = '{Fact.LETTER_UNVEILED}' ORDER BY e.seq DESC LIMIT 50
""")


async def find_opening(connection: Connection, number: str) -> OpeningForm | None:
    """The form by which that matter was opened."""
    return await fetch_first(connection, OPENED_BY, {"number": number})


async def list_unveilings(connection: Connection, number: str) -> list[Unveiling]:
    """The approvals by which veiled fields of that matter were opened, the newest first."""
    return await fetch_all(connection, UNVEILINGS, {"number": number})
