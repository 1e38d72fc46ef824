"""Container images pinned by digest, so that what is pulled is what was reviewed (`python -m operations.image_digests pin FOLDER …`, `… check < rendered.yaml`).

A tag can be moved to another image; a digest cannot. Digests are fetched from the registries, and written where compose and Kustomize read
them, beside the descriptions kept here, which name tags.
"""

import json
import re
import sys
from pathlib import Path
from typing import Final, NamedTuple

import httpx
import typer

from runtime.embedded.pages import HOUSE

# Where an image lies whose name names no registry, and in which folder if it names none either.
_USUAL: Final = ("registry-1.docker.io", "library")
# A list of one image for each kind of machine, or an image.
_KINDS: Final = ", ".join(
    (
        "application/vnd.oci.image.index.v1+json",
        "application/vnd.docker.distribution.manifest.list.v2+json",
        "application/vnd.oci.image.manifest.v1+json",
        "application/vnd.docker.distribution.manifest.v2+json",
    )
)
_DIGEST: Final = re.compile(r"sha256:[0-9a-f]{64}")
_PATIENCE_S: Final = 20.0


class NoDigest(Exception):
    """A registry gave no digest for an image; the message says what came instead."""


class Image(NamedTuple):
    """An image by name and tag: `host/folder/name:tag`."""

    name: str
    tag: str

    @classmethod
    def parse(cls, reference: str) -> "Image":
        """Read `name:tag`."""
        name, _, tag = reference.rpartition(":")
        return cls(name, tag)

    @property
    def place(self) -> tuple[str, str]:
        """The registry, and the path of the image in it."""
        first, _, rest = self.name.partition("/")
        if rest and re.search(r"[.:]|^localhost$", first):
            return first, rest
        return _USUAL[0], self.name if rest else f"{_USUAL[1]}/{self.name}"


def of_others() -> dict[str, Image]:
    """The images of others, by the variables that `docker-compose.yml` takes them from."""
    images = re.findall(r"\$\{(LOUKE_IMAGE_\w+):-([^}]+)\}", (HOUSE / "docker-compose.yml").read_text("utf-8"))
    return {name: Image.parse(image) for name, image in images}


def fetch_digest(image: Image, client: httpx.Client, scheme: str = "https") -> str:
    """The digest that its registry now has for an image. Raises NoDigest."""
    host, path = image.place
    address = f"{scheme}://{host}/v2/{path}/manifests/{image.tag}"
    try:
        answer = client.head(address, headers={"accept": _KINDS})
        if answer.status_code == httpx.codes.UNAUTHORIZED:
            token = _fetch_token(client, answer.headers.get("www-authenticate", ""))
            answer = client.head(address, headers={"accept": _KINDS, "authorization": f"Bearer {token}"})
        answer.raise_for_status()
    except (httpx.HTTPError, KeyError, ValueError) as error:
        raise NoDigest(f"{image.name}:{image.tag}: {error or type(error).__name__}") from None
    digest = answer.headers.get("docker-content-digest", "")
    if not _DIGEST.fullmatch(digest):
        raise NoDigest(f"{image.name}:{image.tag}: {host} told no digest")
    return digest


def pin_digests(digests: dict[str, tuple[Image, str]], ours: tuple[Image, str] | None = None) -> dict[str, str]:
    """The files that name digests: variables for compose, and an overlay of Kustomize over `deploy/`; `ours` is our image in the bureau's registry."""
    lines = [f"{name}={image.name}:{image.tag}@{digest}\n" for name, (image, digest) in digests.items()]
    images = [{"name": image.name, "digest": digest} for image, digest in digests.values()]
    if ours:
        images.append({"name": "louke", "newName": ours[0].name, "digest": ours[1]})
    over = {
        "apiVersion": "kustomize.config.k8s.io/v1beta1",
        "kind": "Kustomization",
        "resources": ["../../deploy"],
        "images": images,
    }
    return {"images.env": "".join(lines), "kustomization.yaml": json.dumps(over, indent=2) + "\n"}  # JSON is YAML as well


def list_unpinned(rendered: str) -> list[str]:
    """The images in rendered descriptions without a digest; `louke` alone is what compose builds itself."""
    images = re.findall(r"""^[ -]*image: *["']?([^\s"'#]+)""", rendered, re.MULTILINE)
    return sorted({each for each in images if not re.search(f"@{_DIGEST.pattern}$", each) and each != "louke"})


def _fetch_token(client: httpx.Client, challenge: str) -> str:
    """The token that a registry requires of anonymous clients."""
    asked = dict(re.findall(r'(\w+)="([^"]*)"', challenge))
    realm = asked.pop("realm", "")
    answer = client.get(realm, params=asked).raise_for_status().json()
    return answer.get("token") or answer["access_token"]


def pin(folder: Path, ours: str = "") -> int:
    """Fetch all digests and write the files into that folder; where one is missing, nothing is written."""
    mine = Image.parse(ours) if ours else None
    try:
        with httpx.Client(timeout=_PATIENCE_S, follow_redirects=True) as client:
            digests = {name: (image, fetch_digest(image, client)) for name, image in of_others().items()}
            built = (mine, fetch_digest(mine, client)) if mine else None
    except NoDigest as why:
        typer.echo(f"Nothing was pinned, for a digest was not told. {why}", err=True)
        return 1
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in pin_digests(digests, built).items():
        (folder / name).write_text(text, encoding="utf-8")
        typer.echo(str(folder / name))
    return 0


def check(rendered: str) -> int:
    """Refuse rendered descriptions with an image that has no digest."""
    found = list_unpinned(rendered)
    for image in found:
        typer.echo(f"{image}: without a digest, so that what is pulled may be another one tomorrow", err=True)
    return 1 if found else 0


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["pin", folder, *ours]:
            sys.exit(pin(Path(folder), *ours))
        case ["check"]:
            sys.exit(check(sys.stdin.read()))
        case _:
            sys.exit("python -m operations.image_digests pin FOLDER [OUR-IMAGE:TAG] | check < what compose or kustomize renders")
