"""Addresses of PostgreSQL and Temporal: from the settings, else those that `louke up` keeps in the data directory."""

from pathlib import Path

from runtime.settings import Settings


def fill_engine_settings(settings: Settings) -> Settings:
    """The settings with the addresses of both engines filled in where they are known; unknown ones stay empty."""
    home = settings.data_dir
    password, port, temporal_port = (_read_kept(home / name) for name in ("postgres/password", "postgres/port", "temporal/port"))
    return settings.model_copy(
        update={
            "database_url": settings.database_url
            or (f"postgresql://louke:{password}@127.0.0.1:{port}/louke" if password and port else ""),
            "temporal_address": settings.temporal_address or (f"127.0.0.1:{temporal_port}" if temporal_port else ""),
        }
    )


def _read_kept(file: Path) -> str:
    try:
        return file.read_text().strip()
    except OSError:
        return ""
