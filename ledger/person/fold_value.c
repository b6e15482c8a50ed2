/* The small calls with which steps write a state: ledger/person/fold.h. */
#include "ledger/person/fold.h"

#include "ledger/base/assert.h"
#include "ledger/event/partial_date.h"

void *fold_new(struct fold *fold, const ProtobufCMessageDescriptor *descriptor)
{
	ProtobufCMessage *message = arena_alloc(fold->arena, descriptor->sizeof_message);

	if (message == NULL) {
		fold->failed = true;
		return NULL;
	}
	descriptor->message_init(message);
	return message;
}

/* A fresh state doubles its arrays when their count is a power of two: the count tells the
 * capacity, and nothing else needs to. Arrays of an unpacked state have no room to spare. */
void fold_append(struct fold *fold, void *array, size_t *count, void *element)
{
	void **elements;
	size_t n = *count;
	bool full = !fold->fresh || (n & (n - 1)) == 0;

	if (element == NULL) {
		return; /* its allocation failed, and said so */
	}
	memcpy(&elements, array, sizeof(elements));
	if (full) {
		void **grown = arena_array(fold->arena, fold->fresh && n > 0 ? 2 * n : n + 1,
		                           sizeof(*grown));

		if (grown == NULL) {
			fold->failed = true;
			return;
		}
		if (n > 0) {
			memcpy(grown, elements, n * sizeof(*grown));
		}
		elements = grown;
		memcpy(array, &elements, sizeof(elements));
	}
	elements[n] = element;
	*count = n + 1;
}

ProtobufCBinaryData fold_bytes(struct fold *fold, struct bytes bytes)
{
	ProtobufCBinaryData data = { 0 };

	if (bytes.size > 0) {
		data.data = arena_copy(fold->arena, bytes);
		data.len = data.data == NULL ? 0 : bytes.size;
		fold->failed = fold->failed || data.data == NULL;
	}
	return data;
}

char *fold_text(struct fold *fold, const char *text)
{
	char *copy = arena_string(fold->arena, text);

	fold->failed = fold->failed || copy == NULL;
	return copy;
}

Civil__V1__PartialDate *fold_partial(struct fold *fold, const Civil__V1__Date *date)
{
	Civil__V1__PartialDate *partial;

	if (date == NULL) {
		return NULL;
	}
	partial = fold_new(fold, &civil__v1__partial_date__descriptor);
	if (partial != NULL) {
		partial->precision = CIVIL__V1__DATE_PRECISION__DATE_PRECISION_DAY;
		partial->year = date->year;
		partial->month = date->month;
		partial->day = date->day;
	}
	return partial;
}

Civil__V1__Date *fold_date(struct fold *fold, int32_t day)
{
	Civil__V1__Date *date = fold_new(fold, &civil__v1__date__descriptor);

	if (date != NULL) {
		partial_date_of_day(date, day);
	}
	return date;
}

bool fold_uncertain(const struct fold *fold, const struct act *act)
{
	return fold->valid_day < act->valid.latest;
}

/* A name that a court put in the place of another. */
static bool is_replacement(const struct act *act)
{
	return act->kind->id == KIND_NAME_CHANGE &&
	       act->content->name_change->sort ==
	               CIVIL__V1__NAME_CHANGE_SORT__NAME_CHANGE_SORT_REPLACEMENT;
}

/* Kinds that carry out what a court decided. */
static bool is_of_court(enum kind_id kind)
{
	static const enum kind_id decided[] = {
		KIND_PRESUMED_DEATH,   KIND_DIVORCE,           KIND_ANNULMENT,     KIND_SEPARATION,
		KIND_RECONCILIATION,   KIND_MARRIAGE_RESOLVED, KIND_PARENTAGE_SET, KIND_ADOPTION,
		KIND_ADOPTION_REVOKED, KIND_GUARDIANSHIP_SET,  KIND_CAPACITY_SET,
	};

	for (size_t i = 0; i < sizeof(decided) / sizeof(decided[0]); i++) {
		if (decided[i] == kind) {
			return true;
		}
	}
	return false;
}

