#include "ledger/person/veil.h"

#include "ledger/person/acts_internal.h"
#include "ledger/person/reading.h"
#include "ledger/person/state.h"
#include "ledger/person/step.h"
#include "ledger/sealing.h"

#define ROLE(name) CIVIL__V1__SUBJECT_ROLE__SUBJECT_ROLE_##name

enum { FACE_SUBJECTS = 1 + ADOPTERS_MAX };

static const Civil__V1__SubjectRole adopter_roles[ADOPTERS_MAX] = { ROLE(ADOPTER_A),
	                                                            ROLE(ADOPTER_B) };

bool veil_is_full(const Civil__V1__Content *content)
{
	return content != NULL && content->kind_case == CIVIL__V1__CONTENT__KIND_ADOPTION &&
	       content->adoption->form == CIVIL__V1__ADOPTION_FORM__ADOPTION_FORM_FULL;
}

/* The same view for the ledger itself, of the first `size` records. */
static struct view unveiled(const struct view *view, uint64_t size)
{
	struct view all = *view;

	all.size = size;
	all.memo = NULL;
	all.reader = NULL;
	return all;
}

/* The birth act in force that the adoption seals: of merged identities each may have one. NULL when
 * there is none. */
static enum status sealed_birth(struct view *all, const struct act **out, const struct acts *acts,
                                const struct id *child, uint64_t adoption)
{
	enum status status = STATUS_OK;
	bool covered = false;

	*out = NULL;
	for (size_t i = 0; status == STATUS_OK && !covered && i < acts->count; i++) {
		const struct act *act = &acts->act[i];

		if (act->kind->id == KIND_BIRTH && act_role(act, child) == ROLE(CHILD)) {
			status = sealing_holds(all, &covered, adoption, act->index);
		}
		*out = covered ? act : NULL;
	}
	return status;
}

static bool add_subject(struct arena *arena, Civil__V1__EventHeader *header,
                        Civil__V1__SubjectRole role, const struct id *person)
{
	Civil__V1__Subject *subject = arena_alloc(arena, sizeof(*subject));
	void *id = arena_copy(arena, bytes_of_id(person));

	if (subject == NULL || id == NULL) {
		return false;
	}
	civil__v1__subject__init(subject);
	subject->role = role;
	subject->person_id = (ProtobufCBinaryData){ .len = ID_BYTES, .data = id };
	header->subjects[header->n_subjects] = subject;
	header->n_subjects++;
	return true;
}

/* The adoption's header with child and parents. */
static enum status face_header(struct view *view, const Civil__V1__EventHeader **out,
                               const struct act *adoption, const struct id *child)
{
	struct arena *arena = view->arena;
	Civil__V1__SubjectRole roles[ADOPTERS_MAX];
	Civil__V1__EventHeader *header =
	        arena_copy(arena, bytes_of(adoption->header, sizeof(*header)));
	enum status status = adoption_roles(roles, view, adoption);

	if (header == NULL) {
		return STATUS_NO_MEMORY;
	}
	header->event_class = CIVIL__V1__EVENT_CLASS__EVENT_CLASS_BIRTH;
	header->n_subjects = 0;
	header->subjects = arena_array(arena, FACE_SUBJECTS, sizeof(Civil__V1__Subject *));
	if (header->subjects == NULL || !add_subject(arena, header, ROLE(CHILD), child)) {
		return STATUS_NO_MEMORY;
	}
	for (size_t i = 0; status == STATUS_OK && i < ADOPTERS_MAX; i++) {
		struct id adopter;

		if (act_person(adoption, &adopter, adopter_roles[i], 0) &&
		    !add_subject(arena, header, roles[i], &adopter)) {
			status = STATUS_NO_MEMORY;
		}
	}
	*out = header;
	return status;
}

