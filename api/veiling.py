"""Veiling (密级字段): what a form keeps secret is encrypted here, before Temporal, the journal or anybody else sees it."""

import re
from collections.abc import Collection, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

from api.context import AppContext
from api.problems import RETRY_AFTER_S
from models.forms.form import Form, get_forms
from models.forms.unveil import BASIS
from models.forms.veil import build_token, is_veiled, list_veiled_fields, mask_values, parse_token
from models.forms.widget import Widget
from models.instants import AS_STORED
from models.journal import hash_body
from models.matter import Kind, build_number_pattern, get_opening_step
from models.messages import Submission
from models.problems import LawForbids, OrchestratorUnavailable
from models.readmodel.veiled import find_opening
from models.search_terms import NARRATING
from models.store.veil_keys import OF_THE_BUREAU, WrappedKey, find_key, keep_key
from runtime.encryption import Unreadable
from runtime.field_encryption import hash_keyed, make_code, make_wrapped_key, open_field, seal_field, unwrap_key
from runtime.logging import log

# What narrates, and what it says that it is about: there whoever wrote is named again.
_REPEATING = (*NARRATING, "about")
_NUMBER = re.compile(build_number_pattern(*Kind))


async def hash_form(ctx: AppContext, where: str, form: Form, values: Mapping[str, Any]) -> str:
    """What tells one submission under a key from another; of a form that keeps something secret nobody can try what it said."""
    hashed = hash_body(where, values)
    return await hash_secret(ctx, hashed) if form.list_veiled() else hashed


async def hash_secret(ctx: AppContext, hashed: str) -> str:
    """A hash that only whoever has the bureau's key can compute again."""
    return hash_keyed(await _load_key(ctx, OF_THE_BUREAU), hashed)


async def hash_refused(ctx: AppContext, step: str, hashed: str) -> str:
    """The hash under which a form that was refused is journaled: what may have said who writes in secret nobody can try."""
    form_type = get_forms().get(step)
    return await hash_secret(ctx, hashed) if hashed and form_type and list_veiled_fields(form_type) else hashed


async def is_same_body(ctx: AppContext, kept: str, hashed: str) -> bool:
    """Whether what was kept under a key was handed in with this body; what came before its fields were veiled has a plain hash.

    A keyed one was kept of words that repeat what is veiled.
    """
    return kept == hashed or hashed == await hash_secret(ctx, kept) or kept == await hash_secret(ctx, hashed)


async def veil_submission(ctx: AppContext, number: str, submission: Submission) -> Submission:
    """The submission with what its form keeps secret encrypted for that matter, also where its other words repeat it."""
    form_type = get_forms().get(submission.step)
    if form_type is None or not list_veiled_fields(form_type):
        return submission
    fields = form_type.model_validate(submission.form, context=AS_STORED).list_veiled()
    return submission.model_copy(update={"form": await veil_values(ctx, number, submission.step, submission.form, fields)})


async def mask_submission(ctx: AppContext, kind: str, number: str, submission: Submission) -> Submission:
    """A later step with dots where its words repeat what is veiled in its matter: whoever read it writes it down, or sets the narrative right."""
    opens, form_type = get_forms().get(get_opening_step(kind)), get_forms().get(submission.step)
    hidden = await _read_veiled(ctx, number) if opens and list_veiled_fields(opens) else []
    if form_type is None or not hidden:
        return submission
    form = {name: said if _is_chosen(form_type, name, said) else _mask(said, hidden) for name, said in submission.form.items()}
    if form == submission.form:
        return submission
    # By a plain hash anybody could try what stands behind the dots.
    return submission.model_copy(update={"form": form, "body_hash": await hash_secret(ctx, submission.body_hash)})


async def veil_values(
    ctx: AppContext, holder: str, step: str, values: Mapping[str, Any], fields: tuple[str, ...]
) -> dict[str, Any]:
    """What was filled in with these fields encrypted under the key of that holder; where the narrative repeats one it has dots."""
    clear = {name: values[name] for name in fields if values.get(name) and not is_veiled(values[name])}
    if not clear:
        return dict(values)
    key = await _load_key(ctx, holder)
    tokens = {
        name: build_token(make_code(), seal_field(key, said, _build_place(holder, step, name))) for name, said in clear.items()
    }
    told = {name: _mask(said, clear.values()) for name in _REPEATING if (said := values.get(name))}
    return {**values, **told, **tokens}


async def _read_veiled(ctx: AppContext, number: str) -> list[str]:
    """What is veiled in a matter, in clear; nothing where nothing is, or nobody can read it any more."""
    async with ctx.pool.connection() as connection:
        kept = await find_key(connection, number)
        opening = await find_opening(connection, number) if kept and kept.wrapped else None
    if opening is None:
        return []
    return [await unveil_value(ctx, number, opening.step, name, said) for name, said in opening.list_veiled().items()]


def _is_chosen(form_type: type[Form], name: str, said: Any) -> bool:
    """Whether a field was chosen rather than written: somebody or a unit from the directory, a matter by its number."""
    field = form_type.model_fields.get(name)
    from_directory = field is not None and any(isinstance(each, Widget) for each in field.metadata)
    return from_directory or (isinstance(said, str) and bool(_NUMBER.fullmatch(said)))


def _mask(said: Any, hidden: Collection[str]) -> Any:
    if isinstance(said, str):
        return mask_values(said, hidden)
    return [_mask(each, hidden) for each in said] if isinstance(said, list | tuple) else said


async def unveil_value(ctx: AppContext, holder: str, step: str, field: str, token: str) -> str:
    """What stands in a veiled field of that step; LawForbids where the key was destroyed."""
    _, sealed = parse_token(token)
    return open_field(await _load_key(ctx, holder), sealed, _build_place(holder, step, field))


async def unveil_values(ctx: AppContext, holder: str, step: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """What was filled in, as it was typed; what reads as a token and is none of ours stays, for the form to refuse."""
    told = dict(values)
    for name, said in values.items():
        if is_veiled(said):
            with suppress(Unreadable):
                told[name] = await unveil_value(ctx, holder, step, name, said)
    return told


async def _load_key(ctx: AppContext, holder: str) -> bytes:
    made = WrappedKey(holder, ctx.ring.key_id, make_wrapped_key(ctx.ring, holder))
    async with ctx.pool.connection() as connection:
        kept = await keep_key(connection, made, datetime.now(UTC))
    if kept.wrapped is None:
        raise LawForbids("身份信息已经依保存期限销毁，任何人都不能再查看", basis=str(BASIS))
    try:
        return unwrap_key(ctx.ring, holder, kept.key_id, kept.wrapped)
    except Unreadable as error:
        log.error("request.failed", error=error, operation="unwrap-veil-key")
        detail = f"密级字段的密钥“{kept.key_id}”不在本系统的密钥中，内容没有丢失；请系统管理员装回该密钥后再办理"
        raise OrchestratorUnavailable(detail, engine="keys", retry_after=RETRY_AFTER_S) from None


def _build_place(holder: str, step: str, field: str) -> str:
    return f"{holder}/{step}/{field}"
