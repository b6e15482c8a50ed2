/* Erased contents and the orders behind them: A9. */
#include "ledger/base/crypto.h"
#include "tools/civilctl/audit_internal.h"

#include <stdlib.h>

/* One erased record that waits for the content_erased that it names. */
struct erased {
	uint64_t index;
	struct hash by;
	bool has_residue;
	struct hash residue;
};

/* A court decision behind the first erased record: an order comes after what it is about. */
struct decided {
	struct hash event_id;
	uint64_t index;
	char *text; /* court and case number */
};

struct audit_erasures {
	struct erased *erased;
	size_t erased_count;
	size_t erased_room;
	struct decided *decided;
	size_t decided_count;
	size_t decided_room;
};

static struct bytes of(ProtobufCBinaryData data)
{
	return bytes_of(data.data, data.len);
}

/* One element more at the end of an array that grows; NULL when memory is exhausted. */
static void *grow(void **array, size_t *count, size_t *room, size_t size)
{
	if (*count == *room) {
		size_t wanted = *room == 0 ? 16 : 2 * *room;
		void *grown = realloc(*array, wanted * size);

		if (grown == NULL) {
			return NULL;
		}
		*array = grown;
		*room = wanted;
	}
	uint8_t *element = (uint8_t *)*array + *count * size;

	memset(element, 0, size);
	(*count)++;
	return element;
}

bool audit_erasure_take(struct audit *audit, const struct audit_record *out,
                        const Civil__V1__LogRecord *record)
{
	if (record->erased_by.len == 0) {
		return true; /* the source gives no contents */
	}
	if (record->erased_by.len != HASH_BYTES) {
		audit_blame(audit, out->index, "is said to be erased by no event");
		return false;
	}
	if (audit->erasures == NULL) {
		audit->erasures = calloc(1, sizeof(*audit->erasures));
	}
	struct audit_erasures *all = audit->erasures;
	struct erased *erased = NULL;

	if (all != NULL) {
		void *array = all->erased;

		erased = grow(&array, &all->erased_count, &all->erased_room, sizeof(*erased));
		all->erased = array;
	}
	if (erased == NULL) {
		audit->trouble = STATUS_NO_MEMORY;
		return false;
	}
	erased->index = out->index;
	memcpy(erased->by.bytes, record->erased_by.data, HASH_BYTES);
	erased->has_residue = record->residue.len > 0;
	erased->residue = crypto_sha256(of(record->residue));
	return true;
}

static void remember(struct audit *audit, uint64_t index, const struct hash *event_id,
                     const Civil__V1__CourtDecision *decision)
{
	struct audit_erasures *all = audit->erasures;
	char text[AUDIT_TEXT_MAX];
	void *array = all->decided;
	struct decided *decided =
	        grow(&array, &all->decided_count, &all->decided_room, sizeof(*decided));

	all->decided = array;
	(void)snprintf(text, sizeof(text), "%s, case %s, decision %s", decision->court,
	               decision->case_number, decision->decision_number);
	if (decided != NULL) {
		*decided = (struct decided){ *event_id, index, strdup(text) };
	}
	if (decided == NULL || decided->text == NULL) {
		audit->trouble = STATUS_NO_MEMORY;
	}
}

/* Name of a decision; the id says it when the record stands elsewhere. */
static void name_order(const struct audit_erasures *all, char text[AUDIT_TEXT_MAX],
                       const Civil__V1__ContentErased *order)
{
	char hex[2 * HASH_BYTES + 1] = "";

	for (size_t i = 0; i < all->decided_count; i++) {
		if (bytes_equal(bytes_of_hash(&all->decided[i].event_id), of(order->decision))) {
			(void)snprintf(text, AUDIT_TEXT_MAX, "%s (record %llu)",
			               all->decided[i].text,
			               (unsigned long long)all->decided[i].index);
			return;
		}
	}
	if (order->decision.len == HASH_BYTES) {
		bytes_to_hex(hex, of(order->decision));
	}
	(void)snprintf(text, AUDIT_TEXT_MAX, "decision %s", hex);
}

/* Tells of the records that this event erased; they wait no more. */
static void settle(struct audit *audit, uint64_t index, const struct hash *event_id,
                   const Civil__V1__ContentErased *order)
{
	struct audit_erasures *all = audit->erasures;
	struct hash residue = crypto_sha256(of(order->residue));
	char text[AUDIT_TEXT_MAX];
	size_t kept = 0;

	name_order(all, text, order);
	for (size_t i = 0; i < all->erased_count; i++) {
		const struct erased *erased = &all->erased[i];
		const struct audit_erasure told = { erased->index, index, text };

		if (!hash_equal(&erased->by, event_id)) {
			all->erased[kept] = *erased;
			kept++;
			continue;
		}
		if (erased->has_residue && !hash_equal(&erased->residue, &residue)) {
			audit_blame(audit, erased->index,
			            "what is left of its content is not what record %llu left",
			            (unsigned long long)index);
		}
		audit->result.erased++;
		if (audit->options.erased != NULL) {
			audit->options.erased(audit->options.context, &told);
		}
	}
	all->erased_count = kept;
}

void audit_erasure_order(struct audit *audit, const struct audit_record *out,
                         const Civil__V1__EventHeader *header, const Civil__V1__LogRecord *record)
{
	if (audit->erasures == NULL ||
	    header->event_class != CIVIL__V1__EVENT_CLASS__EVENT_CLASS_COURT) {
		return;
	}
	const Civil__V1__Content *content = civil__v1__content__unpack(
	        &audit->arena.allocator, record->content.len, record->content.data);
	struct hash event_id = crypto_event_id(out->header);

	if (content == NULL) {
		return; /* executing it again says so */
	}
	if (content->kind_case == CIVIL__V1__CONTENT__KIND_COURT_DECISION) {
		remember(audit, out->index, &event_id, content->court_decision);
	} else if (content->kind_case == CIVIL__V1__CONTENT__KIND_CONTENT_ERASED) {
		settle(audit, out->index, &event_id, content->content_erased);
	}
}

void audit_erasure_end(struct audit *audit)
{
	const struct audit_erasures *all = audit->erasures;

	if (all != NULL && all->erased_count > 0) {
		audit_blame(audit, all->erased[0].index,
		            "its content is gone, and no record orders that it be erased");
	}
}

void audit_erasure_free(struct audit_erasures *erasures)
{
	if (erasures == NULL) {
		return;
	}
	for (size_t i = 0; i < erasures->decided_count; i++) {
		free(erasures->decided[i].text);
	}
	free(erasures->decided);
	free(erasures->erased);
	free(erasures);
}
