#include "ledger/person/persona.h"

#include "ledger/authority/authority.h"

#include <stdlib.h>

#define NO_MERGE UINT64_MAX

static struct id id_of(ProtobufCBinaryData field)
{
	struct id id = { { 0 } };

	if (field.len == ID_BYTES) {
		memcpy(id.bytes, field.data, ID_BYTES);
	}
	return id;
}

/* A merge or unmerge: the two it names, by role. */
struct link {
	uint64_t index;
	struct hash event_id;
	const Civil__V1__Content *content;
	struct id survivor;
	struct id absorbed;
	bool undone;
};

struct loading {
	struct view *view;
	struct persona *persona;
	struct link *links;
	size_t link_count;
	size_t link_room;
};

static size_t find(const struct persona *persona, const struct id *person)
{
	size_t i = 0;

	while (i < persona->member_count && !id_equal(&persona->members[i].id, person)) {
		i++;
	}
	return i;
}

static enum status add_member(struct loading *loading, const struct id *person)
{
	struct persona *persona = loading->persona;
	size_t at = find(persona, person);

	if (at < persona->member_count) {
		return STATUS_OK;
	}
	if (at == PERSONA_MEMBERS_MAX) {
		return STATUS_OUT_OF_RANGE;
	}
	struct persona_member *member = &persona->members[at];

	*member = (struct persona_member){ .id = *person, .root = at, .absorbed_at = NO_MERGE };
	for (size_t g = 0; g < PERSONA_GROUPS; g++) {
		member->winner[g] = at;
	}
	persona->member_count++;
	return STATUS_OK;
}

static bool is_link(const struct stored_record *record)
{
	const Civil__V1__Content *content = record->event.content;

	return record->event.header->step == CIVIL__V1__EVENT_STEP__EVENT_STEP_REGISTERED &&
	       content != NULL &&
	       (content->kind_case == CIVIL__V1__CONTENT__KIND_MERGE ||
	        content->kind_case == CIVIL__V1__CONTENT__KIND_UNMERGE);
}

static bool known_link(const struct loading *loading, uint64_t index)
{
	for (size_t i = 0; i < loading->link_count; i++) {
		if (loading->links[i].index == index) {
			return true;
		}
	}
	return false;
}

static enum status add_link(struct loading *loading, const struct stored_record *record)
{
	const struct event *event = &record->event;
	int survivor = event_subject_of_role(event->header,
	                                     CIVIL__V1__SUBJECT_ROLE__SUBJECT_ROLE_SURVIVOR, 0);
	int absorbed = event_subject_of_role(event->header,
	                                     CIVIL__V1__SUBJECT_ROLE__SUBJECT_ROLE_ABSORBED, 0);

	if (survivor < 0 || absorbed < 0) {
		return STATUS_OK; /* rules refuse it; a fold must not stop */
	}
	if (loading->link_count == loading->link_room) {
		size_t room = loading->link_room == 0 ? 8 : 2 * loading->link_room;
		struct link *grown = arena_array(loading->view->arena, room, sizeof(*grown));

		if (grown == NULL) {
			return STATUS_NO_MEMORY;
		}
		for (size_t i = 0; i < loading->link_count; i++) {
			grown[i] = loading->links[i];
		}
		loading->links = grown;
		loading->link_room = room;
	}
	struct link *link = &loading->links[loading->link_count];

	*link = (struct link){
		.index = record->index,
		.event_id = event->id,
		.content = event->content,
		.survivor = event_subject_id(event, (size_t)survivor),
		.absorbed = event_subject_id(event, (size_t)absorbed),
	};
	loading->link_count++;
	enum status status = add_member(loading, &link->survivor);
	return status == STATUS_OK ? add_member(loading, &link->absorbed) : status;
}

/* Takes the links in the history of one member; members grow while they are walked. */
static enum status read_links(struct loading *loading, const struct id *person)
{
	uint64_t *indexes;
	size_t count;
	enum status status = view_history(loading->view, &indexes, &count, person);

	for (size_t i = 0; status == STATUS_OK && i < count; i++) {
		struct stored_record record;

		status = view_record(loading->view, &record, indexes[i]);
		if (status == STATUS_OK && is_link(&record) && !known_link(loading, record.index)) {
			status = add_link(loading, &record);
		}
	}
	return status;
}

static int compare_links(const void *left, const void *right)
{
	const struct link *a = left;
	const struct link *b = right;

	return a->index < b->index ? -1 : a->index > b->index;
}

static void undo(struct loading *loading, const struct link *unmerge)
{
	ProtobufCBinaryData target = unmerge->content->unmerge->target;

	for (size_t i = 0; i < loading->link_count; i++) {
		if (bytes_equal(bytes_of_hash(&loading->links[i].event_id),
		                bytes_of(target.data, target.len))) {
			loading->links[i].undone = true;
		}
	}
}