static Civil__V1__Certainty certainty_of(const struct act *act)
{
	if (act->legacy != NULL) {
		return CIVIL__V1__CERTAINTY__CERTAINTY_LEGACY;
	}
	if (is_of_court(act->kind->id) || is_replacement(act)) {
		return CIVIL__V1__CERTAINTY__CERTAINTY_COURT;
	}
	if (!act->verified) {
		return CIVIL__V1__CERTAINTY__CERTAINTY_PROVISIONAL;
	}
	return CIVIL__V1__CERTAINTY__CERTAINTY_REGISTERED;
}

/* True when the list of fields, each between spaces, names the field. */
static bool names_field(const char *fields, const char *field)
{
	size_t length = strlen(field);
	const char *at = fields;

	while ((at = strstr(at, field)) != NULL) {
		if (at > fields && at[-1] == ' ' && at[length] == ' ') {
			return true;
		}
		at += length;
	}
	return false;
}

Civil__V1__Provenance *fold_provenance(struct fold *fold, const struct act *act,
                                       Civil__V1__PartialDate *from, const char *fields)
{
	Civil__V1__Provenance *provenance = fold_new(fold, &civil__v1__provenance__descriptor);

	if (provenance == NULL) {
		return NULL;
	}
	provenance->valid_from = from;
	provenance->source = act->source;
	provenance->known_from = act->index;
	provenance->certainty = certainty_of(act);
	provenance->law_version = fold_text(fold, act->law_version);
	provenance->uncertain_at_valid = fold_uncertain(fold, act);
	provenance->disputed = act->disputed;
	for (size_t i = 0; i < act->change_count; i++) {
		const struct act_change *change = &act->changes[i];

		if (names_field(fields, change->field)) {
			provenance->source = change->index;
			provenance->known_from = change->index;
			provenance->disputed = provenance->disputed || change->disputed;
			if (change->court) {
				provenance->certainty = CIVIL__V1__CERTAINTY__CERTAINTY_COURT;
			}
		}
	}
	return provenance;
}

Civil__V1__Provenance *fold_provenance_voided(struct fold *fold, const struct act *act,
                                              Civil__V1__PartialDate *from)
{
	Civil__V1__Provenance *provenance = fold_provenance(fold, act, from, "");

	if (provenance != NULL) {
		provenance->source = act->voided.index;
		provenance->known_from = act->voided.index;
		provenance->law_version = fold_text(fold, act->voided.law_version);
		provenance->certainty = CIVIL__V1__CERTAINTY__CERTAINTY_REGISTERED;
	}
	return provenance;
}

Civil__V1__Provenance *fold_provenance_copy(struct fold *fold,
                                            const Civil__V1__Provenance *provenance)
{
	Civil__V1__Provenance *copy = fold_new(fold, &civil__v1__provenance__descriptor);

	if (copy != NULL && provenance != NULL) {
		*copy = *provenance;
	}
	return copy;
}

void fold_end(const struct fold *fold, Civil__V1__Provenance *provenance, const struct act *act,
              Civil__V1__PartialDate *to)
{
	if (provenance == NULL) {
		return;
	}
	provenance->valid_to = to;
	provenance->uncertain_at_valid =
	        provenance->uncertain_at_valid || fold_uncertain(fold, act);
	provenance->disputed = provenance->disputed || act->disputed;
}

bool fold_wins(const struct fold *fold, const struct act *act, Civil__V1__MergeGroup group)
{
	return fold->persona == NULL || fold->persona->member_count == 0 ||
	       persona_wins(fold->persona, &act->named, group);
}

bool fold_names_other(const struct fold *fold, const struct act *act)
{
	return fold->persona != NULL && fold->persona->member_count > 0 &&
	       !id_equal(&act->named, fold->person);
}

bool fold_is_person(const struct fold *fold, ProtobufCBinaryData id)
{
	struct id named;

	if (id.len != ID_BYTES) {
		return false;
	}
	memcpy(named.bytes, id.data, ID_BYTES);
	if (fold->persona != NULL) {
		named = persona_root(fold->persona, &named);
	}
	return id_equal(&named, fold->person);
}

bool fold_same_id(ProtobufCBinaryData a, const struct id *b)
{
	return bytes_equal(bytes_of(a.data, a.len), bytes_of_id(b));
}

bool fold_same_other(const struct fold *fold, ProtobufCBinaryData a, const struct id *other)
{
	bool same = fold_same_id(a, other);

	for (size_t i = 0; i < fold->facts.other_count && !same; i++) {
		same = fold_same_id(a, &fold->facts.others[i]);
	}
	return same;
}
