#include "ledger/log/note_key.h"

#include "ledger/base/base64.h"
#include "ledger/base/crypto.h"

enum { KEY_ID_DIGITS = 2 * NOTE_KEY_ID_BYTES, ENCODED_MAX = 4096 };

bool note_name_is_valid(struct bytes name)
{
	for (size_t i = 0; i < name.size; i++) {
		if (name.data[i] <= ' ' || name.data[i] > '~' || name.data[i] == '+') {
			return false;
		}
	}
	return name.size > 0 && name.size <= NOTE_NAME_MAX;
}

/* `encoded` is the type byte and the public key. */
static void note_key_id(uint8_t out[NOTE_KEY_ID_BYTES], struct bytes name, struct bytes encoded)
{
	struct crypto_sha256_state state;

	crypto_sha256_begin(&state);
	crypto_sha256_update(&state, name);
	crypto_sha256_update(&state, bytes_of("\n", 1));
	crypto_sha256_update(&state, encoded);

	struct hash hash = crypto_sha256_end(&state);
	memcpy(out, hash.bytes, NOTE_KEY_ID_BYTES);
}

static void note_key_encode(uint8_t encoded[1 + PUBLIC_KEY_BYTES], const struct note_key *key)
{
	encoded[0] = (uint8_t)key->type;
	memcpy(encoded + 1, key->public_key, PUBLIC_KEY_BYTES);
}

enum status note_key_init(struct note_key *key, const char *name, enum note_key_type type,
                          const uint8_t public_key[PUBLIC_KEY_BYTES])
{
	uint8_t encoded[1 + PUBLIC_KEY_BYTES];
	struct bytes name_bytes = bytes_of_string(name);

	if (!note_name_is_valid(name_bytes)) {
		return STATUS_INVALID;
	}
	key->type = type;
	memcpy(key->public_key, public_key, PUBLIC_KEY_BYTES);
	memcpy(key->name, name, name_bytes.size + 1);
	note_key_encode(encoded, key);
	note_key_id(key->id, name_bytes, bytes_of(encoded, sizeof(encoded)));
	return STATUS_OK;
}

/* Cuts `rest` at the first `separator`: what is before it into `head`, what is behind stays. */
static bool cut(struct bytes *head, struct bytes *rest, char separator)
{
	const uint8_t *at = rest->size == 0 ? NULL : memchr(rest->data, separator, rest->size);

	if (at == NULL) {
		return false;
	}
	size_t size = (size_t)(at - rest->data);

	*head = bytes_of(rest->data, size);
	*rest = bytes_of(at + 1, rest->size - size - 1);
	return true;
}

static bool key_id_read(uint8_t id[NOTE_KEY_ID_BYTES], struct bytes digits)
{
	char hex[KEY_ID_DIGITS + 1] = { 0 };

	if (digits.size != KEY_ID_DIGITS) {
		return false;
	}
	memcpy(hex, digits.data, KEY_ID_DIGITS);
	return bytes_from_hex(id, NOTE_KEY_ID_BYTES, hex);
}

enum status note_key_parse(struct note_key *key, struct bytes vkey)
{
	uint8_t encoded[ENCODED_MAX];
	uint8_t id_said[NOTE_KEY_ID_BYTES];
	uint8_t id[NOTE_KEY_ID_BYTES];
	struct bytes name;
	struct bytes digits;
	size_t size = 0;

	if (!cut(&name, &vkey, '+') || !cut(&digits, &vkey, '+') || !note_name_is_valid(name) ||
	    !key_id_read(id_said, digits) ||
	    !base64_decode(encoded, sizeof(encoded), &size, vkey) || size < 1) {
		return STATUS_INVALID;
	}
	note_key_id(id, name, bytes_of(encoded, size));
	if (memcmp(id, id_said, sizeof(id)) != 0) {
		return STATUS_INVALID;
	}
	if (encoded[0] != NOTE_KEY_ED25519 && encoded[0] != NOTE_KEY_COSIGNATURE) {
		return STATUS_UNSUPPORTED;
	}
	if (size != 1 + PUBLIC_KEY_BYTES) {
		return STATUS_INVALID;
	}
	key->type = (enum note_key_type)encoded[0];
	memcpy(key->id, id, sizeof(id));
	memcpy(key->public_key, encoded + 1, PUBLIC_KEY_BYTES);
	memcpy(key->name, name.data, name.size);
	key->name[name.size] = 0;
	return STATUS_OK;
}

void note_key_format(struct buf *out, const struct note_key *key)
{
	uint8_t encoded[1 + PUBLIC_KEY_BYTES];
	char digits[KEY_ID_DIGITS + 1];

	bytes_to_hex(digits, bytes_of(key->id, sizeof(key->id)));
	note_key_encode(encoded, key);
	buf_printf(out, "%s+%s+", key->name, digits);
	base64_encode(out, bytes_of(encoded, sizeof(encoded)));
}
