"""A `gh` of our own on the PATH: it keeps issues, comments and pull requests in a JSON file and asks nobody."""

import json
import os
import stat
import sys
from pathlib import Path
from typing import Any

_PROGRAM = '''#!{python}
import json, re, sys
from pathlib import Path
state_file = Path({state!r})
state = json.loads(state_file.read_text())
words = sys.argv[1:]
state["calls"].append(words)
def answer(value):
    state_file.write_text(json.dumps(state))
    print(json.dumps(value) if value is not None else "")
    sys.exit(0)
if words[:2] == ["auth", "git-credential"]:
    answer(None)
if words[0] == "release":
    state["releases"].append({{"tag_name": words[2]}}) if words[1] == "create" else None
    if words[1] == "create":
        state["assets"][words[2]] = Path(words[3]).read_bytes().hex()
    else:
        name = words[2].removeprefix("wydanie-") + ".zip"
        (Path(words[words.index("--dir") + 1]) / name).write_bytes(bytes.fromhex(state["assets"][words[2]]))
    answer(None)
assert words[:2] == ["api", "--method"], words
method, address = words[2], words[3]
body = json.loads(sys.stdin.read()) if "--input" in words else None
address, _, query = address.partition("?")
if not address.startswith("repos/example/swiat/"):
    print("gh: Not Found (HTTP 404)", file=sys.stderr)
    sys.exit(1)
path = address.removeprefix("repos/example/swiat/")
robot = {{"login": "github-actions[bot]"}}
if m := re.fullmatch(r"issues/(\\d+)/comments", path):
    found = [c for c in state["comments"] if c["issue"] == int(m[1])]
    if method == "GET":
        answer(found)
    state["comments"].append({{"id": len(state["comments"]) + 1, "issue": int(m[1]), "user": robot, **body}})
    answer(state["comments"][-1])
if m := re.fullmatch(r"issues/comments/(\\d+)", path):
    state["comments"][int(m[1]) - 1].update(body)
    answer(state["comments"][int(m[1]) - 1])
if path in ("issues", "pulls"):
    if method == "GET":
        found = state[path]
        if head := re.search(r"head=([^&]+)", query):
            found = [p for p in found if p["state"] == "open" and p["label"] == head[1]]
        answer(found)
    number = 100 + len(state["issues"]) + len(state["pulls"])
    page = f"https://github.com/example/swiat/pull/{{number}}"
    new = {{"number": number, "state": "open", "user": robot, "html_url": page, **body}}
    if path == "pulls":
        new["label"] = "example:" + body["head"]
    state[path].append(new)
    answer(new)
if m := re.fullmatch(r"(issues|pulls)/(\\d+)", path):
    found = next(i for i in state[m[1]] if i["number"] == int(m[2]))
    found.update(body)
    answer(found)
if path == "releases":
    answer(state["releases"])
if path == "actions/workflows":
    answer({{"workflows": state["workflows"]}})
if m := re.fullmatch(r"actions/workflows/(\\d+)/enable", path):
    answer(None)
print("gh: Not Found (HTTP 404)", file=sys.stderr)
sys.exit(1)
'''


class GitHub:
    """The state behind the pretended `gh`, to set up before and to look at afterwards."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True)
        self.file = folder / "state.json"
        empty: dict[str, Any] = {name: [] for name in ("issues", "comments", "pulls", "releases", "workflows", "calls")}
        self.write({**empty, "assets": {}})
        program = folder / "gh"
        program.write_text(_PROGRAM.format(python=sys.executable, state=str(self.file)))
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
        self.environment = {
            "PATH": f"{folder}{os.pathsep}{os.environ['PATH']}",
            "GITHUB_REPOSITORY": "example/swiat",
            "GITHUB_REF_NAME": "main",
        }

    def read(self) -> dict[str, Any]:
        return json.loads(self.file.read_text())

    def write(self, state: dict[str, Any]) -> None:
        self.file.write_text(json.dumps(state))
