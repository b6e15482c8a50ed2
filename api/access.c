#include "api/access.h"

#include "api/outcome.h"
#include "ledger/base/limits.h"

/* A batch at its largest, admitted once more: 16 bytes for one. */
enum { REFUSED_ARENA_BYTES_MAX = 4 * 16 * BATCH_BYTES_MAX };

/* An answer that waits for its entry; in the call's arena. */
struct held {
	struct access_item item;
	struct access_draft draft;
	Civil__V1__AccessEntry entry;
	struct rpc_call *call;
	struct bytes packed;
	enum status status;
	struct detail detail;
};

/* "QueryService/GetPerson" of "/civil.v1.QueryService/GetPerson". */
static const char *call_name(const struct rpc_call *call)
{
	static const char prefix[] = "/civil.v1.";
	const char *path = rpc_call_method(call)->path;
	size_t skipped = strncmp(path, prefix, sizeof(prefix) - 1) == 0 ? sizeof(prefix) - 1 : 0;

	return path + skipped;
}

static bool set_text(char **out, const char *text, struct arena *arena)
{
	char *copy = arena_string(arena, text);

	*out = copy == NULL ? *out : copy;
	return copy != NULL;
}

static bool set_bytes(ProtobufCBinaryData *out, struct bytes bytes, struct arena *arena)
{
	*out = (ProtobufCBinaryData){ .data = arena_copy(arena, bytes), .len = bytes.size };
	return out->data != NULL;
}

/* When, what and by whom. */
static bool fill(Civil__V1__AccessEntry *entry, const struct rpc_call *call,
                 const struct services *services, enum status status, struct arena *arena)
{
	const struct rpc_peer *peer = rpc_call_peer(call);

	civil__v1__access_entry__init(entry);
	entry->at_ms = clock_now_ms(node_clock(services->node));
	bool filled = set_text(&entry->call, call_name(call), arena) &&
	              set_text(&entry->result, status_name(status), arena);
	if (peer->authenticated) {
		filled = filled &&
		         set_text(&entry->caller, peer->names_count == 0 ? "" : peer->names[0],
		                  arena) &&
		         set_bytes(&entry->certificate, bytes_of_hash(&peer->fingerprint), arena);
	}
	return filled;
}

static void held_kept(struct access_item *item)
{
	struct held *held = item->context;

	if (held->status == STATUS_OK) {
		rpc_call_reply_bytes(held->call, held->packed);
	} else {
		rpc_call_refuse(held->call, held->status, &held->detail);
	}
}

/* Whom the reading is about, and who of them is told. */
static enum status add_persons(struct held *held, struct view *view, const struct reader *reader,
                               struct arena *arena)
{
	const struct concerned *concerned = reader->concerned;
	Civil__V1__AccessEntry *entry = &held->entry;
	struct id *told = arena_array(arena, concerned->count, sizeof(*told));

	entry->person_ids = arena_array(arena, concerned->count, sizeof(*entry->person_ids));
	if (concerned->failed || told == NULL || entry->person_ids == NULL) {
		return STATUS_NO_MEMORY;
	}
	held->draft.told = told;
	entry->unsealed = reader->opened_count > 0;
	for (size_t i = 0; i < concerned->count; i++) {
		const struct id *person = &concerned->persons[i];
		bool tell = true;

		if (!set_bytes(&entry->person_ids[i], bytes_of_id(person), arena)) {
			return STATUS_NO_MEMORY;
		}
		entry->n_person_ids++;
		if (entry->unsealed) {
			enum status status = reader_opened_for(reader, &tell, view, person);

			if (status != STATUS_OK) {
				return status;
			}
		}
		if (tell) {
			told[held->draft.told_count] = *person;
			held->draft.told_count++;
		}
	}
	return STATUS_OK;
}

static enum status hold(struct held *held, struct view *view, const struct reader *reader,
                        const Civil__V1__ReadContext *read, const struct access_answer *answer,
                        struct arena *arena)
{
	Civil__V1__AccessEntry *entry = &held->entry;

	if (read != NULL && (!set_text(&entry->purpose, read->purpose, arena) ||
	                     !set_text(&entry->case_reference, read->case_reference, arena))) {
		return STATUS_NO_MEMORY;
	}
	if (answer->status == STATUS_OK) {
		size_t size = protobuf_c_message_get_packed_size(answer->response);
		uint8_t *packed = arena_alloc(arena, size);

		if (packed == NULL) {
			return STATUS_NO_MEMORY;
		}
		held->packed = bytes_of(packed, protobuf_c_message_pack(answer->response, packed));
	} else {
		held->detail = *answer->detail;
	}
	enum status status = add_persons(held, view, reader, arena);
	return status == STATUS_OK && !access_log_holds(entry) ? STATUS_NO_MEMORY : status;
}

