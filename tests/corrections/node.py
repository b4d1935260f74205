"""The form's scripts outside a browser: plain functions in, JSON out, one Node process for a whole table."""

import json
import subprocess
from typing import Any

from tests.machine import ROOT

STATIC = ROOT / "site" / "static"
_RUN = """
for (const name of ["correct-file.js", "correct-kinds.js"]) require(process.argv[1] + "/" + name);
const asked = JSON.parse(require("fs").readFileSync(0, "utf8"));
const answer = ([what, ...given]) => {
  try { return { value: what === "read" ? Popraw.read(...given) : Popraw[what](...given) }; }
  catch (error) { if (error instanceof Popraw.Wrong) return { wrong: error.message }; throw error; }
};
process.stdout.write(JSON.stringify(asked.map(answer)));
"""


def ask(questions: list[list[Any]]) -> list[dict[str, Any]]:
    """["read", text, rule, phone rules] or ["yaml" | "sha256" | "slugify" | "file", …] → {"value"} or {"wrong"}."""
    done = subprocess.run(
        ["node", "-e", _RUN, str(STATIC)], input=json.dumps(questions), capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
