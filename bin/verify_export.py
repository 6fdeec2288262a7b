#!/usr/bin/env python3
"""Prove an export of the ledger (`manage.py verify_history --export FILE`) with nothing but Python.

    python3 bin/verify_export.py FILE [SEAL]

SEAL: what the export printed, kept elsewhere; without it, whoever wrote the whole file anew goes unnoticed.
docs/ledger.md says what the hashes are taken over.
"""

import hashlib
import json
import sys
from typing import Any


def digest(row: dict[str, Any]) -> str:
    text = json.dumps(row, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def prove(rows: list[dict[str, Any]], end: dict[str, Any], seal: str) -> list[str]:
    faults, total = [], hashlib.sha256()
    heads: dict[Any, tuple[int, str]] = {}
    verdicts: dict[Any, str] = {}
    bare, redacted = set(), set()
    for row in rows:
        total.update(row["hash"].encode())
        name = f"claim {row['claim']}, {row['kind']} no. {row['number']}"
        number, before = heads.get((row["claim"], row["kind"]), (0, ""))
        heads[row["claim"], row["kind"]] = row["number"], row["hash"]
        if row["number"] != number + 1 or row["previous_hash"] != before:
            faults.append(f"{name} does not follow no. {number}")
        if row["hash"] != digest({key: row[key] for key in row if key not in ("hash", "words")}):
            faults.append(f"{name} was changed")
        place = row["claim"], row["verdict"] if row["kind"] == "redaction" else row["number"]
        if row["kind"] == "redaction":
            redacted.add(place)
            if row["verdict_hash"] != verdicts.get(place):
                faults.append(f"{name} is of another verdict")
            continue
        verdicts[place] = row["hash"]
        if row["words"] is None:
            bare.add(place)
        elif row["words_hash"] != digest(row["words"]):
            faults.append(f"{name} has other words")
    for claim, number in sorted(bare ^ redacted):
        faults.append(f"claim {claim}, verdict no. {number}: erased words and redactions do not agree")
    found = {"verdicts": len(verdicts), "redactions": len(redacted), "seal": total.hexdigest()}
    if end != {"kind": "end", **found} or seal not in ("", found["seal"]):
        faults.append("rows are missing, or the seal is another")
    return faults


if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8") as file:
        *lines, last = [json.loads(line) for line in file] or [{}]
    problems = prove(lines, last, "".join(sys.argv[2:3]))
    print("\n".join(problems) or "Every row is as it was written.")
    sys.exit(bool(problems))
