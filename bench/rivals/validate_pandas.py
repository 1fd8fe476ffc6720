import glob
import sys

import pandas
from print_times import print_times

cache, rounds = sys.argv[1], int(sys.argv[2])
STEPS = {"1h": pandas.Timedelta(hours=1), "1m": pandas.Timedelta(minutes=1)}


def find_gaps():
    """The least that finds a gap: the time stamps alone, and the steps that are too long."""
    gaps = 0
    for pattern, timeframe in (("HOUR*", "1h"), ("MINUTE*", "1m")):
        for file in sorted(glob.glob(f"{cache}/{pattern}/{timeframe}/*.csv.gz")):
            times = pandas.read_csv(file, usecols=["timestamp"], parse_dates=["timestamp"])["timestamp"]
            gaps += int((times.diff() > STEPS[timeframe]).sum())
    if gaps:
        raise SystemExit(f"{gaps} gaps where there are none")


print_times(rounds, find_gaps, warmups=0)
