/* From the results of the ledger to what gRPC clients see, and back.
 *
 *     status                code                  retried by clients
 *     OK                    OK
 *     INVALID               INVALID_ARGUMENT      no    + BadRequest for the field
 *     REFUSED               FAILED_PRECONDITION   no    + PreconditionFailure, all broken rules
 *     NOT_FOUND             NOT_FOUND             no
 *     EXISTS                ALREADY_EXISTS        no
 *     DENIED                PERMISSION_DENIED     no
 *     UNSUPPORTED           UNIMPLEMENTED         no
 *     OUT_OF_RANGE          OUT_OF_RANGE          no
 *     BUSY, DISK_FULL       RESOURCE_EXHAUSTED    by the caller, after RetryInfo
 *     UNAVAILABLE           UNAVAILABLE           automatically, after RetryInfo
 *     TIMEOUT               DEADLINE_EXCEEDED     same request id; the outcome is unknown
 *     CORRUPT, DIVERGED     DATA_LOSS             no
 *     IO, NO_MEMORY         INTERNAL              no
 *
 * Every error carries google.rpc.Status in the trailer "grpc-status-details-bin" (AIP-193) with
 * ErrorInfo (domain "civil-ledger") first and LocalizedMessage (km-KH) last. It is kept below
 * STATUS_DETAILS_BYTES_MAX, because it shares the 8 KiB that clients accept as metadata: violations
 * that do not fit are left out and counted in ErrorInfo.metadata["violations_omitted"].
 *
 * Thread: pure functions. Memory: packed into the caller's arena. */
#ifndef API_STATUS_MAP_H
#define API_STATUS_MAP_H

#include "ledger/base/arena.h"
#include "ledger/base/bytes.h"
#include "ledger/base/detail.h"
#include "ledger/base/status.h"

#include <stdint.h>

enum {
	STATUS_DETAILS_BYTES_MAX = 4096,
	STATUS_MESSAGE_BYTES_MAX = 600, /* the plain message; stands alone without the details */
	FAILURE_FACTS_MAX = 16,
};

#define STATUS_DOMAIN "civil-ledger"

/* gRPC status codes, by the numbers of the protocol. */
enum status_code {
	CODE_OK = 0,
	CODE_CANCELLED = 1,
	CODE_UNKNOWN = 2,
	CODE_INVALID_ARGUMENT = 3,
	CODE_DEADLINE_EXCEEDED = 4,
	CODE_NOT_FOUND = 5,
	CODE_ALREADY_EXISTS = 6,
	CODE_PERMISSION_DENIED = 7,
	CODE_RESOURCE_EXHAUSTED = 8,
	CODE_FAILED_PRECONDITION = 9,
	CODE_ABORTED = 10,
	CODE_OUT_OF_RANGE = 11,
	CODE_UNIMPLEMENTED = 12,
	CODE_INTERNAL = 13,
	CODE_UNAVAILABLE = 14,
	CODE_DATA_LOSS = 15,
	CODE_UNAUTHENTICATED = 16,
};

/* One broken rule, or whatever else must be repaired. Borrows its strings; none is NULL. */
struct violation {
	const char *type;        /* reason of the rule, such as "MARRIAGE_AGE" */
	const char *subject;     /* role or field path, such as "spouse1" */
	const char *description; /* one sentence */
};

/* One dynamic value of the message; goes to ErrorInfo.metadata. */
struct fact {
	const char *name;
	const char *value;
};

/* Everything that an error can tell. Zero-initialise, set what is known. Borrows all. */
struct failure {
	enum status status;
	const char *reason;          /* ErrorInfo.reason; NULL: the status's name */
	const struct detail *detail; /* text = the message, path = the field; NULL: a sentence */
	const struct violation *violations; /* REFUSED: every broken rule. INVALID: fields */
	size_t violations_count;
	struct fact facts[FAILURE_FACTS_MAX];
	size_t facts_count;
	uint32_t retry_after_ms; /* 0: a default for BUSY, UNAVAILABLE and DISK_FULL, else none */
	const char *message_km;  /* for people; NULL: a sentence for the status */
};

enum status_code status_map_code(enum status status);

/* The status that a client's caller decides on. Total: unknown codes become STATUS_IO. */
enum status status_map_status(enum status_code code);

/* "FAILED_PRECONDITION" and so on; "UNKNOWN" for numbers outside. */
const char *status_map_code_name(enum status_code code);

/* Writes the plain message: detail, then the first violations. Cut at a character boundary. */
void status_map_message(char out[STATUS_MESSAGE_BYTES_MAX], const struct failure *failure);

/* Packs google.rpc.Status. STATUS_NO_MEMORY when the arena is full. */
enum status status_map_pack(struct bytes *out, struct arena *arena,
                            const struct failure *failure) NODISCARD;

/* Reads what status_map_pack, or another server, wrote. Strings live in the arena. `failure` is
 * complete but for `detail`, which the caller gives and which is filled with message and first
 * field. STATUS_INVALID when the bytes do not parse: `failure` is untouched. */
enum status status_map_unpack(struct failure *failure, struct detail *detail, struct arena *arena,
                              struct bytes packed) NODISCARD;

#endif
