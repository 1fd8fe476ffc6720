import sys

import pandas
from print_times import print_times

# Timestamps stay text, which spares pandas the parsing. Level 9 is pandas' own default, 4 is what Almanac writes with.
file, target, rounds, level = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
day = pandas.read_csv(file).tail(1440)


def append():
    year = pandas.read_csv(file)
    both = pandas.concat([year.iloc[:-1440], day])
    both.to_csv(target, index=False, compression={"method": "gzip", "compresslevel": level})


print_times(rounds, append, warmups=0)
