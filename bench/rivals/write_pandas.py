import sys

import pandas
from print_times import print_times

file, target, rounds = sys.argv[1], sys.argv[2], int(sys.argv[3])
year = pandas.read_csv(file)
print_times(
    rounds,
    lambda: year.to_csv(target, index=False, compression={"method": "gzip", "compresslevel": 4}),
    warmups=0,
)
