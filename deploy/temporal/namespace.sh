#!/bin/sh
# Make the namespace that Louke lives in, once the frontend answers; what is there is let alone. TEMPORAL_ADDRESS, TEMPORAL_TLS_… and
# TEMPORAL_API_KEY, an operator's token, say how it is reached.
set -eu
name=${TEMPORAL_NAMESPACE:-default}
tries=0
until temporal operator cluster health >/dev/null 2>&1; do
    tries=$((tries + 1))
    [ "$tries" -lt 120 ] || { temporal operator cluster health; exit 1; }
    sleep 1
done
if ! temporal operator namespace describe --namespace "$name" >/dev/null 2>&1; then
    # A closed run's history is evidence: kept for ten years, and exported besides.
    temporal operator namespace create --namespace "$name" --retention 87600h
fi
# Every frontend knows it by now.
until temporal workflow count --namespace "$name" >/dev/null 2>&1; do
    tries=$((tries + 1))
    [ "$tries" -lt 120 ] || { temporal workflow count --namespace "$name"; exit 1; }
    sleep 1
done
