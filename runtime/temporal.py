"""Temporal: how our payloads travel (as Pydantic JSON, compressed, encrypted), how we connect, and how we know that it is away."""

import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from functools import cache
from traceback import walk_tb

from temporalio.api.common.v1 import Payload
from temporalio.client import Client, GrpcCompression, KeepAliveConfig, RetryConfig, RPCTimeoutOrCancelledError
from temporalio.contrib.pydantic import PydanticPayloadConverter
from temporalio.converter import (
    CompositePayloadConverter,
    DataConverter,
    DefaultFailureConverterWithEncodedAttributes,
    EncodingPayloadConverter,
    PayloadCodec,
)
from temporalio.exceptions import TemporalError
from temporalio.runtime import LogForwardingConfig, LoggingConfig, Runtime, TelemetryConfig, TelemetryFilter
from temporalio.service import RPCError, RPCStatusCode
from temporalio.worker import UnsandboxedWorkflowRunner, WorkflowRunner

from runtime import tracing
from runtime.encryption import CIPHER, KeyRing, Unreadable, key_ring
from runtime.logging import engine_found, engine_lost, words_of
from runtime.settings import Settings

_ENCODING = f"binary/{CIPHER}".encode()
# Below it, compression costs more time than the bytes it saves are worth.
_WORTH_COMPRESSING = 1024
# Our JSON shrinks nearly as well at the quickest level.
_COMPRESSION_LEVEL = 1
# A payload larger than this was not ours: Temporal refuses messages above 4 MB. Guards against a small payload that swells without end.
_LARGEST_PAYLOAD = 64 * 1024 * 1024

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


class Encryption(PayloadCodec):
    """Encrypts each payload whole, its metadata included, compressing it first where that pays."""

    def __init__(self, ring: KeyRing) -> None:
        """Encrypt and decrypt with that ring."""
        self._ring = ring

    async def encode(self, payloads: Sequence[Payload]) -> list[Payload]:
        """Encrypt the payloads under the ring's first key, whose id goes along in the open."""
        return [self._encrypted(payload) for payload in payloads]

    async def decode(self, payloads: Sequence[Payload]) -> list[Payload]:
        """Decrypt the payloads, leaving those that are not ours as they are; Unreadable when the ring does not open one of ours."""
        return [self._decrypted(payload) for payload in payloads]

    def _encrypted(self, payload: Payload) -> Payload:
        plain = payload.SerializeToString()
        metadata = {"encoding": _ENCODING, "key": self._ring.key_id.encode()}
        if len(plain) > _WORTH_COMPRESSING:
            plain = zlib.compress(plain, _COMPRESSION_LEVEL)
            metadata["compressed"] = b"zlib"
        return Payload(metadata=metadata, data=self._ring.encrypt(plain))

    def _decrypted(self, payload: Payload) -> Payload:
        if payload.metadata.get("encoding") != _ENCODING:
            return payload
        plain = self._ring.decrypt(payload.metadata["key"].decode(), payload.data)
        if "compressed" in payload.metadata:
            plain = _inflated(plain)
        return Payload.FromString(plain)


def _inflated(data: bytes) -> bytes:
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
        super().__init__(*_parts())


@cache
def _parts() -> tuple[EncodingPayloadConverter, ...]:
    return tuple(PydanticPayloadConverter().converters.values())


def data_converter(ring: KeyRing) -> DataConverter:
    """How values become payloads: Pydantic's JSON, and encryption of the payloads and of the messages and traces of failures."""
    return DataConverter(
        payload_converter_class=_Converter,
        payload_codec=Encryption(ring),
        failure_converter_class=DefaultFailureConverterWithEncodedAttributes,
    )


async def connect(settings: Settings, *, lazy: bool = False, patience: timedelta = timedelta(seconds=10)) -> Client:
    """A client of the configured server, which retries a call for `patience`; lazy connects at the first call, else RuntimeError if away.

    A worker needs a client that is not lazy; the API wants a lazy and impatient one, so that it starts and answers without the server.
    """
    return await Client.connect(
        settings.temporal_address,
        namespace=settings.temporal_namespace,
        data_converter=data_converter(key_ring(settings)),
        interceptors=tracing.interceptors(),
        retry_config=RetryConfig(max_elapsed_time_millis=int(patience.total_seconds() * 1000)),
        # A server that vanished without closing the connection is noticed within half a minute.
        keep_alive_config=KeepAliveConfig(interval_millis=15_000, timeout_millis=10_000),
        # What we send is encrypted, hence cannot be compressed any more.
        grpc_compression=GrpcCompression.NONE,
        lazy=lazy,
        runtime=core(),
    )


@cache
def core() -> Runtime:
    """The SDK's own engine, whose words go where those of every library go.

    By itself it would write them on the terminal, raw between our lines, and nobody knows what they quote.
    """
    level = TelemetryFilter(core_level="WARN", other_level="ERROR")
    return Runtime(telemetry=TelemetryConfig(logging=LoggingConfig(level, LogForwardingConfig(words_of("temporalio")))))


def workflow_runner() -> WorkflowRunner:
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
    return isinstance(error, TemporalError) or unavailable(error)


def _never_connected(error: BaseException) -> bool:
    # The SDK has no class for a first connection that failed; it is the one RuntimeError that this module of the SDK lets out.
    frames = [frame for frame, _ in walk_tb(error.__traceback__)]
    return type(error) is RuntimeError and bool(frames) and frames[-1].f_globals["__name__"] == "temporalio.bridge.client"


@contextmanager
def reaching() -> Iterator[None]:
    """Note in the log and the metrics whether calls to Temporal in this block find it; errors pass through unchanged."""
    try:
        yield
    except Exception as error:
        if unavailable(error):
            engine_lost("temporal", error)
        else:
            engine_found("temporal")
        raise
    engine_found("temporal")
