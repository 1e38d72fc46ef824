"""Stands in for the commands of the house, so that their supervisor can be tried alone: `python stand_ins.py worker`, and so on.

`MISBEHAVE` in the environment makes one of them bad: `watch=ignores` (the request to stop), `watch=hangs` (after its first heartbeat),
`migrate=fails`. All others beat as ours do.
"""

import asyncio
import faulthandler
import http.server
import os
import signal
import sys
import threading
import time


class Health(http.server.BaseHTTPRequestHandler):
    """Answers every question with yes."""

    def do_GET(self) -> None:
        """Yes."""
        self.send_response(200)
        self.end_headers()


async def _worker() -> None:
    # Imported here, since the other parts start faster without.
    from temporalio.api.taskqueue.v1 import TaskQueue
    from temporalio.api.workflowservice.v1 import PollWorkflowTaskQueueRequest
    from temporalio.client import Client

    client = await Client.connect(os.environ["LOUKE_TEMPORAL_ADDRESS"])
    task_queue = TaskQueue(name=os.environ["LOUKE_TASK_QUEUE"])
    request = PollWorkflowTaskQueueRequest(namespace="default", task_queue=task_queue, identity="stand-in")
    while True:
        await client.workflow_service.poll_workflow_task_queue(request)


def _api() -> None:
    http.server.ThreadingHTTPServer(("127.0.0.1", int(os.environ["LOUKE_PORT"])), Health).serve_forever()


def _watch() -> None:
    print("watchdog.started")
    while True:
        signal.pause()


def _beat() -> None:
    def beat() -> None:
        while True:
            os.write(int(os.environ["LOUKE_HEARTBEAT_FD"]), b".")
            time.sleep(1)

    threading.Thread(target=beat, daemon=True).start()


def _main(name: str) -> None:
    match os.environ.get("MISBEHAVE", "").split("="):
        case [culprit, "ignores"] if culprit == name:
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
            _beat()
        case [culprit, "fails"] if culprit == name:
            sys.exit("the schema is from the future")
        case [culprit, "hangs"] if culprit == name:
            faulthandler.enable()
            os.write(int(os.environ["LOUKE_HEARTBEAT_FD"]), b".")
        case _:
            _beat()
    match name:
        case "worker":
            asyncio.run(_worker())
        case "api":
            _api()
        case "watch":
            _watch()
        case _:
            print(f"{name} done")


_main(sys.argv[1])
