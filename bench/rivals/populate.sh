#!/bin/sh
# The same bytes through the plain tools, and nothing else: no download, no parsing, no check of a bar.
# Usage: populate.sh FOLDER-OF-ZIPS TARGET LEVEL
set -e
sha256sum "$1"/*.zip >/dev/null
for zip in "$1"/*.zip; do unzip -p "$zip"; done | gzip "-$3" >"$2"
