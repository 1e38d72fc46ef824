"""The worker: runs the workflows and their activities. No logic here."""

from datetime import timedelta

from temporalio.client import Client
from temporalio.worker import Worker

from activities.alerting import Alerting
from activities.deliveries import Deliveries
from activities.inspecting import Inspecting
from activities.outbox import Outbox
from activities.recording.proofs import ProvenRecords
from activities.reporting import Reporting
from activities.rings import RingActivities
from activities.upkeep import make_activities
from law.late_entry import Figures
from models.external import get_systems
from runtime.database import Pool
from runtime.process_signatures import WORKER, load_speaker, load_speakers
from runtime.settings import Settings
from runtime.temporal import make_workflow_runner
from workflows.registry import ROUNDS, get_lifecycles, get_settled_stages, get_stage_names

# Local activities share the worker's loop with everything else: as many at once as the pool has connections, and some waiting.
_WAITING = 4
# A matter that waits so long for the worker that knows it goes to any other: that worker may be dead, and somebody waits for an answer.
_LOYALTY = timedelta(seconds=2)


def make_worker(settings: Settings, client: Client, pool: Pool) -> Worker:
    """A worker of the task queue, over that client and pool; `async with` or `run()` it."""
    connected = [system for name, system in get_systems().items() if name in settings.partners]
    figures = Figures(timedelta(hours=settings.late_entry_hours), timedelta(hours=settings.late_entry_liberty_hours))
    records, rings = ProvenRecords(pool, connected, figures, load_speakers(settings)), RingActivities(pool)
    deliveries = Deliveries(pool, get_systems(), settings.partners, load_speaker(settings, WORKER), settings.crl)
    outbox, inspecting = Outbox(pool), Inspecting(pool)
    reporting = Reporting(pool, get_stage_names(), get_settled_stages())
    alerting = Alerting(pool, client, settings.task_queue, load_speaker(settings, WORKER))
    return Worker(
        client,
        task_queue=settings.task_queue,
        workflows=[*get_lifecycles().values(), *ROUNDS],
        activities=[
            *(records.record, records.record_history, records.open_failure_task, outbox.list_owed, rings.ring, deliveries.send),
            *(
                inspecting.inspect,
                inspecting.inspect_all,
                inspecting.pass_over,
                inspecting.inspect_due,
                inspecting.pass_over_due,
                alerting.tell_alerts,
            ),
            *reporting.list_activities(),
            *make_activities(pool),
        ],
        workflow_runner=make_workflow_runner(),
        max_cached_workflows=settings.cached_workflows,
        sticky_queue_schedule_to_start_timeout=_LOYALTY,
        max_concurrent_local_activities=settings.pool_size * _WAITING,
    )