/* The name that the adoption gave; without one, that of the child before. */
static enum status face_name(struct view *view, Civil__V1__Name **out, const struct act *adoption,
                             const struct id *child)
{
	struct view before = unveiled(view, adoption->index);
	Civil__V1__PersonState *state;

	*out = adoption->content->adoption->new_name;
	if (*out != NULL) {
		return STATUS_OK;
	}
	enum status status = state_cached(&before, &state, child);
	for (size_t i = 0; status == STATUS_OK && i < state->n_names; i++) {
		if (state->names[i]->sort == CIVIL__V1__NAME_SORT__NAME_SORT_REGISTERED) {
			*out = state->names[i]->name;
			return STATUS_OK;
		}
	}
	return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

/* The birth with another name, and without what leads to the mother or to twins. */
static enum status face_content(struct view *view, struct act *face, const struct act *birth,
                                Civil__V1__Name *name)
{
	Civil__V1__Content *content = arena_alloc(view->arena, sizeof(*content));
	Civil__V1__Birth *message =
	        arena_copy(view->arena, bytes_of(birth->message, sizeof(Civil__V1__Birth)));

	if (content == NULL || message == NULL) {
		return STATUS_NO_MEMORY;
	}
	civil__v1__content__init(content);
	content->kind_case = CIVIL__V1__CONTENT__KIND_BIRTH;
	content->birth = message;
	message->name = name;
	message->mother_details = NULL;
	message->father_details = NULL;
	message->delivery_id = (ProtobufCBinaryData){ 0 };
	message->birth_order = 0;
	face->content = content;
	face->message = &message->base;
	return STATUS_OK;
}

/* The birth as the adoption's record tells it. */
static enum status face_of_birth(struct view *view, struct act *out, const struct act *adoption,
                                 const struct act *birth, const struct id *child)
{
	Civil__V1__Name *name;
	struct act face = *birth;
	/* Merged: the id by which the birth is about the child says whose attributes stand. */
	const struct id *named = birth->signed_header == NULL ? child : &birth->named;
	enum status status = face_name(view, &name, adoption, child);

	if (status == STATUS_OK) {
		status = face_header(view, &face.header, adoption, named);
	}
	if (status == STATUS_OK) {
		status = face_content(view, &face, birth, name);
	}
	if (status != STATUS_OK) {
		return status;
	}
	face.index = adoption->index;
	face.source = adoption->index;
	face.amended = birth->amended > adoption->amended ? birth->amended : adoption->amended;
	face.changes = NULL;
	face.change_count = 0;
	face.recorded_at_ms = adoption->recorded_at_ms;
	face.event_id = adoption->event_id;
	face.signed_header = NULL;
	face.content_bytes = bytes_of(NULL, 0);
	face.registration = NULL;
	face.legacy = NULL;
	face.law_version = adoption->law_version;
	face.numbers_index = face.number_count == 0 ? 0 : adoption->index;
	face.disputed = false; /* as far as this reader knows */
	face.contested = false;
	face.veiled = true;
	*out = face;
	return STATUS_OK;
}

enum status veil_face(struct view *known, struct act *out, const struct act *adoption)
{
	struct view all = unveiled(known, UINT64_MAX);
	struct id child;
	struct acts acts;

	if (!act_person(adoption, &child, ROLE(CHILD), 0)) {
		return STATUS_NOT_FOUND;
	}
	enum status status = acts_load(known, &acts, &child);
	if (status != STATUS_OK || acts.count == 0) {
		return status == STATUS_OK ? STATUS_NOT_FOUND : status;
	}
	const struct act *birth;

	status = sealed_birth(&all, &birth, &acts, &child, adoption->index);
	if (status != STATUS_OK) {
		return status;
	}
	if (birth != NULL) {
		return face_of_birth(&all, out, adoption, birth, &child);
	}
	*out = *adoption;
	out->disputed = false;
	out->contested = false;
	out->veiled = true;
	return STATUS_OK;
}

/* Whether the record adopts the person fully, by any of the ids. */
static bool adopts(const struct stored_record *record, const struct persona *persona)
{
	const int child = event_subject_of_role(record->event.header, ROLE(CHILD), 0);

	if (!veil_is_full(record->event.content) || child < 0) {
		return false;
	}
	struct id named = event_subject_id(&record->event, (size_t)child);
	struct id root = persona_root(persona, &named);

	return id_equal(&root, &persona->person);
}

/* The child's last full adoption that stands and is shut to the reader; UINT64_MAX for none. */
static enum status last_shut(struct view *all, uint64_t *out, const struct reader *reader,
                             const struct id *child)
{
	struct persona persona;
	uint64_t *indexes;
	size_t count = 0;
	enum status status = persona_load(all, &persona, child);

	*out = UINT64_MAX;
	if (status == STATUS_OK) {
		status = persona_history(all, &indexes, &count, &persona, PERSONA_PERSON);
	}
	for (size_t i = 0; status == STATUS_OK && i < count; i++) {
		struct stored_record record;
		bool stands = false;

		status = view_record(all, &record, indexes[i]);
		if (status == STATUS_OK && adopts(&record, &persona) &&
		    !reader_opened(reader, indexes[i])) {
			status = sealing_stands(all, &stands, indexes[i]);
		}
		if (status == STATUS_OK && stands) {
			*out = indexes[i];
		}
	}
	return status;
}

/* Whether the record of the child's birth is shut by more than adoptions. */
static enum status is_shut(struct view *view, bool *out, struct view *known, const struct id *child,
                           uint64_t adoption)
{
	struct view all = unveiled(view, UINT64_MAX);
	const struct act *birth = NULL;
	struct acts acts;
	enum status status = acts_load(known, &acts, child);

	*out = false;
	if (status == STATUS_OK) {
		status = sealed_birth(&all, &birth, &acts, child, adoption);
	}
	if (status == STATUS_OK && birth != NULL) {
		status = sealing_shut_by_court(view, out, birth->index);
	}
	return status;
}

/* The face that a record of a full adoption has to the reader. STATUS_NOT_FOUND for none. */
static enum status face_for(struct view *view, struct act *out, const struct stored_record *record)
{
	struct view all = unveiled(view, UINT64_MAX);
	struct view known = unveiled(view, view->size);
	struct act adoption;
	struct id child;
	uint64_t last;
	bool shut;
	enum status status = acts_find(&all, &adoption, bytes_of_hash(&record->event.id));

	if (status == STATUS_OK && !act_person(&adoption, &child, ROLE(CHILD), 0)) {
		status = STATUS_NOT_FOUND;
	}
	if (status == STATUS_OK) {
		status = last_shut(&all, &last, view->reader, &child);
	}
	if (status == STATUS_OK && last == record->index) {
		status = is_shut(view, &shut, &known, &child, record->index);
		status = status == STATUS_OK && shut ? STATUS_NOT_FOUND : status;
	} else if (status == STATUS_OK) {
		status = STATUS_NOT_FOUND;
	}
	return status == STATUS_OK ? veil_face(&known, out, &adoption) : status;
}

enum status veil_add(struct view *view, struct acts *acts, const struct persona *persona)
{
	struct view all = unveiled(view, UINT64_MAX);
	uint64_t *indexes;
	size_t count = 0;
	enum status status = STATUS_OK;

	if (view->reader == NULL || !view->reader->is_needed) {
		return STATUS_OK;
	}
	status = persona_history(&all, &indexes, &count, persona, PERSONA_PERSON);
	for (size_t i = 0; status == STATUS_OK && i < count; i++) {
		struct stored_record record;
		struct act face;

		status = view_record(&all, &record, indexes[i]);
		if (status != STATUS_OK || !veil_is_full(record.event.content)) {
			continue;
		}
		status = face_for(view, &face, &record);
		if (status == STATUS_OK && acts->count + acts->voided_count == 0 &&
		    act_role(&face, &persona->person) != ROLE(CHILD)) {
			status = STATUS_NOT_FOUND; /* a parent who is not known yet */
		}
		if (status == STATUS_OK && persona->member_count > 0) {
			status = reading_for(view, &face, persona);
		}
		if (status == STATUS_OK) {
			status = acts_insert(acts, &face, view->arena);
		}
		status = status == STATUS_NOT_FOUND ? STATUS_OK : status;
	}
	return status;
}

/* Whether the document was issued before the record with this index. */
static bool is_older(const Civil__V1__PersonState *state,
                     const Civil__V1__PersonInconsistency *found, uint64_t index)
{
	for (size_t i = 0; i < state->n_documents; i++) {
		const Civil__V1__PersonDocument *document = state->documents[i];

		if (strcmp(document->document_class, found->document_class) == 0 &&
		    strcmp(document->number, found->document_number) == 0) {
			return document->provenance != NULL &&
			       document->provenance->known_from < index;
		}
	}
	return false;
}

void veil_hide_names(Civil__V1__PersonState *state, const struct acts *acts,
                     const struct id *person)
{
	for (size_t i = 0; i < acts->count; i++) {
		const struct act *face = &acts->act[i];
		size_t kept = 0;

		if (!face->veiled || act_role(face, person) != ROLE(CHILD)) {
			continue;
		}
		for (size_t n = 0; n < state->n_inconsistencies; n++) {
			Civil__V1__PersonInconsistency *found = state->inconsistencies[n];

			if (strcmp(found->field, "name") != 0 ||
			    !is_older(state, found, face->index)) {
				state->inconsistencies[kept] = found;
				kept++;
			}
		}
		state->n_inconsistencies = kept;
	}
}
