"""Fetches pages, and streams what is too large for memory into the vault (a 100 MB register must not need 300 MB).

Scrapy's handler keeps a whole answer in memory twice; a request with `stream` in its meta is written to disk instead,
and arrives as an empty answer with the path in `meta["file"]`.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import aiohttp
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import (
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
)
from scrapy.http import Response
from scrapy.utils.misc import load_object

from scrapers.settings import Manner

STREAM_SECONDS = 1800
_PLAIN = "scrapy.core.downloader.handlers._aiohttp.AiohttpDownloadHandler"


class Handler:
    """Download handler for http and https."""

    lazy = True

    def __init__(self, crawler: Crawler) -> None:
        self._manner: Manner = crawler.settings["SPOJNIK_MANNER"]
        self._plain = load_object(_PLAIN)(crawler)
        self._session: aiohttp.ClientSession | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Handler:
        """Scrapy's way to make one."""
        return cls(crawler)

    async def download_request(self, request: Request) -> Response:
        """The answer, under the address that was asked for even when a mirror gave it."""
        sent = request.replace(url=_address(request.url, self._manner.mirror)) if self._manner.mirror else request
        if request.meta.get("stream"):
            return await self._stream(request, sent.url)
        response: Response = await self._plain.download_request(sent)
        return response.replace(url=request.url)

    async def _stream(self, request: Request, address: str) -> Response:
        session = self._session = self._session or aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar())
        headers = {name.decode("latin-1"): values[-1].decode("latin-1") for name, values in request.headers.items()}
        headers["Accept-Encoding"] = "identity"
        limit = aiohttp.ClientTimeout(
            total=STREAM_SECONDS, sock_connect=self._manner.timeout, sock_read=self._manner.timeout
        )
        try:
            async with session.request(
                request.method, address, data=request.body, headers=headers, timeout=limit, allow_redirects=False
            ) as answer:
                if answer.status == 200:
                    path, digest = await _write(answer, self._manner)
                    request.meta.update(file=str(path), sha256=digest)
                fields: Any = dict(answer.headers)
                return Response(request.url, status=answer.status, headers=fields, request=request)
        except TimeoutError as error:
            raise DownloadTimeoutError(f"{request.url} took longer than {self._manner.timeout} s") from error
        except aiohttp.ClientConnectorError as error:
            raise DownloadConnectionRefusedError(str(error)) from error
        except aiohttp.ClientError as error:
            raise DownloadFailedError(str(error)) from error

    async def close(self) -> None:
        """Give back the connections."""
        if self._session is not None:
            await self._session.close()
        await self._plain.close()


def _address(url: str, mirror: str) -> str:
    """https://host/path?query → <mirror>/host/path?query."""
    parts = urlsplit(url)
    return f"{mirror}/{parts.netloc}{parts.path or '/'}" + (f"?{parts.query}" if parts.query else "")


async def _write(answer: aiohttp.ClientResponse, manner: Manner) -> tuple[Path, str]:
    """The bytes as they come, under the name of their hash; DownloadCancelledError above the cap."""
    folder = manner.cache / "raw"
    folder.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=folder, prefix=".part-")
    digest, size = hashlib.sha256(), 0
    try:
        with os.fdopen(handle, "wb") as out:
            async for chunk in answer.content.iter_chunked(1 << 16):
                size += len(chunk)
                if size > manner.stream_bytes:
                    raise DownloadCancelledError(f"over {manner.stream_bytes} bytes")
                digest.update(chunk)
                out.write(chunk)
        path = folder / digest.hexdigest()[:2] / digest.hexdigest()
        path.parent.mkdir(exist_ok=True)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return path, digest.hexdigest()
