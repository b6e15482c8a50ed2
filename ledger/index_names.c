#include "ledger/index_names.h"

#include "ledger/event/name_fold.h"
#include "ledger/event/partial_date.h"
#include "ledger/person/state.h"
#include "ledger/sealing.h"
#include "ledger/store/keys.h"

/* What is being indexed. */
struct naming {
	struct view *view;
	struct store_batch *batch;
	const struct id *person;
	uint16_t year;
};

uint16_t index_names_year(const Civil__V1__PersonState *state)
{
	struct interval birth;

	if (state->birth == NULL || state->birth->date == NULL ||
	    !partial_date_interval(&birth, state->birth->date, 0)) {
		return 0;
	}
	struct civil_date first = date_of_day(birth.earliest);
	struct civil_date last = date_of_day(birth.latest);

	return first.year == last.year ? (uint16_t)first.year : 0;
}

/* One form of a name; a person without given names is not found by any. */
static enum status fold_form(struct key_named *out, const char *given, const char *surname,
                             struct arena *arena)
{
	struct bytes folded[2];

	if (!name_fold(&folded[0], given, arena) || !name_fold(&folded[1], surname, arena)) {
		return STATUS_NO_MEMORY;
	}
	out->given = name_fold_hash(folded[0]);
	out->surname = name_fold_hash(folded[1]);
	return STATUS_OK;
}

static enum status put_form(const struct naming *naming, const char *given, const char *surname)
{
	struct key_named named = { .year = naming->year };
	struct key key;
	enum status status = fold_form(&named, given, surname, naming->view->arena);

	if (status == STATUS_OK && named.given != 0) {
		key_named(&key, &named, naming->person);
		store_batch_put(naming->batch, STORE_NAME, key_bytes(&key), bytes_of(NULL, 0));
	}
	return status;
}

/* Whether there is a reader who does not see all records of the person. */
static enum status is_sealed(const struct view *view, bool *out, const struct id *person)
{
	struct reader nobody = { .today = INT32_MIN, .warrant = "" }; /* to whom no seal is over */
	struct view seen = *view;
	struct persona persona;

	*out = false;
	seen.memo = NULL; /* it sees a part */
	enum status status = reader_begin(&nobody, &seen);
	if (status != STATUS_OK || !nobody.is_needed) {
		return status;
	}
	status = persona_load(&seen, &persona, person);
	seen.reader = &nobody;
	return status == STATUS_OK ? persona_covered(&seen, out, &persona) : status;
}

enum status index_names(struct view *view, struct store_batch *batch,
                        const Civil__V1__PersonState *state, const struct id *person,
                        uint64_t index, bool all)
{
	struct naming naming = { view, batch, person, index_names_year(state) };
	const Civil__V1__Provenance *born = state->birth == NULL ? NULL : state->birth->provenance;
	bool birth_is_new = all || (born != NULL && born->known_from == index);
	bool sealed;
	enum status status = is_sealed(view, &sealed, person);

	if (status == STATUS_OK && sealed) {
		naming.year = 0;
		birth_is_new = true;
	}
	for (size_t i = 0; status == STATUS_OK && i < state->n_names; i++) {
		const Civil__V1__PersonName *held = state->names[i];
		bool is_new = held->provenance != NULL && held->provenance->known_from == index;

		if (held->name == NULL || (!birth_is_new && !is_new)) {
			continue;
		}
		status = put_form(&naming, held->name->km_given, held->name->km_surname);
		if (status == STATUS_OK) {
			status = put_form(&naming, held->name->latin_given,
			                  held->name->latin_surname);
		}
	}
	return status;
}

enum status index_names_again(struct view *view, struct store_batch *batch, const struct id *person)
{
	Civil__V1__PersonState *state;
	enum status status = state_cached(view, &state, person);

