"""What `louke found` says is to be done next fits whom it has founded."""

import pytest
from typer.testing import CliRunner

import cli
from operations import founding


@pytest.mark.parametrize(
    ("office", "next_", "done"), [("administrator", "设立首名督察", "louke vouch"), ("supervisor", "即时生效", "设立首名督察")]
)
def test_whoever_is_founded_is_told_what_comes_after_them_and_not_what_is_done(
    monkeypatch: pytest.MonkeyPatch, office: str, next_: str, done: str
) -> None:
    monkeypatch.setattr(founding, "found_bureau", lambda *_, **__: founding.Founded("青岚县公安局", "kept-elsewhere"))
    told = CliRunner().invoke(cli.app, ["found", "zhou.an", "--named", "周安", "--unit", "qinglan", "--office", office]).output
    assert next_ in told
    assert done not in told
