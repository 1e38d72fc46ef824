"""Alerting (风险提示): what inspections found is told to the matters that people deal with: an alert is opened, brought up to date, or cleared.

What is owed stands beside the finding until the alert's own journal has it, under a key that makes it happen once; whoever dies between leaves
it to the next.
"""

from collections.abc import Sequence
from datetime import timedelta

from temporalio import activity
from temporalio.client import Client, WithStartWorkflowOperation, WorkflowUpdateFailedError
from temporalio.common import WorkflowIDConflictPolicy
from temporalio.exceptions import WorkflowAlreadyStartedError

from inspections.inspection import get_inspections
from inspections.settings import describe_figures, get_settings
from law.clock import Colour
from models.evidence import Pointer
from models.forms.corrections import CorrectRecord
from models.forms.risk_alert import INSPECTOR, ClearAlert, RaiseAlert, RefreshAlert, Severity
from models.matter import TASK_TIMEOUT, Kind, build_workflow_id
from models.messages import Opening, Receipt, Submission
from models.proofs import Speaker, add_proof
from models.store.connection import fetch_all
from models.store.findings import OWED, WORSE, Owing
from models.store.inspection_settings import EDITIONS, Edition
from runtime.database import Pool
from runtime.foreign_workflows import end_foreign_workflow, find_foreign_workflow
from runtime.logging import log
from runtime.temporal import note_reachability

_BATCH = 100
_PATIENCE = timedelta(seconds=20)


class Alerting:
    """The activity that tells alerts what inspections found."""

    def __init__(self, pool: Pool, client: Client, task_queue: str, speaker: Speaker) -> None:
        """Ask that pool what is owed, and hand it in through that client, signed by that process."""
        self._pool, self._client, self._task_queue, self._speaker = pool, client, task_queue, speaker

    @activity.defn(name="tell-alerts")
    async def tell_alerts(self) -> int:
        """Tell what is owed, as much as makes a batch; how much was handed in."""
        async with self._pool.connection() as connection:
            rows = await fetch_all(connection, OWED, {"most": _BATCH})
            editions = await fetch_all(connection, EDITIONS) if rows else []
        for row in rows:
            await (self._raise(row, editions) if row.state == "due" else self._tell(row))
        return len(rows)

    async def _raise(self, row: Owing, editions: Sequence[Edition]) -> None:
        rule = get_inspections().get(row.rule)
        settings = get_settings(row.path, editions, row.edition)
        form = RaiseAlert(
            at=None,  # when it is recorded
            subject=row.subject,
            inspection=row.rule,
            label=rule.label if rule else row.rule,
            about=row.about,
            severity=_get_severity(row.severity),
            episode=row.episode,
            fingerprint=row.fingerprint,
            evidence=_list_evidence(row),
            figures=describe_figures(rule.uses, settings, editions) if rule else (),
            demand=rule.demand if rule else "请核实",
        )
        key = f"alert/{row.rule}/{row.subject}/{row.about}/{row.episode}"
        submission = add_proof(_build_submission(key, form), row.alert, self._speaker)
        opening = Opening(number=row.alert, unit=row.unit_id, parent=row.subject, parent_kind=row.kind, submission=submission)
        id_ = build_workflow_id(Kind.RISK_ALERT, row.alert)
        with note_reachability():
            try:
                await self._client.start_workflow(
                    Kind.RISK_ALERT.value, opening, id=id_, task_queue=self._task_queue, task_timeout=TASK_TIMEOUT
                )
            except WorkflowAlreadyStartedError:  # begun by whoever tried before, and not recorded yet
                if found := await find_foreign_workflow(self._client, self._task_queue, id_):
                    await end_foreign_workflow(self._client, found)

    async def _tell(self, row: Owing) -> None:
        """Bring the alert up to date, or clear it; one that has ended meanwhile is told nothing more."""
        form: RefreshAlert | ClearAlert
        if row.gone:
            later = row.last_at is not None and row.raised_at is not None and row.last_at > row.raised_at
            form = ClearAlert(at=None, entry=row.last_seq, cured=later and row.last_step != CorrectRecord.rule.step)
        else:
            form = RefreshAlert(
                at=None,
                severity=_get_severity(row.severity),
                worse=WORSE.index(Colour(row.severity)) > WORSE.index(Colour(row.told_severity)),
                fingerprint=row.fingerprint,
                evidence=_list_evidence(row),
            )
        # Retried on what the alert was when it was found: so it happens once.
        submission = add_proof(_build_submission(f"{row.alert}/{form.rule.step}/{row.seq}", form), row.alert, self._speaker)
        start = WithStartWorkflowOperation(
            Kind.RISK_ALERT.value,
            Opening(number=row.alert, unit="", resumed=True),
            id=build_workflow_id(Kind.RISK_ALERT, row.alert),
            task_queue=self._task_queue,
            task_timeout=TASK_TIMEOUT,
            id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
        )
        with note_reachability():
            try:
                await self._client.execute_update_with_start_workflow(
                    "submit", submission, start_workflow_operation=start, result_type=Receipt, rpc_timeout=_PATIENCE
                )
            except WorkflowUpdateFailedError as error:  # a person was faster
                log.warning("step.refused", matter=row.alert, step=submission.step, error_type=type(error).__name__)


def _get_severity(said: str) -> Severity:
    return next(each for each in WORSE if each == said)


def _list_evidence(row: Owing) -> tuple[Pointer, ...]:
    return tuple(Pointer.model_validate(each) for each in row.evidence)


def _build_submission(key: str, form: RaiseAlert | RefreshAlert | ClearAlert) -> Submission:
    values = form.model_dump(mode="json", exclude_defaults=True)
    return Submission(key=key, body_hash="", step=form.rule.step, form=values, actor=INSPECTOR)
