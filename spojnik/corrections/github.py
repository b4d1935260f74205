"""The few things that workflows ask of GitHub, through its own `gh` program: it knows tokens, hosts and retries.

Everything here runs only in privileged workflows; tests put a `gh` of their own on the PATH.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

ROBOT = "github-actions[bot]"
_HELPER = ("-c", "credential.helper=", "-c", "credential.helper=!gh auth git-credential")
_ROBOT = ("-c", f"user.name={ROBOT}", "-c", f"user.email=41898282+{ROBOT}@users.noreply.github.com")


class Unavailable(Exception):
    """GitHub or git refused; the text is what it said."""


def api(method: str, address: str, body: Mapping[str, Any] | None = None) -> Any:
    """One call of the REST API; `address` starts after the host. Raises Unavailable."""
    command = ["gh", "api", "--method", method, address]
    if body is not None:
        command += ["--input", "-"]
    done = subprocess.run(command, input=json.dumps(body) if body is not None else "", capture_output=True, text=True)
    if done.returncode:
        raise Unavailable(done.stderr.strip() or f"gh api {address}: {done.returncode}")
    return json.loads(done.stdout) if done.stdout.strip() else None


def repository() -> str:
    """`owner/name` of the repository that the workflow runs in."""
    return os.environ["GITHUB_REPOSITORY"]


def sticky(number: int, marker: str, text: str) -> None:
    """One comment of the robot under an issue or a pull request: written once, rewritten afterwards.

    Only the robot's own comments are looked at: anybody may write the marker.
    """
    base = f"repos/{repository()}"
    comments = api("GET", f"{base}/issues/{number}/comments?per_page=100") or []
    whole = f"<!-- spojnik:{marker} -->\n{text}"
    for comment in comments:
        if comment["user"]["login"] == ROBOT and str(comment["body"]).startswith(f"<!-- spojnik:{marker} -->"):
            if comment["body"] != whole:
                api("PATCH", f"{base}/issues/comments/{comment['id']}", {"body": whole})
            return
    api("POST", f"{base}/issues/{number}/comments", {"body": whole})


def git(*words: str, folder: Path = Path(), said: str = "") -> str:
    """One git command in a folder, `said` on its input; what it printed. Raises Unavailable."""
    done = subprocess.run(["git", *words], cwd=folder, input=said, capture_output=True, text=True)
    if done.returncode:
        raise Unavailable(done.stderr.strip() or done.stdout.strip())
    return done.stdout


def push(branch: str, folder: Path) -> None:
    """Send HEAD to a branch of origin with gh's credentials for this one command (none are kept on the disk)."""
    git(*_HELPER, "push", "--quiet", "origin", f"HEAD:refs/heads/{branch}", folder=folder)


def push_over(branch: str, folder: Path) -> None:
    """The same for a branch that is the robot's own: what was there before is replaced."""
    git(*_HELPER, "push", "--quiet", "--force", "origin", f"HEAD:refs/heads/{branch}", folder=folder)


def commit(message: str, paths: tuple[str, ...], folder: Path) -> bool:
    """Commit what changed under `paths` as the robot; False when nothing did."""
    git("add", "--all", "--", *paths, folder=folder)
    if not git("diff", "--cached", "--name-only", "--", *paths, folder=folder).strip():
        return False
    git(*_ROBOT, "commit", "--quiet", "--file", "-", folder=folder, said=message)
    return True
