"""The hostile officer: stories in which everybody who may act tries to keep a person held and the boards green."""
