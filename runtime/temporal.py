"""Temporal: how our payloads travel (as Pydantic JSON, compressed, encrypted), how we connect, and how we know that it is away."""

import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from functools import cache
from itertools import zip_longest
from traceback import walk_tb
from typing import Any

from temporalio import workflow
from temporalio.api.common.v1 import Payload
from temporalio.api.failure.v1 import Failure
from temporalio.client import Client, GrpcCompression, KeepAliveConfig, RetryConfig, RPCTimeoutOrCancelledError
from temporalio.common import RawValue
from temporalio.contrib.pydantic import PydanticPayloadConverter
from temporalio.converter import (
    CompositePayloadConverter,
    DataConverter,
    DefaultFailureConverterWithEncodedAttributes,
    EncodingPayloadConverter,
    PayloadCodec,
    PayloadConverter,
)
from temporalio.exceptions import ApplicationError, TemporalError
from temporalio.runtime import LogForwardingConfig, LoggingConfig, Runtime, TelemetryConfig, TelemetryFilter
from temporalio.service import RPCError, RPCStatusCode, TLSConfig
from temporalio.worker import UnsandboxedWorkflowRunner, WorkflowRunner

from runtime import tracing
from runtime.encryption import CIPHER, KeyRing, Unreadable, load_key_ring
from runtime.logging import get_library_logger, note_engine_found, note_engine_lost
from runtime.settings import Settings

_ENCODING = f"binary/{CIPHER}".encode()
# Below it, compression costs more time than the bytes it saves are worth.
_WORTH_COMPRESSING = 1024
# Our JSON shrinks nearly as well at the quickest level.
_COMPRESSION_LEVEL = 1
# A payload larger than this was not ours: Temporal refuses messages above 4 MB. Guards against a small payload that swells without end.
_LARGEST_PAYLOAD = 64 * 1024 * 1024

# What a payload bears that is not ours, and why we do not read it. The codec must not raise: a codec that does fails a whole turn of the
# workflow, again and again, and whatever came with it waits for ever behind it. Where its value is asked for, that alone is refused.
_REFUSED, _WAS = "refused", "was"
_CLEAR = b"clear"
NOT_OURS = "应答不是本系统作出的"

_AWAY = frozenset(
    {
        RPCStatusCode.UNAVAILABLE,
        RPCStatusCode.DEADLINE_EXCEEDED,
        RPCStatusCode.RESOURCE_EXHAUSTED,
        RPCStatusCode.CANCELLED,
        # Worker after worker died over this workflow's last turns; it takes no update until one of them lives.
        RPCStatusCode.FAILED_PRECONDITION,
    }
)


_OURS = frozenset({RPCStatusCode.INVALID_ARGUMENT, RPCStatusCode.OUT_OF_RANGE, RPCStatusCode.UNIMPLEMENTED})


class Foreign(ApplicationError):
    """A payload that nobody encrypted: whoever sent it is none of ours. It fails the one update, signal, start or activity it came with."""

    def __init__(self) -> None:
        super().__init__(NOT_OURS, type="payload-not-ours", non_retryable=True)


def is_encrypted(payload: Payload) -> bool:
    """Whether one of ours encrypted it; the client's core adds payloads of its own to a history that never were."""
    return payload.metadata.get("encoding") == _ENCODING


def is_refused(payload: Payload) -> bool:
    """Whether the codec would not read it."""
    return _REFUSED in payload.metadata


class Encryption(PayloadCodec):
    """Encrypts each payload whole, its metadata included, compressing it first where that pays."""

    def __init__(self, ring: KeyRing, *, reads_clear: bool = False) -> None:
        """Encrypt and decrypt with that ring; `reads_clear` also reads what nobody encrypted, as histories that were recorded have it."""
        self._ring, self._reads_clear = ring, reads_clear

    async def encode(self, payloads: Sequence[Payload]) -> list[Payload]:
        """Encrypt the payloads under the ring's first key, whose id goes along in the open."""
        return [self._encrypt(payload) for payload in payloads]

    async def decode(self, payloads: Sequence[Payload]) -> list[Payload]:
        """Decrypt the payloads; one that is not ours, or that the ring does not open, bears a mark on which its conversion fails."""
        return [self._decrypt(payload) for payload in payloads]

    def _encrypt(self, payload: Payload) -> Payload:
        plain = payload.SerializeToString()
        metadata = {"encoding": _ENCODING, "key": self._ring.key_id.encode()}
        if len(plain) > _WORTH_COMPRESSING:
            plain = zlib.compress(plain, _COMPRESSION_LEVEL)
            metadata["compressed"] = b"zlib"
        return Payload(metadata=metadata, data=self._ring.encrypt(plain))

    def _decrypt(self, payload: Payload) -> Payload:
        if not is_encrypted(payload):
            return payload if self._reads_clear else _build_refused_payload(_CLEAR, payload)
        try:
            return self._open(payload)
        except Unreadable as error:
            return _build_refused_payload(str(error).encode())

    def _open(self, payload: Payload) -> Payload:
        try:
            key_id = payload.metadata["key"].decode()
        except UnicodeDecodeError:
            raise Unreadable("encrypted under a key without a name") from None
        plain = self._ring.decrypt(key_id, payload.data)
        if "compressed" in payload.metadata:
            plain = _inflate(plain)
        return Payload.FromString(plain)


