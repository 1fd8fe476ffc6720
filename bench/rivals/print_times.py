import json
import sys
import time


def print_times(rounds, run, warmups=1):
    """Milliseconds of each run as JSON, for the process that started this one."""
    times = []
    for turn in range(-warmups, rounds):
        start = time.perf_counter()
        run()
        if turn >= 0:
            times.append((time.perf_counter() - start) * 1000)
    json.dump({"times": times}, sys.stdout)