void access_reply(struct rpc_call *call, struct services *services, struct view *view,
                  const struct reader *reader, const Civil__V1__ReadContext *read,
                  const struct access_answer *answer)
{
	struct arena *arena = rpc_call_arena(call);
	struct held *held = arena_alloc(arena, sizeof(*held));
	enum status status = STATUS_NO_MEMORY;

	if (held != NULL && fill(&held->entry, call, services, answer->status, arena)) {
		held->call = call;
		held->status = answer->status;
		status = hold(held, view, reader, read, answer, arena);
	}
	if (status != STATUS_OK) {
		rpc_call_refuse(call, status, NULL);
		return;
	}
	held->draft.entry = &held->entry;
	held->item = (struct access_item){
		.drafts = &held->draft, .count = 1, .kept = held_kept, .context = held
	};
	access_writer_add(node_access(services->node), &held->item);
}

/* Findings of one rule follow each other. */
static bool is_last_rule(const Civil__V1__RefusedAttempt *attempt, const char *rule)
{
	return attempt->n_rules > 0 && strcmp(attempt->rules[attempt->n_rules - 1], rule) == 0;
}

static bool add_rules(Civil__V1__RefusedAttempt *attempt, const struct verdict *verdict,
                      struct arena *arena)
{
	attempt->rules = arena_array(arena, verdict->finding_count, sizeof(*attempt->rules));
	for (size_t i = 0; attempt->rules != NULL && i < verdict->finding_count; i++) {
		const Civil__V1__RuleFinding *finding = verdict->findings[i];

		if (outcome_is_refusing(finding) && !is_last_rule(attempt, finding->rule)) {
			attempt->rules[attempt->n_rules] = arena_string(arena, finding->rule);
			if (attempt->rules[attempt->n_rules] == NULL) {
				return false;
			}
			attempt->n_rules++;
		}
	}
	return attempt->rules != NULL;
}

static bool add_keys(Civil__V1__RefusedAttempt *attempt, const struct event *event,
                     struct arena *arena)
{
	attempt->key_ids = arena_array(arena, event->signature_count, sizeof(*attempt->key_ids));
	for (size_t i = 0; attempt->key_ids != NULL && i < event->signature_count; i++) {
		struct hash key = crypto_key_id(event->signatures[i]->public_key.data);

		if (!set_bytes(&attempt->key_ids[i], bytes_of_hash(&key), arena)) {
			return false;
		}
		attempt->n_key_ids++;
	}
	return attempt->key_ids != NULL;
}

/* The name of the content's member: that of the kind, but for steps. */
static const char *told_by(const struct event *event)
{
	const ProtobufCFieldDescriptor *member = protobuf_c_message_descriptor_get_field(
	        &civil__v1__content__descriptor, event->content->kind_case);

	return member == NULL ? "" : member->name;
}

/* The entry of one refused event; it was admitted before, so it parses. */
static bool add_attempt(Civil__V1__AccessEntry *entry, struct bytes signed_event,
                        const struct ledger_result *result, struct arena *arena)
{
	Civil__V1__RefusedAttempt *attempt = arena_alloc(arena, sizeof(*attempt));
	struct event event;

	if (attempt == NULL || event_admit(&event, signed_event, arena, NULL) != STATUS_OK) {
		return false;
	}
	civil__v1__refused_attempt__init(attempt);
	entry->attempt = attempt;
	return set_bytes(&attempt->event_id, bytes_of_hash(&event.id), arena) &&
	       set_text(&attempt->kind, told_by(&event), arena) &&
	       set_text(&attempt->office_id, event.header->office_id, arena) &&
	       add_keys(attempt, &event, arena) && add_rules(attempt, &result->verdict, arena);
}

static void hold_kept(struct access_item *item)
{
	struct access_hold *hold = item->context;

	arena_fini(&hold->arena);
	hold->then(hold->submission); /* the hold goes with it */
}

static bool add_draft(struct access_hold *hold, const struct rpc_call *call,
                      const struct services *services, size_t i)
{
	const struct submission *submission = hold->submission;
	struct access_item *item = &hold->item;

	if (item->drafts == NULL) {
		item->drafts = arena_array(&hold->arena, submission->count, sizeof(*item->drafts));
	}
	Civil__V1__AccessEntry *entry = arena_alloc(&hold->arena, sizeof(*entry));
	if (item->drafts == NULL || entry == NULL ||
	    !fill(entry, call, services, STATUS_REFUSED, &hold->arena) ||
	    !add_attempt(entry, submission->events[i], &submission->results[i], &hold->arena) ||
	    !access_log_holds(entry)) {
		return false;
	}
	item->drafts[item->count].entry = entry;
	item->count++;
	return true;
}

void access_hold(struct access_hold *hold, struct rpc_call *call, struct services *services,
                 struct submission *submission, bool in_turn,
                 void (*then)(struct submission *submission))
{
	*hold = (struct access_hold){ .submission = submission, .then = then };
	hold->item.kept = hold_kept;
	hold->item.context = hold;
	arena_init(&hold->arena, REFUSED_ARENA_BYTES_MAX);
	for (size_t i = 0; i < submission->count; i++) {
		if (submission->results[i].status == STATUS_REFUSED &&
		    !add_draft(hold, call, services, i)) {
			submission->results[i].status = STATUS_NO_MEMORY;
		}
	}
	if (hold->item.count > 0 || in_turn) {
		access_writer_add(node_access(services->node), &hold->item);
	} else {
		hold_kept(&hold->item);
	}
}
