#include "node/order_keys.h"

#include <stdio.h>

enum {
	DIGITS = 20,
	HEX = 2 * ID_BYTES,
	ROOT_BYTES = SEAL_GENERATION_BYTES + 8 + 8 + HASH_BYTES,
	TAIL_BYTES = 8 + HASH_BYTES,
	NODE_BYTES = 8 + 8 + 8 + HASH_BYTES,
	KEY_BYTES_MAX = 256,
};

static struct bytes key_of(struct arena *arena, const struct id *ledger, const char *rest)
{
	char hex[HEX + 1];

	bytes_to_hex(hex, bytes_of_id(ledger));
	const char *key = arena_printf(arena, "/civil/%s%s", hex, rest);
	return key == NULL ? bytes_of(NULL, 0) : bytes_of_string(key);
}

struct bytes order_key(struct arena *arena, const struct id *ledger, const char *name)
{
	char rest[KEY_BYTES_MAX];

	(void)snprintf(rest, sizeof(rest), "/%s", name);
	return key_of(arena, ledger, rest);
}

struct bytes order_key_of_slot(struct arena *arena, const struct id *ledger, uint64_t number)
{
	char rest[KEY_BYTES_MAX];

	(void)snprintf(rest, sizeof(rest), "/batch/%020llu", (unsigned long long)number);
	return key_of(arena, ledger, rest);
}

struct bytes order_key_of_node(struct arena *arena, const struct id *ledger, const char *node)
{
	char rest[KEY_BYTES_MAX];

	(void)snprintf(rest, sizeof(rest), "/node/%s", node);
	return key_of(arena, ledger, rest);
}

struct bytes order_key_end(struct arena *arena, const struct id *ledger)
{
	return key_of(arena, ledger, "0"); /* the byte after '/' */
}

/* What follows /civil/<ledger>/<folder>/, or no data. */
static struct bytes rest_of(struct bytes key, const struct id *ledger, const char *folder)
{
	char prefix[KEY_BYTES_MAX];
	char hex[HEX + 1];

	bytes_to_hex(hex, bytes_of_id(ledger));
	int size = snprintf(prefix, sizeof(prefix), "/civil/%s/%s/", hex, folder);
	if (key.size <= (size_t)size || memcmp(key.data, prefix, (size_t)size) != 0) {
		return bytes_of(NULL, 0);
	}
	return bytes_of(key.data + size, key.size - (size_t)size);
}

uint64_t order_slot_of_key(struct bytes key, const struct id *ledger)
{
	struct bytes digits = rest_of(key, ledger, "batch");
	uint64_t number = 0;

	if (digits.size != DIGITS) {
		return 0;
	}
	for (size_t i = 0; i < DIGITS; i++) {
		unsigned digit = (unsigned)digits.data[i] - '0';

		if (digit > 9 || number > (UINT64_MAX - digit) / 10) {
			return 0;
		}
		number = 10 * number + digit;
	}
	return number;
}

static bool text_of(char out[SEQUENCER_NAME_MAX + 1], struct bytes bytes)
{
	if (bytes.size == 0 || bytes.size > SEQUENCER_NAME_MAX ||
	    memchr(bytes.data, '\0', bytes.size) != NULL) {
		return false;
	}
	memcpy(out, bytes.data, bytes.size);
	out[bytes.size] = '\0';
	return true;
}

bool order_node_of_key(char name[SEQUENCER_NAME_MAX + 1], struct bytes key, const struct id *ledger)
{
	return text_of(name, rest_of(key, ledger, "node"));
}

struct bytes order_root_bytes(struct arena *arena, const struct order_root *root)
{
	uint8_t *value = arena_alloc(arena, ROOT_BYTES);

	if (value == NULL) {
		return bytes_of(NULL, 0);
	}
	memcpy(value, root->generation, SEAL_GENERATION_BYTES);
	bytes_write_u64(value + SEAL_GENERATION_BYTES, root->begin);
	bytes_write_u64(value + SEAL_GENERATION_BYTES + 8, root->size);
	memcpy(value + SEAL_GENERATION_BYTES + 16, root->head.bytes, HASH_BYTES);
	return bytes_of(value, ROOT_BYTES);
}

bool order_root_read(struct order_root *root, struct bytes value)
{
	if (value.size != ROOT_BYTES) {
		return false;
	}
	memcpy(root->generation, value.data, SEAL_GENERATION_BYTES);
	root->begin = bytes_read_u64(value.data + SEAL_GENERATION_BYTES);
	root->size = bytes_read_u64(value.data + SEAL_GENERATION_BYTES + 8);
	memcpy(root->head.bytes, value.data + SEAL_GENERATION_BYTES + 16, HASH_BYTES);
	return true;
}

struct bytes order_tail_bytes(struct arena *arena, const struct order_tail *tail)
{
	uint8_t *value = arena_alloc(arena, TAIL_BYTES);

	if (value == NULL) {
		return bytes_of(NULL, 0);
	}
	bytes_write_u64(value, tail->number);
	memcpy(value + 8, tail->sealed.bytes, HASH_BYTES);
	return bytes_of(value, TAIL_BYTES);
}

bool order_tail_read(struct order_tail *tail, struct bytes value)
{
	if (value.size != TAIL_BYTES) {
		return false;
	}
	tail->number = bytes_read_u64(value.data);
	memcpy(tail->sealed.bytes, value.data + 8, HASH_BYTES);
	return true;
}

struct bytes order_leader_bytes(struct arena *arena, const char *name, const char *address)
{
	size_t first = strlen(name) + 1;
	size_t second = strlen(address);
	uint8_t *value = arena_alloc(arena, first + second);

	if (value == NULL) {
		return bytes_of(NULL, 0);
	}
	memcpy(value, name, first);
	memcpy(value + first, address, second);
	return bytes_of(value, first + second);
}

bool order_leader_read(char name[SEQUENCER_NAME_MAX + 1], char address[SEQUENCER_NAME_MAX + 1],
                       struct bytes value)
{
	const uint8_t *end = value.size == 0 ? NULL : memchr(value.data, '\0', value.size);

	if (end == NULL) {
		return false;
	}
	size_t first = (size_t)(end - value.data);

	return text_of(name, bytes_of(value.data, first)) &&
	       text_of(address, bytes_of(end + 1, value.size - first - 1));
}

struct bytes order_node_bytes(struct arena *arena, const struct order_node *node)
{
	size_t address = strlen(node->address);
	uint8_t *value = arena_alloc(arena, NODE_BYTES + address);

	if (value == NULL) {
		return bytes_of(NULL, 0);
	}
	bytes_write_u64(value, node->position.applied);
	bytes_write_u64(value + 8, node->position.durable);
	bytes_write_u64(value + 16, node->position.size);
	memcpy(value + 24, node->position.head.bytes, HASH_BYTES);
	memcpy(value + NODE_BYTES, node->address, address);
	return bytes_of(value, NODE_BYTES + address);
}

bool order_node_read(struct order_node *node, struct bytes value)
{
	if (value.size < NODE_BYTES || value.size > NODE_BYTES + SEQUENCER_NAME_MAX) {
		return false;
	}
	node->position.applied = bytes_read_u64(value.data);
	node->position.durable = bytes_read_u64(value.data + 8);
	node->position.size = bytes_read_u64(value.data + 16);
	memcpy(node->position.head.bytes, value.data + 24, HASH_BYTES);
	memset(node->address, 0, sizeof(node->address));
	memcpy(node->address, value.data + NODE_BYTES, value.size - NODE_BYTES);
	return true;
}
