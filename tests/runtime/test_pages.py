"""The pages are built when their sources changed, and only then."""

from pathlib import Path

import pytest

from runtime.embedded import pages
from runtime.embedded.process import CannotStart


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Sources that npm builds in a blink, without installing anything."""
    sources, built = tmp_path / "web", tmp_path / "pages"
    (sources / "node_modules").mkdir(parents=True)
    build = "node -e \\\"fs.mkdirSync('../pages',{recursive:true});fs.appendFileSync('../pages/builds','x')\\\""
    (sources / "package.json").write_text(f'{{"name": "small", "version": "1.0.0", "scripts": {{"build": "{build}"}}}}')
    (sources / "package-lock.json").write_text('{"name": "small", "version": "1.0.0", "lockfileVersion": 3, "packages": {}}')
    (sources / "page.ts").write_text("export const page = 1;")
    monkeypatch.setattr(pages, "SOURCES", sources)
    monkeypatch.setattr(pages, "BUILT", built)
    return tmp_path


def test_what_was_built_is_not_built_again_until_a_source_changes(house: Path) -> None:
    assert pages.stale()
    pages.build()
    assert (house / "pages/builds").read_text() == "x"
    assert not pages.stale()
    (house / "web/node_modules/installed.js").write_text("no source")
    assert not pages.stale()
    (house / "web/page.ts").write_text("export const page = 2;")
    assert pages.stale()


def test_a_build_that_fails_says_what_failed_and_is_tried_again(house: Path, capfd: pytest.CaptureFixture[str]) -> None:
    manifest = house / "web/package.json"
    manifest.write_text('{"name": "small", "version": "1.0.0", "scripts": {"build": "echo no such page >&2; exit 1"}}')
    with pytest.raises(CannotStart, match="npm run build failed"):
        pages.build()
    assert "no such page" in capfd.readouterr().err
    assert pages.stale()


def test_an_installation_without_sources_carries_its_pages(house: Path) -> None:
    (house / "web/package.json").unlink()
    assert not pages.stale()
    with pytest.raises(CannotStart, match="carries the built files"):
        pages.build()
