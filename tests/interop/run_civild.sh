#!/bin/sh
# A real civild against clients that nobody here wrote: buf curl, which learns the services from
# reflection alone, and Python's grpcio. Needs build/check; what is missing is said aloud.
set -eu
cd "$(dirname "$0")/../.."

buf=${BUF:-build/tools/node_modules/.bin/buf}
if ! /usr/bin/python3 -c 'import grpc, google.protobuf, nacl' 2>/dev/null; then
	echo "SKIPPED: civild: apt-get install python3-grpcio python3-protobuf python3-nacl" >&2
	exit 0
fi
/usr/bin/python3 tests/interop/civild_client.py "$buf"
echo "ok: civild against grpcio and buf"
