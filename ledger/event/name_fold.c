#include "ledger/event/name_fold.h"

#include "ledger/base/crypto.h"
#include "ledger/base/text.h"

static size_t apostrophe_size(struct bytes rest)
{
	static const uint8_t curved[] = { 0xe2, 0x80, 0x99 }; /* U+2019 */

	return rest.size >= sizeof(curved) && memcmp(rest.data, curved, sizeof(curved)) == 0
	               ? sizeof(curved)
	               : 0;
}

bool name_fold(struct bytes *out, const char *name, struct arena *arena)
{
	struct bytes typed = bytes_of_string(name);
	uint8_t *folded = arena_alloc(arena, typed.size);
	size_t kept = 0;

	if (folded == NULL) {
		return false;
	}
	size_t visible = text_visible(folded, typed);
	for (size_t i = 0; i < visible;) {
		size_t dropped = apostrophe_size(bytes_of(folded + i, visible - i));
		uint8_t byte = folded[i];

		if (dropped > 0) {
			i += dropped;
			continue;
		}
		i++;
		if (byte != ' ' && byte != '-' && byte != '\'') {
			folded[kept] =
			        byte >= 'A' && byte <= 'Z' ? (uint8_t)(byte + 'a' - 'A') : byte;
			kept++;
		}
	}
	*out = bytes_of(folded, kept);
	return true;
}

uint64_t name_fold_hash(struct bytes folded)
{
	if (folded.size == 0) {
		return 0;
	}
	struct hash hash = crypto_sha256(folded);

	return bytes_read_u64(hash.bytes);
}
