import sys

import pandas
from print_times import print_times

# Level 9 is pandas' own default, 4 is what Almanac writes with.
file, target, rounds, level = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
year = pandas.read_csv(file)
print_times(
    rounds,
    lambda: year.to_csv(target, index=False, compression={"method": "gzip", "compresslevel": level}),
    warmups=0,
)
