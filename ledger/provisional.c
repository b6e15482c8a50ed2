#include "ledger/provisional.h"

enum { PAYLOAD_BYTES = ID_BYTES + HASH_BYTES + 8 + 8 };

static void write_payload(uint8_t out[PAYLOAD_BYTES], const struct provisional *receipt)
{
	memcpy(out, receipt->ledger.bytes, ID_BYTES);
	memcpy(out + ID_BYTES, receipt->event_id.bytes, HASH_BYTES);
	bytes_write_u64(out + ID_BYTES + HASH_BYTES, receipt->number);
	bytes_write_u64(out + ID_BYTES + HASH_BYTES + 8, (uint64_t)receipt->queued_at_ms);
}

void provisional_sign(uint8_t signature[SIGNATURE_BYTES], const struct provisional *receipt,
                      const uint8_t secret_key[SECRET_KEY_BYTES])
{
	uint8_t payload[PAYLOAD_BYTES];

	write_payload(payload, receipt);
	crypto_sign_in(signature, CRYPTO_DOMAIN_PROVISIONAL, bytes_of(payload, sizeof(payload)),
	               secret_key);
}

bool provisional_verify(const struct provisional *receipt, struct bytes signature,
                        const uint8_t public_key[PUBLIC_KEY_BYTES])
{
	uint8_t payload[PAYLOAD_BYTES];

	write_payload(payload, receipt);
	return crypto_verify_in(CRYPTO_DOMAIN_PROVISIONAL, bytes_of(payload, sizeof(payload)),
	                        signature, bytes_of(public_key, PUBLIC_KEY_BYTES));
}
