"""Maintainers only: fetch again what `static/vendor/vendor.json` lists, byte for byte.

    python tools/vendor.py            fetch every file anew and refuse a byte that differs
    python tools/vendor.py --accept   after changing a `source` by hand: write the new hashes into the list

A `source` reads `npm:<package>@<version>/<path in the package>`. npm is needed here and nowhere else.
Entries with `"made_by": "tools/fonts.py"` are made from their source by that script, not copied.
"""

import base64
import functools
import hashlib
import io
import json
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import Any

STATIC = Path(__file__).resolve().parent.parent / "static"
LIST = STATIC / "vendor" / "vendor.json"

Entry = dict[str, Any]


def main(arguments: list[str]) -> int:
    accept = "--accept" in arguments
    entries = read_list()
    for entry in entries:
        if "made_by" in entry:
            continue
        place(entry, fetch(entry["source"], entry, accept), accept)
        if "licence_source" in entry:
            licence = fetch(entry["licence_source"], entry, accept)
            (STATIC / entry["licence_file"]).write_bytes(licence)
    write_list(entries)
    return 0


def read_list() -> list[Entry]:
    entries: list[Entry] = json.loads(LIST.read_text("utf-8"))
    return entries


def write_list(entries: list[Entry]) -> None:
    text = json.dumps(entries, ensure_ascii=False, indent=2) + "\n"
    LIST.write_text(text, "utf-8", newline="\n")


def fetch(source: str, entry: Entry, accept: bool) -> bytes:
    """The bytes of one file of an npm package; the package's own SHA-512 must be the listed one."""
    package, path = split_source(source)
    tarball = pack(package)
    integrity = "sha512-" + base64.b64encode(hashlib.sha512(tarball).digest()).decode()
    if accept:
        entry["integrity"] = integrity
    elif entry["integrity"] != integrity:
        raise SystemExit(f"{package}: the package is not the one that was listed ({integrity})")
    with tarfile.open(fileobj=io.BytesIO(tarball)) as archive:
        member = archive.extractfile(f"package/{path}")
        if member is None:
            raise SystemExit(f"{package} has no file {path}")
        return member.read()


def place(entry: Entry, content: bytes, accept: bool) -> None:
    """Write one listed file, unless its hash is not the listed one."""
    found = hashlib.sha256(content).hexdigest()
    if accept:
        entry["sha256"] = found
    elif entry["sha256"] != found:
        raise SystemExit(f"{entry['file']}: SHA-256 is {found}, listed is {entry['sha256']}")
    (STATIC / entry["file"]).write_bytes(content)
    print(f"{entry['file']}  {len(content)} bytes")


def split_source(source: str) -> tuple[str, str]:
    """`npm:@scope/name@1.0/dir/file` -> (`@scope/name@1.0`, `dir/file`)"""
    name, _, rest = source.removeprefix("npm:").rpartition("@")
    version, _, path = rest.partition("/")
    return f"{name}@{version}", path


@functools.cache
def pack(package: str) -> bytes:
    with tempfile.TemporaryDirectory(prefix="thidua-vendor-") as folder:
        command = ["npm", "pack", "--silent", "--pack-destination", folder, package]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        return next(Path(folder).glob("*.tgz")).read_bytes()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
