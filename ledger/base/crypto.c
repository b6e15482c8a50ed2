#include "ledger/base/crypto.h"

#include "ledger/base/assert.h"
#include "ledger/base/limits.h"

#include <sodium.h>

_Static_assert(sizeof(crypto_hash_sha256_state) <= sizeof(struct crypto_sha256_state),
               "the opaque state must hold libsodium's");
_Static_assert(crypto_sign_PUBLICKEYBYTES == PUBLIC_KEY_BYTES, "key size");
_Static_assert(crypto_sign_SECRETKEYBYTES == SECRET_KEY_BYTES, "key size");
_Static_assert(crypto_sign_BYTES == SIGNATURE_BYTES, "signature size");
_Static_assert(crypto_auth_hmacsha256_KEYBYTES == OPENING_BYTES, "opening size");
_Static_assert((int)CRYPTO_PAYLOAD_MAX >= (int)HEADER_BYTES_MAX, "every header can be signed");

static const char *const domains[CRYPTO_DOMAINS] = {
	[CRYPTO_DOMAIN_EVENT] = "civil-ledger/event/v1\n",
	[CRYPTO_DOMAIN_RECEIPT] = "civil-ledger/receipt/v1\n",
	[CRYPTO_DOMAIN_PROVISIONAL] = "civil-ledger/provisional-receipt/v1\n",
	[CRYPTO_DOMAIN_ACCESS] = "civil-ledger/access/v1\n",
	[CRYPTO_DOMAIN_ENROLMENT] = "civil-ledger/enrolment/v1\n",
	[CRYPTO_DOMAIN_MANIFEST] = "civil-ledger/manifest/v1\n",
};
enum { DOMAIN_BYTES_MAX = 40 };

enum status crypto_init(void)
{
	return sodium_init() < 0 ? STATUS_UNAVAILABLE : STATUS_OK;
}

struct hash crypto_sha256(struct bytes bytes)
{
	struct hash hash;

	(void)crypto_hash_sha256(hash.bytes, bytes.data, bytes.size); /* always 0 */
	return hash;
}

static crypto_hash_sha256_state *sodium_state(struct crypto_sha256_state *state)
{
	return (crypto_hash_sha256_state *)(void *)state->opaque;
}

void crypto_sha256_begin(struct crypto_sha256_state *state)
{
	(void)crypto_hash_sha256_init(sodium_state(state)); /* always 0 */
}

void crypto_sha256_update(struct crypto_sha256_state *state, struct bytes bytes)
{
	(void)crypto_hash_sha256_update(sodium_state(state), bytes.data, bytes.size);
}

struct hash crypto_sha256_end(struct crypto_sha256_state *state)
{
	struct hash hash;

	(void)crypto_hash_sha256_final(sodium_state(state), hash.bytes);
	return hash;
}

struct hash crypto_hmac(const uint8_t key[OPENING_BYTES], struct bytes message)
{
	struct hash hash;

	(void)crypto_auth_hmacsha256(hash.bytes, message.data, message.size, key); /* always 0 */
	return hash;
}

/* SHA-256 over a domain string and one or two parts. */
static struct hash hash_in_domain(const char *domain, struct bytes first, struct bytes second)
{
	struct crypto_sha256_state state;

	crypto_sha256_begin(&state);
	crypto_sha256_update(&state, bytes_of_string(domain));
	crypto_sha256_update(&state, first);
	crypto_sha256_update(&state, second);
	return crypto_sha256_end(&state);
}

struct hash crypto_event_id(struct bytes header)
{
	return hash_in_domain("civil-ledger/event-id/v1\n", header, bytes_of(NULL, 0));
}

struct hash crypto_key_id(const uint8_t public_key[PUBLIC_KEY_BYTES])
{
	static const uint8_t ed25519 = 1;

	return hash_in_domain("civil-ledger/key-id/v1\n", bytes_of(&ed25519, 1),
	                      bytes_of(public_key, PUBLIC_KEY_BYTES));
}

struct id crypto_created_id(const struct hash *event_id, uint32_t ordinal)
{
	uint8_t number[4];
	struct id id;

	bytes_write_u32(number, ordinal);
	struct hash hash =
	        hash_in_domain("", bytes_of_hash(event_id), bytes_of(number, sizeof(number)));
	memcpy(id.bytes, hash.bytes, sizeof(id.bytes));
	return id;
}

