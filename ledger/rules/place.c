#include "ledger/rules/place.h"

#include "ledger/event/message.h"
#include "ledger/event/partial_date.h"
#include "ledger/rules/standing.h"

/* Messages lie at most this deep in a content: content, kind, issue, snapshot, address. */
enum { DEPTH_MAX = 8 };

struct walk {
	struct judgement *j;
	struct named_place *out;
	size_t count;
	bool dated; /* else S07: there is no day that codes refer to */
	struct interval refers_to;
	bool declared; /* the same for a child's address */
	int32_t declared_day;
	const char *field[DEPTH_MAX]; /* names on the way down */
	size_t depth;
};

static const char *walk_path(struct walk *walk)
{
	const char *path = "content";

	for (size_t i = 0; i < walk->depth && path != NULL; i++) {
		path = arena_printf(walk->j->view->arena, "%s.%s", path, walk->field[i]);
	}
	(void)judgement_settle(walk->j, path == NULL ? STATUS_NO_MEMORY : STATUS_OK);
	return path == NULL ? "" : path;
}

/* Where a child will live is told on the day of declaration. */
static bool is_child_address(const struct walk *walk)
{
	return strcmp(walk->field[walk->depth - 1], "child_address") == 0;
}

/* What an address was called is told as of the day before. */
static bool is_old_address(const struct walk *walk)
{
	return strcmp(walk->field[walk->depth - 1], "old_address") == 0;
}

/* A number is given where the holder was born, or lives: either day will do. */
static void set_exception(struct walk *walk, struct named_place *place)
{
	struct matter *own = &walk->j->own;

	if (is_child_address(walk)) {
		place->refers_to = interval_of_day(walk->declared_day);
	}
	if (is_old_address(walk)) {
		place->refers_to.earliest--;
		place->refers_to.latest--;
	}
	if (own->kind != NULL && own->kind->id == KIND_NUMBER_ALLOCATED && own->party_count > 0) {
		place->or_refers_to_set =
		        party_birth(walk->j, &own->parties[0], &place->or_refers_to);
	}
}

static void add(struct walk *walk, const char *code, const char *gazetteer)
{
	if (walk->count == NAMED_PLACES_MAX || code[0] == '\0') {
		return;
	}
	struct named_place *place = &walk->out[walk->count];

	*place = (struct named_place){ .code = code,
		                       .gazetteer = gazetteer,
		                       .path = walk_path(walk),
		                       .refers_to = walk->refers_to };
	set_exception(walk, place);
	walk->count += is_child_address(walk) ? walk->declared : walk->dated;
}

/* Goes down the message. Types never contain themselves, so the depth is that of the types. */
static void visit(struct walk *walk, const ProtobufCMessage *message)
{
	const ProtobufCMessageDescriptor *type = message->descriptor;

	if (type == &civil__v1__place__descriptor) {
		const Civil__V1__Place *place = (const Civil__V1__Place *)message;

		add(walk, place->code, place->gazetteer);
		return;
	}
	if (type == &civil__v1__address__descriptor) {
		const Civil__V1__Address *address = (const Civil__V1__Address *)message;

		add(walk, address->code, address->gazetteer);
		return;
	}
	for (unsigned f = 0; f < type->n_fields && walk->depth < DEPTH_MAX; f++) {
		const ProtobufCFieldDescriptor *field = &type->fields[f];

		if (field->type != PROTOBUF_C_TYPE_MESSAGE) {
			continue;
		}
		size_t count = message_count(message, field);

		walk->field[walk->depth] = field->name;
		walk->depth++;
		for (size_t i = 0; i < count; i++) {
			visit(walk, message_message(message, field, i));
		}
		walk->depth--;
	}
}

/* A correction is judged by the places of its target, as they will be. */
static size_t places_of_corrected(struct judgement *j, struct walk *walk)
{
	const struct matter *corrected = &j->target_corrected;

	if (corrected->message == NULL || !corrected->dated) {
		return 0; /* S07 or S12 */
	}
	walk->dated = true;
	walk->declared = corrected->declared;
	walk->refers_to = corrected->valid;
	walk->declared_day = corrected->declared_day;
	visit(walk, &corrected->content->base);
	return walk->count;
}

size_t places_of_content(struct judgement *j, struct named_place out[NAMED_PLACES_MAX])
{
	const struct matter *own = &j->own;
	const Civil__V1__Content *content =
	        j->step == STEP(NOTIFIED) ? j->event->content : own->content;
	struct walk walk = { .j = j, .out = out, .declared_day = own->declared_day };

	if (content == NULL || (j->kind == NULL && j->step != STEP(NOTIFIED))) {
		return 0; /* S07: no kind, so no day that a code refers to */
	}
	walk.dated = own->dated;
	walk.declared = own->declared;
	walk.refers_to = own->valid;
	if (content->kind_case == CONTENT_CASE(NOTIFICATION)) {
		walk.dated = partial_date_interval(&walk.refers_to, content->notification->date,
		                                   j->recorded_day);
	} else if (content->kind_case == CONTENT_CASE(CORRECTION)) {
		return places_of_corrected(j, &walk);
	}
	visit(&walk, &content->base);
	return walk.count;
}