def _build_refused_payload(why: bytes, payload: Payload | None = None) -> Payload:
    """What stands for a payload that is refused. Who reads it without looking for the mark, as a library does its header, reads nothing."""
    was = {_WAS: payload.SerializeToString()} if payload else {}
    return Payload(metadata={"encoding": b"json/plain", _REFUSED: why, **was}, data=b"{}")


def _inflate(data: bytes) -> bytes:
    inflater = zlib.decompressobj()
    try:
        plain = inflater.decompress(data, _LARGEST_PAYLOAD)
    except zlib.error:
        raise Unreadable("a payload says that it is compressed, and is not") from None
    if not inflater.eof:
        raise Unreadable(f"a payload is cut short, or larger than {_LARGEST_PAYLOAD} bytes")
    return plain


class _Converter(CompositePayloadConverter):
    """Pydantic's JSON. The SDK wants a new converter at every turn of a workflow: its parts, and the adapters they remember, are made once."""

    def __init__(self) -> None:
        super().__init__(*_build_converters())

    def from_payloads(self, payloads: Sequence[Payload], type_hints: list[type] | None = None) -> list[Any]:
        """The values; Foreign where one was not encrypted, Unreadable where one does not open."""
        ours = [payload if hint is RawValue else _mark_ours(payload) for payload, hint in zip_longest(payloads, type_hints or ())]
        return super().from_payloads(ours, type_hints)


def _mark_ours(payload: Payload) -> Payload:
    why = payload.metadata.get(_REFUSED)
    if not why:
        return payload
    if why != _CLEAR:
        raise Unreadable(why.decode())
    if not _is_history():
        raise Foreign()
    return Payload.FromString(payload.metadata[_WAS])


def _is_history() -> bool:
    """Whether an update is replayed: history holds only those that were accepted, and what was accepted before we refused stays so."""
    return workflow.in_workflow() and workflow.unsafe.is_replaying() and workflow.current_update_info() is not None


class _Failures(DefaultFailureConverterWithEncodedAttributes):
    """Failures whose words are encrypted. Of one whose words are not, and which anybody may have made up, only the kind is believed."""

    def from_failure(self, failure: Failure, payload_converter: PayloadConverter) -> BaseException:
        """The failure as an error of ours."""
        if failure.HasField("application_failure_info") and not _is_ours(failure):
            info = failure.application_failure_info
            return ApplicationError(NOT_OURS, type=info.type, non_retryable=info.non_retryable)
        return super().from_failure(failure, payload_converter)


def _is_ours(failure: Failure) -> bool:
    return failure.HasField("encoded_attributes") and not failure.encoded_attributes.metadata.get(_REFUSED)


@cache
def _build_converters() -> tuple[EncodingPayloadConverter, ...]:
    return tuple(PydanticPayloadConverter().converters.values())


def build_data_converter(ring: KeyRing, *, reads_clear: bool = False) -> DataConverter:
    """How values become payloads: Pydantic's JSON, and encryption of the payloads and of the messages and traces of failures.

    What is not encrypted under the ring is refused where it is read, unless it `reads_clear`, for histories that were recorded.
    """
    return DataConverter(
        payload_converter_class=_Converter,
        payload_codec=Encryption(ring, reads_clear=reads_clear),
        failure_converter_class=DefaultFailureConverterWithEncodedAttributes if reads_clear else _Failures,
    )


