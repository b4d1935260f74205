"""How we behave towards other people's servers: said here once, and out of a spider's reach.

Scrapy's own defaults are impolite (no pause, robots.txt ignored, 1 GB answers, certificates unchecked, a remote
console), so each of them is set. They are given at a priority above that of a spider's `custom_settings`.
"""

from __future__ import annotations

import ipaddress
import re
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from scrapy.settings import Settings

from scrapers.clock import REAL, Clock

PAUSE_SECONDS = 1.0
TIMEOUT_SECONDS = 60.0
PAGE_BYTES = 20_000_000
STREAM_BYTES = 400_000_000
LOOPBACK = ("127.0.0.1", "::1", "localhost")
_ABOVE_SPIDERS = "cmdline"


class Manner(NamedTuple):
    """What a run may choose: where things are kept, who asks, which clock; never how polite to be.

    mirror: base address of a server on this machine that stands in for every source (tests, benchmarks).
    redis: address of a shared queue, empty for this machine alone. job: folder that makes a crawl resumable.
    """

    cache: Path
    agent: str = "Spojnik"
    mirror: str = ""
    clock: Clock = REAL
    timeout: float = TIMEOUT_SECONDS
    stream_bytes: int = STREAM_BYTES
    redis: str = ""
    job: Path | None = None


def agent(name: str, repository: str | None, contact: str | None) -> str:
    """The User-Agent: who asks and where to complain; what is unknown is left out, never invented."""
    plain = re.sub(
        r"[^\x20-\x7e]|[()<>]", "", name.translate(str.maketrans("ąćęłńóśźżĄĆĘŁŃÓŚŹŻ", "acelnoszzACELNOSZZ"))
    )
    reach = "; ".join(part for part in (f"+{repository}" if repository else "", contact or "") if part)
    return f"{plain or 'Spojnik'} ({reach})" if reach else plain or "Spojnik"


def is_loopback(address: str) -> bool:
    """Whether an address is on this machine: the only place where no pause is due."""
    host = urlsplit(address).hostname or ""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _pauses(mirror: str, pause: float) -> dict[str, Any]:
    """A second or more between two requests to one host, one at a time; no pause towards this machine."""
    if mirror and not is_loopback(mirror):
        raise ValueError("a mirror is a server on this machine: no other may take the place of a source")
    here: dict[str, Any] = {"concurrency": 4, "delay": 0, "jitter": 0}
    return {
        "DOWNLOAD_DELAY": 0 if mirror else max(PAUSE_SECONDS, pause),
        "DOWNLOAD_DELAY_JITTER": 0,
        "CONCURRENT_REQUESTS_PER_DOMAIN": 4 if mirror else 1,
        "CONCURRENT_REQUESTS": 4,
        "DOWNLOAD_SLOTS": dict.fromkeys(LOOPBACK, here),
    }


def build(manner: Manner, pause: float = PAUSE_SECONDS) -> Settings:
    """All Scrapy settings of one run; `pause` is what a spider's source asks for, in seconds."""
    settings = Settings()
    settings.setdict(
        {
            **_pauses(manner.mirror, pause),
            "BOT_NAME": "spojnik",
            "USER_AGENT": manner.agent,
            "ROBOTSTXT_OBEY": True,
            "ROBOTSTXT_USER_AGENT": None,
            "COOKIES_ENABLED": False,
            "DOWNLOAD_TIMEOUT": manner.timeout,
            "DOWNLOAD_MAXSIZE": PAGE_BYTES,
            "DOWNLOAD_WARNSIZE": 0,
            "DOWNLOAD_FAIL_ON_DATALOSS": True,
            "DOWNLOAD_VERIFY_CERTIFICATES": True,
            "RETRY_TIMES": 3,
            "REDIRECT_MAX_TIMES": 5,
            "METAREFRESH_ENABLED": False,
            "DEPTH_LIMIT": 0,
            "URLLENGTH_LIMIT": 4000,
            "TWISTED_REACTOR_ENABLED": False,
            "TELNETCONSOLE_ENABLED": False,
            "REMOTE_CONTROL_ENABLED": False,
            "MEMUSAGE_ENABLED": False,
            "LOG_ENABLED": False,
            "STATS_DUMP": False,
            "LOGSTATS_INTERVAL": 0,
            "FEED_EXPORT_ENCODING": "utf-8",
            "DEFAULT_REQUEST_HEADERS": {"Accept": "*/*", "Accept-Language": "pl,en;q=0.5"},
            "DOWNLOAD_HANDLERS": {
                "http": "scrapers.download.Handler",
                "https": "scrapers.download.Handler",
                "file": None,
                "ftp": None,
                "s3": None,
                "data": None,
            },
            "DOWNLOADER_MIDDLEWARES": {
                "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
                "scrapers.middlewares.Fences": 40,
                "scrapers.middlewares.Robots": 540,
                "scrapers.middlewares.Vault": 560,
                "scrapers.middlewares.Patience": 550,
            },
            "SPIDER_MIDDLEWARES": {"scrapers.stamp.Stamp": 40},
            "ITEM_PIPELINES": {"scrapers.pipeline.Clean": 100},
            "EXTENSIONS": {"scrapy.extensions.corestats.CoreStats": 0},
            "JOBDIR": str(manner.job) if manner.job and not manner.redis else None,
            "SPOJNIK_MANNER": manner,
            **(_shared(manner.redis) if manner.redis else {}),
        },
        priority=_ABOVE_SPIDERS,
    )
    return settings


def _shared(address: str) -> dict[str, Any]:
    """One queue and one memory of seen requests for all workers (extra `cluster`)."""
    return {
        "SCHEDULER": "scrapy_redis.scheduler.Scheduler",
        "DUPEFILTER_CLASS": "scrapy_redis.dupefilter.RFPDupeFilter",
        "SCHEDULER_PERSIST": True,
        "SCHEDULER_IDLE_BEFORE_CLOSE": 3,
        "REDIS_URL": address,
    }
