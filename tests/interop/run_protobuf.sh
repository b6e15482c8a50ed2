#!/bin/sh
# Our canonical form against Google's protobuf for Python. Needs build/check.
set -eu
cd "$(dirname "$0")/../.."

if ! /usr/bin/python3 -c 'import google.protobuf' 2>/dev/null ||
	! command -v protoc >/dev/null; then
	echo "SKIPPED: canonical form: apt-get install python3-protobuf protobuf-compiler" >&2
	exit 0
fi
exec /usr/bin/python3 tests/interop/protobuf_forms.py "${BUILD:-build/check}/tests/interop/admit"
