#include "ledger/head.h"

#include "ledger/base/unpack.h"
#include "ledger/store/keys.h"

enum { HEAD_BYTES = 8 + 8 + 8 + 3 * HASH_BYTES };

enum status head_read(struct store_view *view, struct ledger_head *head)
{
	struct key key;
	struct buf value;
	struct ledger_head read;

	key_meta(&key, "head");
	buf_init(&value, HEAD_BYTES);
	enum status status = store_get(view, &value, STORE_META, key_bytes(&key));
	if (status == STATUS_OK) {
		struct unpack unpack = unpack_of(buf_bytes(&value));

		read.size = unpack_u64(&unpack);
		read.batch = unpack_u64(&unpack);
		read.recorded_at_ms = (int64_t)unpack_u64(&unpack);
		unpack_copy(&unpack, read.head.bytes, HASH_BYTES);
		unpack_copy(&unpack, read.root.bytes, HASH_BYTES);
		unpack_copy(&unpack, read.batch_hash.bytes, HASH_BYTES);
		status = unpack_done(&unpack) ? STATUS_OK : STATUS_CORRUPT;
	}
	buf_fini(&value);
	if (status == STATUS_OK) {
		*head = read;
	}
	return status;
}

void head_write(struct store_batch *batch, const struct ledger_head *head)
{
	struct key key;
	uint8_t value[HEAD_BYTES];

	key_meta(&key, "head");
	bytes_write_u64(value, head->size);
	bytes_write_u64(value + 8, head->batch);
	bytes_write_u64(value + 16, (uint64_t)head->recorded_at_ms);
	memcpy(value + 24, head->head.bytes, HASH_BYTES);
	memcpy(value + 24 + HASH_BYTES, head->root.bytes, HASH_BYTES);
	memcpy(value + 24 + 2 * HASH_BYTES, head->batch_hash.bytes, HASH_BYTES);
	store_batch_put(batch, STORE_META, key_bytes(&key), bytes_of(value, sizeof(value)));
}
