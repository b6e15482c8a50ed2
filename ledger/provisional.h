/* Provisional receipts: a replica's signed word that it has made an event durable and will bring it
 * to the nodes that order events. It says "queued", not "registered": rules may still refuse it.
 *
 *   payload    ledger [16] || event id [32] || number u64 || queued at ms u64
 *   signature  Ed25519("civil-ledger/provisional-receipt/v1" LF || u32 length || payload)
 * by the node's key, whose vkey names it. The event id binds the header, and with it the request
 * id, the persons that the event creates, and by its commitment the content. The same event in the
 * same place of an outbox gets the same bytes.
 *
 * Thread: any. Memory: none. */
#ifndef LEDGER_PROVISIONAL_H
#define LEDGER_PROVISIONAL_H

#include "ledger/base/crypto.h"

struct provisional {
	struct id ledger;
	struct hash event_id;
	uint64_t number; /* in the outbox of the node, 1 first */
	int64_t queued_at_ms;
};

void provisional_sign(uint8_t signature[SIGNATURE_BYTES], const struct provisional *receipt,
                      const uint8_t secret_key[SECRET_KEY_BYTES]);

/* True when the key signed exactly this. False for any other length of signature. */
bool provisional_verify(const struct provisional *receipt, struct bytes signature,
                        const uint8_t public_key[PUBLIC_KEY_BYTES]);

#endif
