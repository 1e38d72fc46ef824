"""What decides on somebody's liberty is approved by nobody who has not opened it (先看后批)."""

from collections.abc import Sequence

from api.context import AppContext
from api.step_descriptions import is_on_liberty
from models.forms.approval import Approve
from models.forms.form import Form, get_forms
from models.messages import Actor, Request
from models.problems import RequestUnseen
from models.readmodel.matter_status import MatterStatus
from models.store.sheets_seen import is_seen
from workflows.approval.actions import get_title, list_actions


async def check_seen(ctx: AppContext, matter: MatterStatus, form: Form, who: Actor, requests: Sequence[Request]) -> None:
    """Refuse to approve what decides on somebody's liberty, by whoever has not opened it since the matter changed: RequestUnseen."""
    if not isinstance(form, Approve):
        return
    request = next((each for each in requests if each.step == form.request), None)
    if request is None or not is_on_liberty(get_forms()[request.step]) or Approve not in list_actions(request, who):
        return  # the workflow says what is open, and whose turn it is
    async with ctx.pool.connection() as connection:
        if await is_seen(connection, matter.number, request.seq, who.person):
            return
    detail = f"“{get_title(request.step)}”涉及人身自由，须先打开审批表查看再同意，不能不经查看逐件或者成批同意；查看以后他人又有办理的，须重新查看"
    raise RequestUnseen(detail, request_seq=request.seq)
