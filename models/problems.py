"""Problems (RFC 9457): one class for each way to refuse. `slug` names its page, `status` its HTTP status, members its details."""

from typing import Any, ClassVar

from models.messages import Refusal

# More faults than anybody mends before trying again; whoever sends nonsense gets no book about it.
_ERRORS = 50


class Problem(Exception):
    """A refusal that a person can act on. `detail` is a sentence in Chinese; members say field, rule, article."""

    slug: ClassVar[str] = "unexpected"
    status: ClassVar[int] = 500
    title: ClassVar[str] = "系统错误"

    def __init__(self, detail: str = "", **members: Any) -> None:
        super().__init__(detail or self.title)
        self.detail = detail or self.title
        self.members = {name: value for name, value in members.items() if value not in (None, "")}

    def to_refusal(self) -> Refusal:
        """The problem as it travels through Temporal and into the journal."""
        return Refusal(slug=self.slug, detail=self.detail, members=self.members)


def build_problem(refusal: Refusal) -> Problem:
    """The problem that a travelled refusal stands for."""
    return PROBLEMS.get(refusal.slug, Problem)(refusal.detail, **refusal.members)


class NotSignedIn(Problem):
    """Nobody is signed in, or no longer."""

    slug, status, title = "not-signed-in", 401, "未登录或登录已失效"


class SecondFactorMissing(Problem):
    """The password is right, and the password of the moment is asked for besides."""

    slug, status, title = "second-factor-missing", 401, "请输入动态口令"


class PasswordMustChange(Problem):
    """Somebody else knows the password: nothing can be done by it but change it."""

    slug, status, title = "password-must-change", 403, "口令由他人设置，请先修改口令"


class SecondFactorMustEnrol(Problem):
    """Whoever approves, administers or supervises signs in with a second factor, and has none yet."""

    slug, status, title = "second-factor-must-enrol", 403, "审批、管理、督察人员须先启用动态口令"


class SecondFactorUnvouched(Problem):
    """Whoever needs a second factor has one for which no supervisor has vouched yet."""

    slug, status, title = "second-factor-unvouched", 403, "动态口令已启用，请到督察部门当面核实后使用"


class ReasonMissing(Problem):
    """The file is sealed, or marked so that it is asked, and whoever neither handles nor supervises it says why they read it. Member: `matter`."""

    slug, status, title = "reading-reason-missing", 403, "案卷已封存，查阅须说明理由；请填写查阅理由后再查"


class OfficeMayNotAct(Problem):
    """The step belongs to another office. Members: `required`, `held`, `basis`."""

    slug, status, title = "office-may-not-act", 403, "该职务无权办理此事项"


class DutiesNotSeparated(Problem):
    """Who asked may not also approve. Members: `conflicting_entry`, `basis`."""

    slug, status, title = "duties-not-separated", 403, "呈请人不得审批本人呈请的事项"


class NotProven(Problem):
    """Nobody of ours has signed that they handed it in, or nobody promised it: whoever did is none of ours."""

    slug, status, title = "not-proven", 403, "这次提交不是经本系统接口作出的，未作任何变更；请在系统页面上重新办理"


class MatterNotFound(Problem):
    """No such matter, or none that the caller may know of."""

    slug, status, title = "matter-not-found", 404, "没有这一事项，或者您无权知悉"


class NotFound(Problem):
    """Nothing else is found under this name. Members: `near`."""

    slug, status, title = "not-found", 404, "没有找到"


class StepNotOpen(Problem):
    """The step cannot be taken where the matter stands. Members: `stage`, `open_steps`."""

    slug, status, title = "step-not-open", 409, "当前阶段不能办理此步骤"


class Superseded(Problem):
    """The matter moved on since the caller looked. Members: `seen_seq`, `seq`."""

    slug, status, title = "superseded", 409, "事项已有更新，请刷新后再办理"


class RequestUnseen(Problem):
    """Whoever approves what decides on somebody's liberty has not opened the request since the matter changed. Members: `request_seq`."""

    slug, status, title = "request-unseen", 409, "涉及人身自由的呈请，须先查看再同意"


class KeyReused(Problem):
    """The idempotency key was used before for something else. Members: `field`."""

    slug, status, title = "key-reused", 409, "同一幂等键已用于另一次提交"


class LawForbids(Problem):
    """The law does not permit it on these facts. Members: `field`, `limit`, `basis`."""

    slug, status, title = "law-forbids", 409, "法律不允许"


class TimeLimitExpired(Problem):
    """It comes after the limit. Members: `field`, `limit`, `due`, `basis`."""

    slug, status, title = "time-limit-expired", 409, "法定期限已经届满"


class StillNeeded(Problem):
    """Something would be left that nobody sees to. Members: `field`, and how many: `matters_open`, `tasks_open`, `requests_open`."""

    slug, status, title = "still-needed", 409, "尚有须由其办理的事项"


class FormTooLarge(Problem):
    """The body is larger than any form. Members: `limit_bytes`."""

    slug, status, title = "form-too-large", 413, "提交内容过大"


class UnsupportedMediaType(Problem):
    """The body, or a file in it, is of a type that is not taken."""

    slug, status, title = "unsupported-media-type", 415, "内容或者文件的类型不符"


class FormInvalid(Problem):
    """The form is not filled in as it must be. Members: `errors`, each with `field`, `rule`, `detail`; `left_out`, how many more there are."""

    slug, status, title = "form-invalid", 422, "表单填写有误"

    def __init__(self, detail: str = "", **members: Any) -> None:
        errors = members.get("errors", ())
        if len(errors) > _ERRORS:
            members |= {"errors": list(errors[:_ERRORS]), "left_out": len(errors) - _ERRORS}
        super().__init__(detail, **members)


class TooManyRows(Problem):
    """More rows fit the filters than one spreadsheet may have. Members: `limit`."""

    slug, status, title = "too-many-rows", 422, "导出的行数过多"


class TooManyRequests(Problem):
    """Too many attempts. Members: `retry_after` in seconds."""

    slug, status, title = "too-many-requests", 429, "请求过于频繁"


class OrchestratorUnavailable(Problem):
    """An engine (Temporal, its workers, PostgreSQL) does not answer. Members: `engine`, `retry_after` in seconds."""

    slug, status, title = "orchestrator-unavailable", 503, "系统组件暂时不可用，请稍后以同一幂等键重试"


class WordExpected(Problem):
    """What happened in another matter is on its way to this one, which cannot be judged before it has heard. Members: `engine`, `retry_after`."""

    slug, status, title = "word-expected", 503, "关联事项的办理情况正在传达，请稍后以同一幂等键重试"


class JournalBehind(Problem):
    """The journal ends before the workflow does: PostgreSQL was put back to an older state. Member: `seq`, where the journal ends."""

    slug, status, title = "journal-behind", 503, "日志落后于流程，未作任何变更，请联系系统管理员"


class NoRoom(Problem):
    """The disk has no room left but its reserve: what is there can be read, nothing can be added. Members: `retry_after` in seconds."""

    slug, status, title = "no-room", 503, "磁盘空间不足，暂不能办理，查阅不受影响；请系统管理员腾出空间，之后以同一幂等键重试"


def _collect_problems(cls: type[Problem]) -> dict[str, type[Problem]]:
    return {sub.slug: sub for sub in cls.__subclasses__()}


PROBLEMS: dict[str, type[Problem]] = _collect_problems(Problem)