static void merge(struct persona *persona, const struct link *link)
{
	const Civil__V1__Merge *content = link->content->merge;
	size_t survivor = persona->members[find(persona, &link->survivor)].root;
	size_t absorbed = persona->members[find(persona, &link->absorbed)].root;

	if (survivor == absorbed) {
		return;
	}
	for (size_t w = 0; w < content->n_winners; w++) {
		size_t group = (size_t)content->winners[w]->group;

		if (group < PERSONA_GROUPS &&
		    content->winners[w]->winner == CIVIL__V1__MERGE_SIDE__MERGE_SIDE_ABSORBED) {
			persona->members[survivor].winner[group] =
			        persona->members[absorbed].winner[group];
		}
	}
	persona->members[absorbed].absorbed_at = link->index;
	for (size_t m = 0; m < persona->member_count; m++) {
		if (persona->members[m].root == absorbed) {
			persona->members[m].root = survivor;
		}
	}
}

/* Acts that an unmerge gives to another id: those of later ones are read last, and so count. */
static enum status take_moves(struct loading *loading)
{
	struct persona *persona = loading->persona;
	size_t room = 0;

	for (size_t i = 0; i < loading->link_count; i++) {
		const Civil__V1__Content *content = loading->links[i].content;

		room += content->kind_case == CIVIL__V1__CONTENT__KIND_UNMERGE
		                ? content->unmerge->n_reassign
		                : 0;
	}
	persona->moves = arena_array(loading->view->arena, room, sizeof(*persona->moves));
	if (persona->moves == NULL) {
		return STATUS_NO_MEMORY;
	}
	for (size_t i = 0; i < loading->link_count && room > 0; i++) {
		const Civil__V1__Content *content = loading->links[i].content;

		for (size_t r = 0; content->kind_case == CIVIL__V1__CONTENT__KIND_UNMERGE &&
		                   r < content->unmerge->n_reassign;
		     r++) {
			const Civil__V1__Reassignment *move = content->unmerge->reassign[r];

			persona->moves[persona->move_count] =
			        (struct persona_move){ .index = move->record_index,
				                       .person = id_of(move->person_id) };
			persona->move_count++;
		}
	}
	return STATUS_OK;
}

static enum status join(struct loading *loading)
{
	struct persona *persona = loading->persona;

	if (loading->link_count > 1) {
		qsort(loading->links, loading->link_count, sizeof(*loading->links), compare_links);
	}
	for (size_t i = 0; i < loading->link_count; i++) {
		if (loading->links[i].content->kind_case == CIVIL__V1__CONTENT__KIND_UNMERGE) {
			undo(loading, &loading->links[i]);
		}
	}
	for (size_t i = 0; i < loading->link_count; i++) {
		if (loading->links[i].content->kind_case == CIVIL__V1__CONTENT__KIND_MERGE &&
		    !loading->links[i].undone) {
			merge(persona, &loading->links[i]);
		}
	}
	persona->person = persona_root(persona, &persona->person);
	return take_moves(loading);
}

/* Whether the person was ever named by a merge below the view's size. */
static enum status ever_merged(struct view *view, bool *merged, const struct id *person)
{
	struct id other;
	uint64_t index;
	enum status status = authority_any_merged(view, merged);

	if (status != STATUS_OK || !*merged) {
		return status;
	}
	status = view_number(view, &other, &index, NUMBER_MERGED, bytes_of_id(person));
	*merged = status == STATUS_OK;
	return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

enum status persona_load(struct view *view, struct persona *out, const struct id *person)
{
	struct loading loading = { .view = view, .persona = out };
	bool merged;
	enum status status = ever_merged(view, &merged, person);

	*out = (struct persona){ .person = *person };
	if (status != STATUS_OK || !merged) {
		return status;
	}
	out->members = arena_array(view->arena, PERSONA_MEMBERS_MAX, sizeof(*out->members));
	if (out->members == NULL) {
		return STATUS_NO_MEMORY;
	}
	status = add_member(&loading, person);
	for (size_t i = 0; status == STATUS_OK && i < out->member_count; i++) {
		status = read_links(&loading, &out->members[i].id);
	}
	return status == STATUS_OK ? join(&loading) : status;
}

enum status persona_resolve(struct view *view, struct id *person)
{
	struct persona persona;
	enum status status = persona_load(view, &persona, person);

	if (status == STATUS_OK) {
		*person = persona.person;
	}
	return status;
}

struct id persona_named(const struct persona *persona, uint64_t index, const struct id *named)
{
	if (find(persona, named) == persona->member_count) {
		return *named;
	}
	for (size_t i = persona->move_count; i > 0; i--) {
		if (persona->moves[i - 1].index == index) {
			return persona->moves[i - 1].person;
		}
	}
	return *named;
}

struct id persona_root(const struct persona *persona, const struct id *person)
{
	size_t at = find(persona, person);

	return at == persona->member_count ? *person
	                                   : persona->members[persona->members[at].root].id;
}

bool persona_wins(const struct persona *persona, const struct id *named,
                  Civil__V1__MergeGroup group)
{
	size_t at = find(persona, named);

	if (at == persona->member_count || (size_t)group >= PERSONA_GROUPS) {
		return true;
	}
	return persona->members[persona->members[at].root].winner[group] == at;
}
