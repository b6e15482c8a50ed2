/* Results of functions that can fail, in four classes (decide on the class, not on the value).
 *
 *   DONE     it happened.
 *   REFUSAL  the request is wrong; final, and equal on every node.
 *   RETRY    not now; the caller may come again, nothing happened.
 *   FATAL    we can no longer trust ourselves; stop, restart, replay.
 *
 * Trouble of ours is never turned into a refusal. Ignoring a status does not compile; a deliberate
 * discard is written `(void)` with a reason. Outputs are written on success only, and then always.
 */
#ifndef LEDGER_BASE_STATUS_H
#define LEDGER_BASE_STATUS_H

#include <stdbool.h>

#if defined(__GNUC__)
#define NODISCARD __attribute__((warn_unused_result))
#else
#define NODISCARD
#endif

enum status {
	STATUS_OK = 0,

	/* refusals */
	STATUS_INVALID,      /* malformed, not canonical, beyond a limit: bytes are wrong */
	STATUS_REFUSED,      /* well formed, but one or more rules of the register are broken */
	STATUS_NOT_FOUND,    /* no such thing, or not visible at the asked position */
	STATUS_EXISTS,       /* the request id was used before with other bytes */
	STATUS_DENIED,       /* the caller may not ask this */
	STATUS_UNSUPPORTED,  /* unknown method, format of another version */
	STATUS_OUT_OF_RANGE, /* index or size beyond what the ledger holds */

	/* retries */
	STATUS_BUSY,        /* a queue is full */
	STATUS_UNAVAILABLE, /* stopping, not ready, no quorum */
	STATUS_TIMEOUT,     /* the caller's deadline passed; the outcome may be unknown */
	STATUS_DISK_FULL,   /* below the disk reserve; reads go on */

	/* fatal */
	STATUS_IO,        /* the engine or the file system failed */
	STATUS_CORRUPT,   /* stored bytes are not what was written */
	STATUS_DIVERGED,  /* our history contradicts another history we must agree with */
	STATUS_NO_MEMORY, /* allocation failed or an arena's cap was reached on our own data */
};

enum status_class {
	STATUS_CLASS_DONE,
	STATUS_CLASS_REFUSAL,
	STATUS_CLASS_RETRY,
	STATUS_CLASS_FATAL,
};

/* Class of a status. Total: every value has one. */
enum status_class status_class(enum status status);

/* True for the class FATAL: the process must end. */
bool status_is_fatal(enum status status);

/* Stable upper-case name, such as "NOT_FOUND"; never NULL. For logs and tests. */
const char *status_name(enum status status);

#endif
