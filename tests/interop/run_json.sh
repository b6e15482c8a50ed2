#!/bin/sh
# The JSON mapping against Python's json_format. Needs build/check; what is missing is said aloud.
set -eu
cd "$(dirname "$0")/../.."

folder=$(mktemp -d "${TMPDIR:-/tmp}/civil-json.XXXXXX")
trap 'rm -rf "$folder"' EXIT

if ! /usr/bin/python3 -c 'import google.protobuf' 2>/dev/null; then
	echo "SKIPPED: JSON mapping: apt-get install python3-protobuf" >&2
	exit 0
fi

(cd proto && protoc -I. --python_out="$folder" civil/v1/*.proto)
rounds=30
[ "${EFFORT:-short}" = short ] || rounds=2000
/usr/bin/python3 tests/interop/json_check.py "${BUILD:-build/check}/tests/interop/json_convert" \
	"$folder" "$rounds"
echo "ok: JSON against json_format, $rounds messages of each type"
