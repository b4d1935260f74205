"""`site/site.yml`: who publishes which city's site where. Nothing is invented: what is null is said to be missing."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, ValidationError

from spojnik.finding import Level, Stopped
from spojnik.store import finding_of, load_yaml


class Site(BaseModel):
    """The facts of one site. base_url ends with "/"; repository is "owner/name" on GitHub."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    city: str
    region: str = ""
    tagline: str = ""
    base_url: str | None = None
    repository: str | None = None
    branch: str = "main"
    contact: str | None = None
    operator: str | None = None
    locales: tuple[str, ...] = ("pl",)

    @property
    def base_path(self) -> str:
        """The path part of base_url, "/" when it is not known: what absolute links on the 404 page start with."""
        return urlsplit(self.base_url or "").path or "/"

    @property
    def root_url(self) -> str:
        """An absolute prefix for identifiers. Without base_url: a name that cannot resolve (RFC 6761 "invalid")."""
        return self.base_url or "https://spojnik.invalid/"


def load_site(path: Path, base_url: str | None = None) -> Site:
    """Read site.yml; `base_url` replaces the file's own. Raises Stopped with findings."""
    located = load_yaml(path)
    if located.findings:
        raise Stopped(tuple(finding._replace(level=Level.STOP) for finding in located.findings))
    try:
        site = Site.model_validate(located.data)
    except ValidationError as errors:
        raise Stopped(tuple(finding_of(error, located, "", "", Level.STOP) for error in errors.errors())) from None
    address = base_url or site.base_url
    return site.model_copy(update={"base_url": address.rstrip("/") + "/" if address else None})
