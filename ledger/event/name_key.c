#include "ledger/event/name_key.h"

#include "ledger/base/text.h"

struct bytes name_key(const Civil__V1__Name *name, struct arena *arena)
{
	if (name == NULL) {
		return bytes_of(NULL, 0);
	}
	struct bytes surname = bytes_of_string(name->km_surname);
	struct bytes given = bytes_of_string(name->km_given);
	uint8_t *key = arena_alloc(arena, surname.size + given.size + 1);
	if (key == NULL) {
		return bytes_of(NULL, 0);
	}
	size_t size = text_visible(key, surname);
	key[size] = 0;
	size++;
	return bytes_of(key, size + text_visible(key + size, given));
}