	if (status == STATUS_OK) {
		status = index_names(view, batch, state, person, view->size - 1, true);
	}
	return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

enum status index_names_group(struct view *view, struct store_batch *batch,
                              const struct persona *persona)
{
	enum status status = STATUS_OK;

	for (size_t i = 0; status == STATUS_OK && i < persona->member_count; i++) {
		const struct persona_member *member = &persona->members[i];

		if (member->root == i && !id_equal(&member->id, &persona->person)) {
			status = index_names_again(view, batch, &member->id);
		}
	}
	return status;
}

/* Deletes the person's rows of one form, of whatever year. */
static enum status forget_form(const struct naming *naming, const char *given, const char *surname)
{
	struct key_named named;
	struct key prefix;
	enum status status = fold_form(&named, given, surname, naming->view->arena);

	if (status != STATUS_OK || named.given == 0) {
		return status;
	}
	key_named_prefix(&prefix, named.given, &named.surname);
	struct store_cursor *cursor = store_cursor_open(naming->view->store, STORE_NAME,
	                                                key_bytes(&prefix), bytes_of(NULL, 0));
	if (cursor == NULL) {
		return STATUS_NO_MEMORY;
	}
	uint16_t years[UINT8_MAX]; /* of the person's rows: births of 255 years */
	size_t count = 0;
	for (; store_cursor_valid(cursor) && count < UINT8_MAX; store_cursor_next(cursor)) {
		struct id person;

		if (!key_read_named(store_cursor_key(cursor), &named, &person)) {
			status = STATUS_CORRUPT;
			break;
		}
		if (id_equal(&person, naming->person)) {
			years[count] = named.year;
			count++;
		}
	}
	if (status == STATUS_OK) {
		status = store_cursor_status(cursor);
	}
	store_cursor_close(cursor);
	for (size_t i = 0; status == STATUS_OK && i < count; i++) {
		struct key key;

		named.year = years[i];
		key_named(&key, &named, naming->person);
		store_batch_delete(naming->batch, STORE_NAME, key_bytes(&key));
	}
	return status;
}

static enum status forget_in(const struct naming *naming, const ProtobufCMessage *message);

static enum status forget_field(const struct naming *naming, const ProtobufCMessage *message,
                                const ProtobufCFieldDescriptor *field)
{
	const void *member = (const uint8_t *)message + field->offset;
	const void *quantifier = (const uint8_t *)message + field->quantifier_offset;
	bool oneof = (field->flags & PROTOBUF_C_FIELD_FLAG_ONEOF) != 0;
	enum status status = STATUS_OK;

	if (field->type != PROTOBUF_C_TYPE_MESSAGE ||
	    (oneof && *(const uint32_t *)quantifier != field->id)) {
		return STATUS_OK;
	}
	if (field->label != PROTOBUF_C_LABEL_REPEATED) {
		const ProtobufCMessage *inner = *(const ProtobufCMessage *const *)member;

		return inner == NULL ? STATUS_OK : forget_in(naming, inner);
	}
	size_t count = *(const size_t *)quantifier;
	const ProtobufCMessage *const *list = *(const ProtobufCMessage *const *const *)member;

	for (size_t i = 0; status == STATUS_OK && i < count; i++) {
		status = forget_in(naming, list[i]);
	}
	return status;
}

/* Every name in the message, at whatever depth; contents are bounded in depth by their types. */
static enum status forget_in(const struct naming *naming, const ProtobufCMessage *message)
{
	enum status status = STATUS_OK;

	if (message->descriptor == &civil__v1__name__descriptor) {
		const Civil__V1__Name *name = (const Civil__V1__Name *)message;

		status = forget_form(naming, name->km_given, name->km_surname);
		return status == STATUS_OK
		               ? forget_form(naming, name->latin_given, name->latin_surname)
		               : status;
	}
	for (unsigned i = 0; status == STATUS_OK && i < message->descriptor->n_fields; i++) {
		status = forget_field(naming, message, &message->descriptor->fields[i]);
	}
	return status;
}

enum status index_names_forget(struct view *view, struct store_batch *batch,
                               const ProtobufCMessage *content, const struct id *person)
{
	const struct naming naming = { .view = view, .batch = batch, .person = person };

	return forget_in(&naming, content);
}
