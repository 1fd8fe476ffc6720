import sys

import polars
from print_times import print_times

file, rounds = sys.argv[1], int(sys.argv[2])
print_times(rounds, lambda: polars.read_csv(file, try_parse_dates=True))
