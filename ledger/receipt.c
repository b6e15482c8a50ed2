#include "ledger/receipt.h"

#include "ledger/base/assert.h"
#include "ledger/log/merkle.h"

static bool set_bytes(ProtobufCBinaryData *out, struct bytes bytes, struct arena *arena)
{
	out->data = arena_copy(arena, bytes);
	out->len = bytes.size;
	return out->data != NULL;
}

/* Ids of the persons that the event created, in order of their ordinals. */
static bool set_created(Civil__V1__Receipt *receipt, const struct event *event, struct arena *arena)
{
	size_t subjects = event->header->n_subjects;

	receipt->created_persons = arena_array(arena, subjects, sizeof(ProtobufCBinaryData));
	if (receipt->created_persons == NULL) {
		return false;
	}
	for (size_t i = 0; i < subjects; i++) {
		if (event->header->subjects[i]->ordinal == 0) {
			continue;
		}
		struct id person = event_subject_id(event, i);

		if (!set_bytes(&receipt->created_persons[receipt->n_created_persons],
		               bytes_of_id(&person), arena)) {
			return false;
		}
		receipt->n_created_persons++;
	}
	return true;
}

Civil__V1__Receipt *receipt_of(const struct stored_record *record, struct arena *arena)
{
	Civil__V1__Receipt *receipt = arena_alloc(arena, sizeof(*receipt));
	struct hash hash;

	if (receipt == NULL) {
		return NULL;
	}
	merkle_leaf(&hash, record->record_bytes);
	civil__v1__receipt__init(receipt);
	receipt->index = record->index;
	receipt->recorded_at_ms = record->recorded_at_ms;
	receipt->law_version = record->kept->law_version;
	receipt->numbers = record->kept->numbers;
	receipt->n_numbers = record->kept->n_numbers;
	receipt->findings = record->kept->findings;
	receipt->n_findings = record->kept->n_findings;
	if (!set_bytes(&receipt->event_id, bytes_of_hash(&record->event.id), arena) ||
	    !set_bytes(&receipt->record_hash, bytes_of_hash(&hash), arena) ||
	    !set_created(receipt, &record->event, arena)) {
		return NULL;
	}
	return receipt;
}

Civil__V1__Receipt *receipt_copy(const Civil__V1__Receipt *receipt, struct arena *arena)
{
	size_t size = civil__v1__receipt__get_packed_size(receipt);
	uint8_t *packed = arena_alloc(arena, size);

	if (packed == NULL) {
		return NULL;
	}
	(void)civil__v1__receipt__pack(receipt, packed);
	return civil__v1__receipt__unpack(&arena->allocator, size, packed);
}

/* Packed and unpacked as the findings of a receipt. */
enum status verdict_copy(struct verdict *verdict, struct arena *arena)
{
	Civil__V1__Receipt carrier;

	civil__v1__receipt__init(&carrier);
	carrier.findings = verdict->findings;
	carrier.n_findings = verdict->finding_count;
	const Civil__V1__Receipt *copy = receipt_copy(&carrier, arena);
	char *law = arena_string(arena, verdict->law_version);

	if (copy == NULL || law == NULL) {
		return STATUS_NO_MEMORY;
	}
	verdict->findings = copy->findings;
	verdict->law_version = law;
	return STATUS_OK;
}
