"""python -m ekscc_moto: deploys the trees that standard input lists.

Input is a JSON list of {"tree": directory, "clusters": {environment: the
spec's cluster}}. Output is one line of JSON for each stack: its template's
path, and either how many resources it has, or rule, message and line of what
was refused.
"""

import json
import sys

from .server import serving


def main() -> None:
    jobs = json.load(sys.stdin)
    with serving():
        from .deploy import Tree

        for job in jobs:
            for verdict in Tree(job["tree"], job.get("clusters") or {}).deploy():
                print(json.dumps(verdict), flush=True)


if __name__ == "__main__":
    main()
