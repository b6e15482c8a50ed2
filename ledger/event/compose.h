/* The signer's side: makes a SignedEvent from a header, a content and keys.
 *
 * Used by the officers' tool, the population and the tests. Deterministic: ids, opening and times
 * are inputs. The result is canonical, but may still break rules: nothing is judged here.
 *
 * Thread: any. Memory: the event is written to the caller's buf; working memory is the arena's. */
#ifndef LEDGER_EVENT_COMPOSE_H
#define LEDGER_EVENT_COMPOSE_H

#include "ledger/base/arena.h"
#include "ledger/base/buf.h"
#include "ledger/base/bytes.h"
#include "ledger/base/status.h"

#include "civil/v1/content.pb-c.h"
#include "civil/v1/event.pb-c.h"

/* An event is accepted for this long after signing unless its header says otherwise: an office may
 * work for weeks without network. */
#define COMPOSE_EXPIRY_MS (INT64_C(60) * 24 * 60 * 60 * 1000)

struct compose_key {
	uint8_t public_key[PUBLIC_KEY_BYTES];
	uint8_t secret_key[SECRET_KEY_BYTES];
};

/* Everything that goes into an event. Borrowed for the call. */
struct composition {
	/* Class, step, office, ids, subjects and signed_at_ms as the signer gives them. Filled in
	 * when 0 or empty: version, expires_at_ms, references (all that the content names). Always
	 * overwritten: content_commitment. */
	const Civil__V1__EventHeader *header;
	const Civil__V1__Content *content;
	uint8_t opening[OPENING_BYTES]; /* random, fresh for every event */
	const struct compose_key *keys; /* different keys; each adds a signature, in this order */
	size_t key_count;
};

/* Writes the bytes of the SignedEvent to `out` (replacing what it holds) and its event id.
 * STATUS_OK; STATUS_INVALID when header, content or event are longer than their limits, or more
 * keys than SIGNATURES_MAX; STATUS_NO_MEMORY. */
enum status compose_event(struct buf *out, struct hash *event_id,
                          const struct composition *composition, struct arena *arena) NODISCARD;

/* Adds the signature of one more officer. STATUS_OK; STATUS_INVALID when the event is not
 * canonical, has SIGNATURES_MAX signatures, or one by this key; STATUS_NO_MEMORY. */
enum status compose_add_signature(struct buf *out, struct bytes signed_event,
                                  const struct compose_key *key, struct arena *arena) NODISCARD;

/* The key pair of a 32 byte seed. */
void compose_key_of_seed(struct compose_key *out, const uint8_t seed[32]);

#endif
