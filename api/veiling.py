"""Veiling (密级字段): what a form keeps secret is encrypted here, before Temporal, the journal or anybody else sees it."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from api.context import AppContext
from models.forms.form import Form, get_forms
from models.forms.unveil import BASIS
from models.forms.veil import build_token, is_veiled, list_veiled_fields, mask_values, parse_token
from models.instants import AS_STORED
from models.journal import hash_body
from models.messages import Submission
from models.problems import LawForbids
from models.search_terms import NARRATING
from models.store.veil_keys import OF_THE_BUREAU, WrappedKey, keep_key
from runtime.field_encryption import hash_keyed, make_code, make_wrapped_key, open_field, seal_field, unwrap_key


async def hash_form(ctx: AppContext, where: str, form: Form, values: Mapping[str, Any]) -> str:
    """What tells one submission under a key from another; of a form that keeps something secret nobody can try what it said."""
    hashed = hash_body(where, values)
    return await hash_secret(ctx, hashed) if form.list_veiled() else hashed


async def hash_secret(ctx: AppContext, hashed: str) -> str:
    """A hash that only whoever has the bureau's key can compute again."""
    return hash_keyed(await _load_key(ctx, OF_THE_BUREAU), hashed)


async def is_same_body(ctx: AppContext, kept: str, hashed: str) -> bool:
    """Whether what was kept under a key was handed in with this body; what came before its fields were veiled has a plain hash."""
    return kept == hashed or await hash_secret(ctx, kept) == hashed


async def veil_submission(ctx: AppContext, number: str, submission: Submission) -> Submission:
    """The submission with what its form keeps secret encrypted for that matter, also where its other words repeat it."""
    form_type = get_forms().get(submission.step)
    if form_type is None or not list_veiled_fields(form_type):
        return submission
    fields = form_type.model_validate(submission.form, context=AS_STORED).list_veiled()
    return submission.model_copy(update={"form": await veil_values(ctx, number, submission.step, submission.form, fields)})


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
    told = {name: mask_values(said, clear.values()) for name in NARRATING if isinstance(said := values.get(name), str)}
    return {**values, **told, **tokens}


async def unveil_value(ctx: AppContext, holder: str, step: str, field: str, token: str) -> str:
    """What stands in a veiled field of that step; LawForbids where the key was destroyed."""
    _, sealed = parse_token(token)
    return open_field(await _load_key(ctx, holder), sealed, _build_place(holder, step, field))


async def unveil_values(ctx: AppContext, holder: str, step: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """What was filled in, as it was typed."""
    return {name: await unveil_value(ctx, holder, step, name, said) if is_veiled(said) else said for name, said in values.items()}


async def _load_key(ctx: AppContext, holder: str) -> bytes:
    made = WrappedKey(holder, ctx.ring.key_id, make_wrapped_key(ctx.ring, holder))
    async with ctx.pool.connection() as connection:
        kept = await keep_key(connection, made, datetime.now(UTC))
    if kept.wrapped is None:
        raise LawForbids("身份信息已经依保存期限销毁，任何人都不能再查看", basis=str(BASIS))
    return unwrap_key(ctx.ring, holder, kept.key_id, kept.wrapped)


def _build_place(holder: str, step: str, field: str) -> str:
    return f"{holder}/{step}/{field}"
