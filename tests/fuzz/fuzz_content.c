/* Goal: of all bytes that a decoder reads as a content, only its own encoding is admitted; and what
 * is admitted can be judged, whatever it says.
 * Method: admit the input as a Content; accepted bytes must pack to themselves; then judge every
 * field, take valid date and places, gather references, and read and set fields by paths, some of
 * them taken from the content itself. */
#include "ledger/base/assert.h"
#include "ledger/base/crypto.h"
#include "ledger/base/limits.h"
#include "ledger/event/canonical.h"
#include "ledger/event/constraint.h"
#include "ledger/event/field_path.h"
#include "ledger/event/message.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { ARENA_BYTES = 64 * 1024 * 1024 };

/* Setting what was read changes nothing. */
static void check_path(const Civil__V1__Content *content, const char *path, struct arena *arena)
{
	Civil__V1__FieldValue *value = NULL;
	Civil__V1__Content *same = NULL;

	if (field_path_read(&value, content, path, arena) != STATUS_OK) {
		return;
	}
	ASSERT(field_value_equal(value, value));
	const enum status status = field_path_apply(&same, content, path, value, arena);
	if (status == STATUS_OK) {
		Civil__V1__FieldValue *again = NULL;

		ASSERT(field_path_read(&again, same, path, arena) == STATUS_OK);
		ASSERT(field_value_equal(value, again));
	}
}

static void check_kind(const Civil__V1__Content *content, struct arena *arena)
{
	for (int i = 0; i < KINDS; i++) {
		const struct kind *kind = kind_of_id((enum kind_id)i);
		struct kind_place places[KIND_PLACES_MAX];
		const ProtobufCMessage *message;
		struct interval days;

		if (kind->content_case != content->kind_case) {
			continue;
		}
		kind = kind_effective(&message, kind, content);
		if (kind == NULL) {
			continue;
		}
		if (kind_valid_date(&days, kind, message, 20000)) {
			ASSERT(days.earliest <= days.latest);
		}
		ASSERT(kind_tested_places(places, kind, message) <= KIND_PLACES_MAX);
	}
	if (content->kind_case == CIVIL__V1__CONTENT__KIND_CORRECTION) {
		const Civil__V1__Correction *correction = content->correction;

		for (size_t i = 0; i < correction->n_changes && i < 4; i++) {
			check_path(content, correction->changes[i]->path, arena);
		}
	}
	check_path(content, "common.informant.name.km_given", arena);
	check_path(content, "birth.nationality_at_birth[0].country", arena);
	check_path(content, "birth.date_of_birth", arena);
}

static void check_judged(const Civil__V1__Content *content, struct arena *arena)
{
	struct constraint_violation *found = NULL;
	size_t count = 0;
	struct bytes acts[REFERENCES_MAX];
	const ProtobufCMessage *message = kind_message(content);

	(void)constraint_references(acts, content);
	if (message == NULL) {
		return;
	}
	ASSERT(constraint_check_message(&found, &count, message, "content", arena) == STATUS_OK);
	ASSERT(count <= CONSTRAINT_VIOLATIONS_MAX);
	for (size_t i = 0; i < count; i++) {
		ASSERT(found[i].rule == RULE_S07 || found[i].rule == RULE_S08);
		ASSERT(found[i].path[0] != '\0' && found[i].text[0] != '\0');
	}
	check_kind(content, arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct canonical_source source = { &civil__v1__content__descriptor,
		                                 bytes_of(data, size), CONTENT_BYTES_MAX,
		                                 "content" };
	ProtobufCMessage *message = NULL;
	struct arena arena;

	ASSERT(crypto_init() == STATUS_OK);
	arena_init(&arena, ARENA_BYTES);
	if (canonical_unpack(&message, &source, &arena, NULL) == STATUS_OK) {
		struct bytes packed = bytes_of(NULL, 0);

		ASSERT(canonical_pack(&packed, message, &arena) == STATUS_OK);
		ASSERT(bytes_equal(packed, source.bytes));
		ASSERT(message_equal(message, message));
		check_judged((const Civil__V1__Content *)message, &arena);
	}
	arena_fini(&arena);
	return 0;
}
