import sys

import pandas
from print_times import print_times

file, rounds = sys.argv[1], int(sys.argv[2])
print_times(rounds, lambda: pandas.read_csv(file, parse_dates=["timestamp"]))
