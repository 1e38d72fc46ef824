"""What is proved of a proposal stays proved while it waits for the database, however long that is away."""

from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from activities.recording.proofs import ProvenRecords
from law.late_entry import Figures
from models.messages import Proof, Proposal
from models.proofs import FRESH, build_statement
from runtime.database import Pool
from runtime.process_signatures import API, Speaker, Speakers
from tests.activities.proposals import TEN, detained, filed, informed, proposal

US = Speaker(API, Ed25519PrivateKey.generate())


@pytest.fixture
def records(pool: Pool) -> ProvenRecords:
    return ProvenRecords(pool, (), Figures(), Speakers({API: [US.public]}))


def signed(said: Proposal, at: datetime) -> Proposal:
    return said.model_copy(
        update={"asked": True, "proof": Proof(by=API, at=at, signature=US.sign(build_statement(said.number, said, API, at)))}
    )


async def test_a_step_taken_up_in_time_is_recorded_however_long_the_database_was_away(records: ProvenRecords) -> None:
    step = signed(proposal(0, filed(), informed(), detained(), decided_at=TEN), TEN)
    assert datetime.now(UTC) - TEN > FRESH
    assert (await records.record(step)).refusal is None


async def test_a_step_that_somebody_held_back_is_not(records: ProvenRecords) -> None:
    step = signed(proposal(0, filed(), informed(), detained(), decided_at=TEN), TEN - FRESH - timedelta(hours=2))
    answer = await records.record(step)
    assert answer.refusal and answer.refusal.slug == "not-proven"
