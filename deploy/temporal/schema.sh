#!/bin/sh
# Bring Temporal's two databases, which are there and belong to its role, to the shape that the server of this release wants. Before every
# new release of the server; what is as it must be is let alone. SQL_HOST, SQL_PORT, SQL_USER and SQL_PASSWORD say where they are, and
# SQL_TLS_CA_FILE who may have issued their certificate; TEMPORAL_DB_IN_CLEAR=1, that something else encrypts the line.
set -eu
export SQL_PLUGIN=postgres12_pgx
if [ -z "${TEMPORAL_DB_IN_CLEAR:-}" ]; then
    : "${SQL_TLS_CA_FILE:?name who may have issued the certificate of PostgreSQL, or say TEMPORAL_DB_IN_CLEAR=1}"
    export SQL_TLS=true SQL_TLS_CA_FILE
fi
lay() {
    SQL_DATABASE=$1 temporal-sql-tool setup-schema -v 0.0
    SQL_DATABASE=$1 temporal-sql-tool update-schema --schema-name "postgresql/v12/$2"
}
lay temporal temporal
lay temporal_visibility visibility
