"""Imports files one after another into a fresh encrypted database; prints seconds of each and the peak of memory as JSON."""

from __future__ import annotations

import json
import sys
import time
from datetime import date
from pathlib import Path


def main(database: str, *files: str) -> None:
    from mtss_desktop.app import opening
    from mtss_desktop.domain.files import Mode
    from mtss_desktop.usecases import import_plans, imports

    first = opening.FirstFacts(division="Bench")
    workspace = opening.create(Path(database), passphrase="correct horse battery staple", first=first).workspace
    warm = Path(database).with_suffix(".warm.csv")  # the libraries' own start does not count
    warm.write_text("StudentID,AssessmentName,TestDate,Score\n1,Math,2024-09-03,5\n")
    workspace.ask(imports.plan, prepared=import_plans.prepare(str(warm), today=date(2026, 2, 12)), mode=Mode.PSEUDONYMS)
    seconds = []
    import_id = ""
    for file in files:
        begun = time.perf_counter()
        prepared = import_plans.prepare(file, today=date(2026, 2, 12))
        read = time.perf_counter()
        plan = workspace.ask(imports.plan, prepared=prepared, mode=Mode.PSEUDONYMS)
        planned = time.perf_counter()
        done = workspace.do(imports.apply, plan).value
        seconds.append(
            {"read": read - begun, "plan": planned - read, "all": time.perf_counter() - begun, "new": done.new}
        )
        import_id = done.import_id
        del prepared, plan
    begun = time.perf_counter()
    workspace.do(imports.take_back, import_id)
    back = time.perf_counter() - begun
    workspace.close()
    print(json.dumps({"files": seconds, "back": back, "peak_mib": _peak()}))


def _peak() -> float:
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main(*sys.argv[1:])
