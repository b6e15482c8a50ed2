#!/bin/sh
# Our gRPC server against clients that nobody here wrote: Python's grpcio, buf curl through
# reflection, and OpenSSL at the TLS port. Needs build/check; what is missing is said aloud.
set -eu
cd "$(dirname "$0")/../.."

server=${BUILD:-build/check}/tests/interop/echo_server
buf=${BUF:-build/tools/node_modules/.bin/buf}
folder=$(mktemp -d "${TMPDIR:-/tmp}/civil-grpc.XXXXXX")
trap 'rm -rf "$folder"' EXIT

if ! /usr/bin/python3 -c 'import grpc, google.protobuf' 2>/dev/null; then
	echo "SKIPPED: gRPC clients: apt-get install python3-grpcio python3-protobuf" >&2
	exit 0
fi

# Upstream's package is called grpc, as the Python library is: the copy moves aside.
mkdir -p "$folder/proto" "$folder/python"
cp -r proto/google "$folder/proto"
cp -r proto/grpc "$folder/proto/grpc_copy"
(cd "$folder/proto" && protoc -I. --python_out=../python \
	google/rpc/*.proto grpc_copy/health/v1/*.proto grpc_copy/reflection/v1/*.proto)

# An authority, and a certificate that serves as the server's and the client's.
certificate() { # NAME CA? ARGUMENTS OF openssl x509...
	name=$1
	printf 'subjectAltName=IP:127.0.0.1\nbasicConstraints=CA:%s\n' "$2" >"$folder/$name.ext"
	shift 2
	openssl ecparam -name prime256v1 -genkey -noout -out "$folder/$name.key"
	openssl req -new -key "$folder/$name.key" -subj "/CN=$name" -out "$folder/$name.csr"
	openssl x509 -req -in "$folder/$name.csr" -days 2 -extfile "$folder/$name.ext" \
		-out "$folder/$name.pem" "$@" 2>/dev/null
	chmod 600 "$folder/$name.key"
}
certificate ca TRUE -signkey "$folder/ca.key"
certificate node FALSE -CA "$folder/ca.pem" -CAkey "$folder/ca.key" -CAcreateserial

/usr/bin/python3 tests/interop/grpc_run.py "$server" "$buf" "$folder"
echo "ok: gRPC against grpcio, buf and OpenSSL"
