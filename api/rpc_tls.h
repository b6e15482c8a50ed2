/* Certificates for mutual TLS, reloaded when their files change.
 *
 * Both sides prove who they are. The server looks at the files (inode, size, time of change) with
 * each new connection and reads them again when one differs; connections that stand keep the
 * certificate they were made with until the server's connection age ends them. A set that does not
 * fit together (new certificate, old key) is refused by the core and the previous one stays in use.
 * Revocation is not done here: the caller's fingerprint is looked up in the ledger with each call.
 *
 * Thread: open and close from one; the core calls back from any, under a lock.
 * Memory: opaque. The files' contents are wiped after use. */
#ifndef API_RPC_TLS_H
#define API_RPC_TLS_H

#include "ledger/base/detail.h"
#include "ledger/base/status.h"

enum { TLS_FILE_BYTES_MAX = 1024 * 1024 };

struct rpc_tls;

/* PEM files. */
struct rpc_tls_files {
	const char *authority;   /* certificates of the authorities that the peer must chain to */
	const char *certificate; /* own chain, own certificate first */
	const char *key;         /* own private key; no access for others than owner and group */
};

/* Reads the files once to see that they are usable; copies the paths. STATUS_OK, or `*out` is
 * untouched and `detail` names the file:
 *   STATUS_IO        a file cannot be read
 *   STATUS_INVALID   a file is empty, larger than TLS_FILE_BYTES_MAX or holds no PEM block
 *   STATUS_DENIED    the key may be read by everybody, or written by the group
 *   STATUS_NO_MEMORY */
enum status rpc_tls_open(struct rpc_tls **out, struct detail *detail,
                         const struct rpc_tls_files *files) NODISCARD;

/* After the servers and clients that use it. Accepts NULL. */
void rpc_tls_close(struct rpc_tls *tls);

/* Number of times that a set of files was handed to the core; grows by one with each reload. Any
 * thread. */
unsigned rpc_tls_generation(struct rpc_tls *tls);

#endif
