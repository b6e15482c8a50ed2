#include "ledger/base/assert.h"
#include "ledger/event/constraint.h"
#include "tests/support/sample.h"

static void *room(struct arena *arena, size_t size)
{
	void *memory = arena_alloc(arena, size);

	ASSERT(memory != NULL);
	return memory;
}

static ProtobufCBinaryData id_of(uint8_t value, size_t size, struct arena *arena)
{
	ProtobufCBinaryData binary = { .len = size, .data = room(arena, size) };

	memset(binary.data, value, size);
	return binary;
}

static void add_subject(Civil__V1__EventHeader *header, const struct kind_subject *row,
                        struct arena *arena)
{
	const Civil__V1__SubjectRole role = row->role;
	Civil__V1__Subject *subject = room(arena, sizeof(*subject));

	civil__v1__subject__init(subject);
	subject->role = role;
	if (row->may_be_new) {
		subject->ordinal = 1;
	} else if (role == CIVIL__V1__SUBJECT_ROLE__SUBJECT_ROLE_MEMBER) {
		subject->person_id = id_of(0x1D, ID_BYTES, arena); /* the sample's new head */
	} else {
		subject->person_id = id_of((uint8_t)(0x20 + role), ID_BYTES, arena);
	}
	header->subjects[header->n_subjects++] = subject;
}

static Civil__V1__EventStep step_of(const Civil__V1__Content *content, const struct kind *kind)
{
	if (content->kind_case == CIVIL__V1__CONTENT__KIND_NOTIFICATION) {
		return CIVIL__V1__EVENT_STEP__EVENT_STEP_NOTIFIED;
	}
	if (content->kind_case == CIVIL__V1__CONTENT__KIND_VERIFICATION) {
		return CIVIL__V1__EVENT_STEP__EVENT_STEP_VERIFIED;
	}
	if (content->kind_case == CIVIL__V1__CONTENT__KIND_REFUSAL) {
		return CIVIL__V1__EVENT_STEP__EVENT_STEP_REFUSED;
	}
	if (content->kind_case == CIVIL__V1__CONTENT__KIND_WITHDRAWAL) {
		return CIVIL__V1__EVENT_STEP__EVENT_STEP_WITHDRAWN;
	}
	const bool steps = kind->profile == PROFILE_VERIFIED || kind->profile == PROFILE_DECLARED;
	return steps && content->kind_case == kind->content_case
	               ? CIVIL__V1__EVENT_STEP__EVENT_STEP_DECLARED
	               : CIVIL__V1__EVENT_STEP__EVENT_STEP_REGISTERED;
}

Civil__V1__EventHeader *sample_header(enum kind_id id, const Civil__V1__Content *content,
                                      struct arena *arena)
{
	const struct kind *kind = kind_of_id(id);
	const bool own = content->kind_case == kind->content_case;
	const ProtobufCMessage *message;
	const struct kind *effective = own ? kind_effective(&message, kind, content) : NULL;
	Civil__V1__EventHeader *header = room(arena, sizeof(*header));
	struct bytes acts[REFERENCES_MAX];

	civil__v1__event_header__init(header);
	header->version = 1;
	header->ledger_id = id_of(0x11, ID_BYTES, arena);
	header->request_id = id_of(0x12, ID_BYTES, arena);
	header->case_id = id_of(0x13, ID_BYTES, arena);
	header->event_class = kind->event_class;
	header->step = step_of(content, kind);
	header->office_id = arena_string(arena, "commune-0102");
	header->content_commitment = id_of(0, HASH_BYTES, arena);
	header->signed_at_ms = INT64_C(1700000000000);
	header->expires_at_ms = header->signed_at_ms + COMPOSE_EXPIRY_MS;
	header->subjects = room(arena, KIND_SUBJECTS_MAX * sizeof(void *));
	for (size_t i = 0; effective != NULL && effective->subjects[i].role != 0; i++) {
		add_subject(header, &effective->subjects[i], arena);
	}
	header->n_references = constraint_references(acts, content);
	header->references = room(arena, header->n_references * sizeof(*header->references));
	for (size_t i = 0; i < header->n_references; i++) {
		header->references[i] = (ProtobufCBinaryData){
			.len = acts[i].size,
			.data = arena_copy(arena, acts[i]),
		};
	}
	return header;
}

struct compose_key sample_key(uint8_t n)
{
	struct compose_key key;
	uint8_t seed[32];

	memset(seed, n, sizeof(seed));
	compose_key_of_seed(&key, seed);
	return key;
}

void sample_event(struct buf *out, const Civil__V1__EventHeader *header,
                  const Civil__V1__Content *content, struct arena *arena)
{
	const struct compose_key keys[] = { sample_key(1), sample_key(2) };
	struct composition composition = {
		.header = header,
		.content = content,
		.keys = keys,
		.key_count = 2,
	};
	struct hash id;

	memset(composition.opening, 7, OPENING_BYTES);
	const enum status status = compose_event(out, &id, &composition, arena);
	ASSERT(status == STATUS_OK);
}
