#include "node/seal.h"

#include "ledger/format.h"
#include "node/durable_file.h"

#include <stdio.h>
#include <sys/stat.h>

enum { FILE_BYTES = 2 * CRYPTO_SEAL_KEY_BYTES + 1 };

static void name_key(struct seal_key *key)
{
	struct hash hash = crypto_sha256(bytes_of(key->key, sizeof(key->key)));

	memcpy(key->name, hash.bytes, sizeof(key->name));
}

enum status seal_key_create(const char *path, struct detail *detail)
{
	uint8_t key[CRYPTO_SEAL_KEY_BYTES];
	char text[FILE_BYTES + 1];
	struct stat present;

	if (stat(path, &present) == 0) {
		detail_set(detail, path, "there is a file already; it is not overwritten");
		return STATUS_EXISTS;
	}
	crypto_random(key, sizeof(key));
	bytes_to_hex(text, bytes_of(key, sizeof(key)));
	text[FILE_BYTES - 1] = '\n';
	enum status status = durable_file_write(path, bytes_of(text, FILE_BYTES), detail);
	crypto_wipe(key, sizeof(key));
	crypto_wipe(text, sizeof(text));
	return status;
}

static enum status read_key(struct seal_key *key, const char *path, struct buf *text,
                            struct detail *detail)
{
	char hex[2 * CRYPTO_SEAL_KEY_BYTES + 1];
	enum status status = durable_file_read(path, text, detail);

	if (status == STATUS_NOT_FOUND) {
		detail_set(detail, path, "no such file; civilctl cluster key makes one");
	}
	if (status != STATUS_OK && status != STATUS_NO_MEMORY) {
		return status;
	}
	bool good = status == STATUS_OK && text->size == FILE_BYTES &&
	            text->data[FILE_BYTES - 1] == '\n';
	if (good) {
		memcpy(hex, text->data, sizeof(hex) - 1);
		hex[sizeof(hex) - 1] = '\0';
		good = bytes_from_hex(key->key, sizeof(key->key), hex);
		crypto_wipe(hex, sizeof(hex));
	}
	if (!good) {
		detail_set(detail, path, "is no sealing key: it must be 64 hexadecimal digits");
		return STATUS_CORRUPT;
	}
	name_key(key);
	return STATUS_OK;
}

enum status seal_key_load(struct seal_key *key, const char *path, struct detail *detail)
{
	struct stat present;
	struct buf text;

	if (stat(path, &present) == 0 && (present.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
		detail_set(detail, path, "others may read the key; run: chmod 600 %s", path);
		return STATUS_DENIED;
	}
	buf_init(&text, FILE_BYTES + 1);
	enum status status = read_key(key, path, &text, detail);
	if (text.data != NULL) {
		crypto_wipe(text.data, text.size);
	}
	buf_fini(&text);
	return status;
}

void seal_key_wipe(struct seal_key *key)
{
	crypto_wipe(key, sizeof(*key));
}

enum { ASSOCIATED_BYTES = SEAL_GENERATION_BYTES + 8 };

static void associate(uint8_t out[ASSOCIATED_BYTES], const struct seal_place *place)
{
	memcpy(out, place->generation, SEAL_GENERATION_BYTES);
	bytes_write_u64(out + SEAL_GENERATION_BYTES, place->number);
}

enum status seal_batch(struct buf *out, const struct seal_key *key, const struct seal_place *place,
                       struct bytes batch)
{
	uint8_t associated[ASSOCIATED_BYTES];
	uint8_t nonce[CRYPTO_SEAL_NONCE_BYTES];

	buf_reset(out);
	crypto_random(nonce, sizeof(nonce));
	associate(associated, place);
	buf_append_u8(out, BATCH_FORMAT_WRITTEN);
	buf_append(out, bytes_of(key->name, sizeof(key->name)));
	buf_append(out, bytes_of(nonce, sizeof(nonce)));
	uint8_t *sealed = buf_extend(out, batch.size + CRYPTO_SEAL_TAG_BYTES);
	if (sealed == NULL) {
		return STATUS_NO_MEMORY;
	}
	crypto_seal(sealed, batch, bytes_of(associated, sizeof(associated)), nonce, key->key);
	return STATUS_OK;
}

enum status seal_open(struct buf *out, const struct seal_key *key, const struct seal_place *place,
                      struct bytes sealed, struct detail *detail)
{
	uint8_t associated[ASSOCIATED_BYTES];
	const unsigned long long number = place->number;

	if (sealed.size <= SEAL_HEADER_BYTES + CRYPTO_SEAL_TAG_BYTES) {
		detail_set(detail, "", "batch %llu of the order is no sealed batch", number);
		return STATUS_CORRUPT;
	}
	if (sealed.data[0] == 0 || sealed.data[0] > BATCH_FORMAT_READ) {
		detail_set(detail, "",
		           "batch %llu of the order has format %u and this program knows %d; "
		           "install the release that the other nodes run",
		           number, sealed.data[0], BATCH_FORMAT_READ);
		return STATUS_UNSUPPORTED;
	}
	if (memcmp(sealed.data + 1, key->name, SEAL_NAME_BYTES) != 0) {
		detail_set(detail, "",
		           "batch %llu of the order is sealed with another key than this node's",
		           number);
		return STATUS_DENIED;
	}
	struct bytes box =
	        bytes_of(sealed.data + SEAL_HEADER_BYTES, sealed.size - SEAL_HEADER_BYTES);
	buf_reset(out);
	uint8_t *opened = buf_extend(out, box.size - CRYPTO_SEAL_TAG_BYTES);
	if (opened == NULL) {
		return STATUS_NO_MEMORY;
	}
	associate(associated, place);
	if (!crypto_open(opened, box, bytes_of(associated, sizeof(associated)),
	                 sealed.data + 1 + SEAL_NAME_BYTES, key->key)) {
		buf_reset(out);
		detail_set(
		        detail, "",
		        "batch %llu of the order was changed, or belongs to another slot or order",
		        number);
		return STATUS_CORRUPT;
	}
	return STATUS_OK;
}