async def connect(settings: Settings, *, lazy: bool = False, patience: timedelta = timedelta(seconds=10)) -> Client:
    """A client of the configured server, which retries a call for `patience`; lazy connects at the first call, else RuntimeError if away.

    A worker needs a client that is not lazy; the API wants a lazy and impatient one, so that it starts and answers without the server.
    """
    return await Client.connect(
        settings.temporal_address,
        namespace=settings.temporal_namespace,
        tls=build_tls(settings),
        api_key=load_token(settings),
        data_converter=build_data_converter(load_key_ring(settings)),
        interceptors=tracing.list_interceptors(),
        retry_config=RetryConfig(max_elapsed_time_millis=int(patience.total_seconds() * 1000)),
        # A server that vanished without closing the connection is noticed within half a minute.
        keep_alive_config=KeepAliveConfig(interval_millis=15_000, timeout_millis=10_000),
        # What we send is encrypted, hence cannot be compressed any more.
        grpc_compression=GrpcCompression.NONE,
        lazy=lazy,
        runtime=get_core_runtime(),
    )


def build_tls(settings: Settings) -> TLSConfig | bool:
    """How we prove to Temporal who we are, and it to us; False: in clear. ValueError where the settings name half of it.

    A certificate without a key, or ours without that of who issued the server's, would be a door that is half shut.
    """
    ca, cert, key = settings.temporal_tls_ca, settings.temporal_tls_cert, settings.temporal_tls_key
    if not (ca or cert or key):
        return False
    if not (ca and cert and key):
        raise ValueError(
            "LOUKE_TEMPORAL_TLS_CA, LOUKE_TEMPORAL_TLS_CERT and LOUKE_TEMPORAL_TLS_KEY belong together: name all three"
        )
    return TLSConfig(
        server_root_ca_cert=ca.read_bytes(),
        client_cert=cert.read_bytes(),
        client_private_key=key.read_bytes(),
        domain=settings.temporal_tls_server_name or None,
    )


def load_token(settings: Settings) -> str | None:
    """What we show to Temporal's authorizer besides; ValueError where it would travel in clear."""
    given = settings.temporal_token.get_secret_value()
    if given and not build_tls(settings):
        raise ValueError("LOUKE_TEMPORAL_TOKEN is sent over TLS alone: name the certificates too")
    return given or None


@cache
def get_core_runtime() -> Runtime:
    """The SDK's own engine, whose words go where those of every library go.

    By itself it would write them on the terminal, raw between our lines, and nobody knows what they quote.
    """
    level = TelemetryFilter(core_level="WARN", other_level="ERROR")
    return Runtime(telemetry=TelemetryConfig(logging=LoggingConfig(level, LogForwardingConfig(get_library_logger("temporalio")))))


def make_workflow_runner() -> WorkflowRunner:
    """How our workflows run: without the SDK's sandbox.

    A sandbox that imports nothing anew only forbids to open files, and takes a third of a worker's time at each step. That workflow
    modules import nothing that touches the world is kept by the import contracts, that they are deterministic by replaying histories.
    """
    return UnsandboxedWorkflowRunner()


def unavailable(error: BaseException) -> bool:
    """Whether an error means that Temporal (or every worker) is away or overloaded, so that the same call may be tried again later.

    An update that timed out may still be carried out: only a repeat under the same key tells.
    """
    if isinstance(error, RPCError):
        return error.status in _AWAY
    return isinstance(error, RPCTimeoutOrCancelledError) or _never_connected(error)


def passing(error: BaseException) -> bool:
    """Whether what went wrong lies with Temporal, its workers or the way there, not with what it was asked: asked again, it may go well.

    A server that has just come back answers this and that before it is itself; only where it says that we ask for what cannot be is it ours.
    """
    if isinstance(error, RPCError):
        return error.status not in _OURS
    return isinstance(error, (TemporalError, Unreadable)) or unavailable(error)


def _never_connected(error: BaseException) -> bool:
    # The SDK has no class for a first connection that failed; it is the one RuntimeError that this module of the SDK lets out.
    frames = [frame for frame, _ in walk_tb(error.__traceback__)]
    return type(error) is RuntimeError and bool(frames) and frames[-1].f_globals["__name__"] == "temporalio.bridge.client"


@contextmanager
def note_reachability() -> Iterator[None]:
    """Note in the log and the metrics whether calls to Temporal in this block find it; errors pass through unchanged."""
    try:
        yield
    except Exception as error:
        if unavailable(error):
            note_engine_lost("temporal", error)
        else:
            note_engine_found("temporal")
        raise
    note_engine_found("temporal")
