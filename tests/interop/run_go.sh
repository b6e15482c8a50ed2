#!/bin/sh
# Makes the vectors of the log's formats anew with Go's transparency log library and compares them
# with tests/vectors/log.txt, which the C tests read. So the C code agrees with code that nobody
# here wrote. Needs golang-go and golang-golang-x-mod-dev; says so loudly when they are missing.
set -eu
cd "$(dirname "$0")/../.."

gopath=/usr/share/gocode
vectors=tests/vectors/log.txt
build=${BUILD:-build/interop}

go=$(command -v go || find /usr/lib -path "*/go-*/bin/go" 2>/dev/null | tail -n 1 || true)
if [ -z "$go" ] || [ ! -d "$gopath/src/golang.org/x/mod/sumdb/tlog" ]; then
	echo "SKIPPED: log formats against Go, which is not installed:" >&2
	echo "         apt-get install golang-go golang-golang-x-mod-dev" >&2
	exit 0
fi
mkdir -p "$build"
build=$(cd "$build" && pwd)
GO111MODULE=off GOPATH=$gopath GOFLAGS="" GOCACHE=$build/go-cache \
	"$go" run tests/interop/go/log_vectors.go > "$build/log.txt"
if [ "${1:-}" = "--write" ]; then # only for a new format, never to make a test pass
	cp "$build/log.txt" "$vectors"
fi
cmp "$build/log.txt" "$vectors"
echo "ok: log formats agree with Go's library ($(grep -vc '^#' "$vectors") vectors)"
