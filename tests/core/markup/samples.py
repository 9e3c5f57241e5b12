"""Real markup, where a copy of the samples lies in a folder `shared` beside or above the checkout."""

import json
from pathlib import Path
from typing import Any

FOLDERS = [parent / "shared" / "claimreview" for parent in Path(__file__).resolve().parents]
FOLDER = next((folder for folder in FOLDERS if folder.is_dir()), None)


def samples() -> dict[str, Any]:
    """The JSON samples by the number in their name; none where there is no copy."""
    found = sorted(FOLDER.glob("*.json")) if FOLDER else []
    return {path.name[:2]: json.loads(path.read_text("utf-8")) for path in found}
