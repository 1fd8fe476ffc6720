import sys

import pandas
from print_times import print_times

# Timestamps stay text, which spares pandas the parsing, and the level is the one Almanac writes with.
file, target, rounds = sys.argv[1], sys.argv[2], int(sys.argv[3])
first = pandas.read_csv(file)
june = first[first["timestamp"].str.startswith("2023-06")]


def replace():
    year = pandas.read_csv(file)
    before = year[year["timestamp"] < "2023-06-01"]
    after = year[year["timestamp"] >= "2023-07-01"]
    both = pandas.concat([before, june, after])
    both.to_csv(target, index=False, compression={"method": "gzip", "compresslevel": 4})


print_times(rounds, replace, warmups=0)