void crypto_keypair(uint8_t public_key[PUBLIC_KEY_BYTES], uint8_t secret_key[SECRET_KEY_BYTES],
                    const uint8_t seed[32])
{
	(void)crypto_sign_seed_keypair(public_key, secret_key, seed); /* always 0 */
}

/* Writes domain, length and payload; returns the size. */
static size_t signed_bytes(uint8_t *out, enum crypto_domain domain, struct bytes payload)
{
	const char *text = domains[domain];
	size_t length = strlen(text);

	ASSERT(length <= DOMAIN_BYTES_MAX);
	ASSERT(payload.size <= CRYPTO_PAYLOAD_MAX);
	memcpy(out, text, length);
	bytes_write_u32(out + length, (uint32_t)payload.size);
	if (payload.size > 0) {
		memcpy(out + length + 4, payload.data, payload.size);
	}
	return length + 4 + payload.size;
}

void crypto_sign_in(uint8_t signature[SIGNATURE_BYTES], enum crypto_domain domain,
                    struct bytes payload, const uint8_t secret_key[SECRET_KEY_BYTES])
{
	uint8_t message[DOMAIN_BYTES_MAX + 4 + CRYPTO_PAYLOAD_MAX];
	size_t size = signed_bytes(message, domain, payload);

	crypto_sign_plain(signature, bytes_of(message, size), secret_key);
}

bool crypto_verify_in(enum crypto_domain domain, struct bytes payload, struct bytes signature,
                      struct bytes public_key)
{
	uint8_t message[DOMAIN_BYTES_MAX + 4 + CRYPTO_PAYLOAD_MAX];

	if (payload.size > CRYPTO_PAYLOAD_MAX) {
		return false;
	}
	size_t size = signed_bytes(message, domain, payload);
	return crypto_verify_plain(bytes_of(message, size), signature, public_key);
}

void crypto_sign_plain(uint8_t signature[SIGNATURE_BYTES], struct bytes message,
                       const uint8_t secret_key[SECRET_KEY_BYTES])
{
	(void)crypto_sign_detached(signature, NULL, message.data, message.size, secret_key);
}

bool crypto_verify_plain(struct bytes message, struct bytes signature, struct bytes public_key)
{
	return signature.size == SIGNATURE_BYTES && public_key.size == PUBLIC_KEY_BYTES &&
	       crypto_sign_verify_detached(signature.data, message.data, message.size,
	                                   public_key.data) == 0;
}

bool crypto_key_is_valid(const uint8_t public_key[PUBLIC_KEY_BYTES])
{
	return crypto_core_ed25519_is_valid_point(public_key) == 1;
}

bool crypto_equal(struct bytes a, struct bytes b)
{
	return a.size == b.size && (a.size == 0 || sodium_memcmp(a.data, b.data, a.size) == 0);
}

void crypto_wipe(void *memory, size_t size)
{
	sodium_memzero(memory, size);
}

uint64_t crypto_short_hash(struct bytes bytes, const uint8_t key[CRYPTO_SHORT_KEY_BYTES])
{
	uint8_t hash[crypto_shorthash_siphash24_BYTES];

	_Static_assert(crypto_shorthash_siphash24_KEYBYTES == (int)CRYPTO_SHORT_KEY_BYTES,
	               "the key of crypto.h");
	(void)crypto_shorthash_siphash24(hash, bytes.data, bytes.size, key); /* cannot fail */
	return bytes_read_u64(hash);
}

void crypto_random(void *out, size_t size)
{
	randombytes_buf(out, size);
}

void crypto_seal(uint8_t *out, struct bytes message, struct bytes associated,
                 const uint8_t nonce[CRYPTO_SEAL_NONCE_BYTES],
                 const uint8_t key[CRYPTO_SEAL_KEY_BYTES])
{
	unsigned long long size = 0;

	(void)crypto_aead_xchacha20poly1305_ietf_encrypt(out, &size, message.data, message.size,
	                                                 associated.data, associated.size, NULL,
	                                                 nonce, key);
	ASSERT(size == message.size + CRYPTO_SEAL_TAG_BYTES);
}

bool crypto_open(uint8_t *out, struct bytes sealed, struct bytes associated,
                 const uint8_t nonce[CRYPTO_SEAL_NONCE_BYTES],
                 const uint8_t key[CRYPTO_SEAL_KEY_BYTES])
{
	return sealed.size >= CRYPTO_SEAL_TAG_BYTES &&
	       crypto_aead_xchacha20poly1305_ietf_decrypt(out, NULL, NULL, sealed.data, sealed.size,
	                                                  associated.data, associated.size, nonce,
	                                                  key) == 0;
}
