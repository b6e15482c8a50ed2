/* An event as it came in: admitted bytes and what they say.
 *
 * Admission is a function of the bytes alone. Event, header and content are canonical, each within
 * its length (ledger/event/canonical.h); 1 to 8 signatures by different keys; content fits its
 * commitment; and the header's fields:
 *
 *   version               1
 *   ledger, request id    16 bytes each
 *   case id               16 bytes; may be absent for an act without steps
 *   class, step           known and given
 *   office id             2 to 32 of a-z, 0-9, hyphen
 *   subjects              role given; a person id of 16 bytes, or none and an ordinal; ordinals are
 *                         1, 2, ... in order
 *   references            32 bytes each, each once
 *   signed_at, expires_at positive, in this order, not equal
 * What the content says is judged later by rules S07 and S08.
 *
 *   commitment = HMAC-SHA-256(opening, content)                      (RFC 2104)
 *   event id   = SHA-256("civil-ledger/event-id/v1\n" || header)
 *   signature  = Ed25519("civil-ledger/event/v1\n" || u32 length || header)   (RFC 8032)
 *
 * Thread: any; values may be read by many threads. Memory: everything that event_admit gives lives
 * in the arena; event_read borrows the bytes and signatures it is given. */
#ifndef LEDGER_EVENT_EVENT_H
#define LEDGER_EVENT_EVENT_H

#include "ledger/base/arena.h"
#include "ledger/base/bytes.h"
#include "ledger/base/detail.h"
#include "ledger/base/status.h"
#include "ledger/event/kind.h"

struct event {
	struct hash id;
	struct bytes header_bytes;
	struct bytes content_bytes;
	struct bytes opening;
	const Civil__V1__EventHeader *header;
	const Civil__V1__Content *content;
	Civil__V1__Signature *const *signatures;
	size_t signature_count;
	/* Row of the content and class; NULL for contents of steps, and when class and content do
	 * not fit (rule S07). */
	const struct kind *kind;
};

/* Admits the bytes of a SignedEvent. STATUS_OK; STATUS_INVALID with field path and reason in
 * `detail`; STATUS_NO_MEMORY when the heap is exhausted. An arena of EVENT_ARENA_BYTES_MAX holds
 * any honest event; a dishonest one that does not fit is STATUS_INVALID. */
enum status event_admit(struct event *out, struct bytes signed_event, struct arena *arena,
                        struct detail *detail) NODISCARD;

/* Reads an event back from a record that was admitted before. `content` may be empty (erased): then
 * out->content and out->kind are NULL. STATUS_OK; STATUS_CORRUPT when the bytes do not parse;
 * STATUS_NO_MEMORY when the arena's cap or the heap is exhausted. */
enum status event_read(struct event *out, struct bytes header, struct bytes content,
                       struct bytes opening, Civil__V1__Signature *const *signatures,
                       size_t signature_count, struct arena *arena) NODISCARD;

/* The same for a record whose event id is known: it is not computed again. */
enum status event_read_as(struct event *out, const struct hash *id, struct bytes header,
                          struct bytes content, struct bytes opening,
                          Civil__V1__Signature *const *signatures, size_t signature_count,
                          struct arena *arena) NODISCARD;

/* Checks every signature: the costly part (49 us each); no look-ups.
 * STATUS_OK; STATUS_INVALID naming the signature in `detail`. */
enum status event_verify(const struct event *event, struct detail *detail) NODISCARD;

/* Id of the person that subject number `subject` of the header names: the id in the header, or the
 * one that the event creates. */
struct id event_subject_id(const struct event *event, size_t subject);

/* Position of the nth subject (0 first) with this role, or -1. */
int event_subject_of_role(const Civil__V1__EventHeader *header, Civil__V1__SubjectRole role,
                          size_t nth);

#endif
