#include "ledger/person/reading.h"

#include "ledger/authority/authority.h"

/* How the ids of one act are read: as whom they stand for. */
struct reading {
	struct view *view;
	const struct persona *persona; /* of the person; NULL: every id is looked up */
	uint64_t index;
};

static enum status read_id(const struct reading *reading, struct id *id)
{
	if (reading->persona != NULL) {
		*id = persona_named(reading->persona, reading->index, id);
		*id = persona_root(reading->persona, id);
		return STATUS_OK;
	}
	struct persona persona;
	enum status status = persona_load(reading->view, &persona, id);

	if (status == STATUS_OK) {
		*id = persona_named(&persona, reading->index, id);
		*id = persona_root(&persona, id);
	}
	return status;
}

static enum status read_subject(const struct reading *reading, Civil__V1__Subject **out,
                                const struct event *event, size_t i)
{
	struct arena *arena = reading->view->arena;
	const Civil__V1__Subject *subject = event->header->subjects[i];
	struct id named = event_subject_id(event, i);
	struct id read = named;
	enum status status = read_id(reading, &read);

	if (status != STATUS_OK || id_equal(&named, &read)) {
		return status;
	}
	*out = arena_copy(arena, bytes_of(subject, sizeof(*subject)));
	uint8_t *bytes = arena_copy(arena, bytes_of_id(&read));
	if (*out == NULL || bytes == NULL) {
		return STATUS_NO_MEMORY;
	}
	(*out)->ordinal = 0;
	(*out)->person_id = (ProtobufCBinaryData){ .data = bytes, .len = ID_BYTES };
	return STATUS_OK;
}

static enum status read_header(const struct reading *reading, struct act *act)
{
	const struct event event = { .id = act->event_id, .header = act->header };
	size_t count = act->header->n_subjects;
	struct arena *arena = reading->view->arena;
	Civil__V1__EventHeader *header =
	        arena_copy(arena, bytes_of(act->header, sizeof(*act->header)));
	Civil__V1__Subject **subjects = arena_array(arena, count, sizeof(*subjects));

	if (header == NULL || subjects == NULL) {
		return STATUS_NO_MEMORY;
	}
	for (size_t i = 0; i < count; i++) {
		subjects[i] = act->header->subjects[i];
		enum status status = read_subject(reading, &subjects[i], &event, i);

		if (status != STATUS_OK) {
			return status;
		}
	}
	header->subjects = subjects;
	act->signed_header = act->header;
	act->header = header;
	return STATUS_OK;
}

/* Reads an act of a group for its person. STATUS_NOT_FOUND when it is about another one. */
enum status reading_for(struct view *view, struct act *act, const struct persona *persona)
{
	const struct reading reading = { view, persona, act->index };
	const struct event event = { .id = act->event_id, .header = act->header };
	bool about = false;

	for (size_t i = 0; i < act->header->n_subjects; i++) {
		struct id subject = event_subject_id(&event, i);
		struct id named = persona_named(persona, act->index, &subject);
		struct id root = persona_root(persona, &named);

		if (id_equal(&root, &persona->person)) {
			act->named = named;
			about = true;
		}
	}
	return about ? read_header(&reading, act) : STATUS_NOT_FOUND;
}

/* Reads all ids of an act; merges and unmerges speak of the ids themselves. */
enum status reading_everybody(struct view *view, struct act *act)
{
	const struct reading reading = { view, NULL, act->index };
	bool merged;
	enum status status = authority_any_merged(view, &merged);

	if (status != STATUS_OK || !merged || act->kind->id == KIND_MERGE ||
	    act->kind->id == KIND_UNMERGE) {
		return status;
	}
	return read_header(&reading, act);
}
