#include "ledger/base/planted.h"
#include "node/courier_internal.h"
#include "node/limits.h"

#include "civil/v1/registration_service.pb-c.h"

#include <stdlib.h>

#define MS_NS INT64_C(1000000)

enum {
	LOAD_EVENTS = 64, /* in one call: what an office writes in a day */
	/* google.rpc.Code: the ledger's own refusals of an event. All others say that the node did
	 * not get so far, and a code that is not known here must not end an event. */
	CODE_INVALID_ARGUMENT = 3,    /* malformed */
	CODE_ALREADY_EXISTS = 6,      /* its request id has served another event */
	CODE_FAILED_PRECONDITION = 9, /* it breaks rules */
};

/* What goes in one call. */
struct load {
	struct outbox_entry entries[LOAD_EVENTS];
	struct buf bytes[LOAD_EVENTS];
	struct bytes events[LOAD_EVENTS];
	size_t count;
};

enum status courier_new(struct courier **out, const struct courier_options *options)
{
	struct courier *courier = calloc(1, sizeof(*courier));

	if (courier == NULL) {
		return STATUS_NO_MEMORY;
	}
	courier->options = *options;
	choice_init(&courier->choice, options->upstream_count, options->seed);
	buf_init(&courier->answer, UPSTREAM_ANSWER_BYTES_MAX);
	arena_init(&courier->arena, 4 * UPSTREAM_ANSWER_BYTES_MAX);
	(void)pthread_mutex_init(&courier->lock, NULL);
	(void)pthread_cond_init(&courier->news, NULL);
	courier->delivered = calloc(OUTBOX_ENTRIES_MAX, sizeof(*courier->delivered));
	courier->entries = calloc(OUTBOX_ENTRIES_MAX, sizeof(*courier->entries));
	if (courier->delivered == NULL || courier->entries == NULL) {
		courier_free(courier);
		return STATUS_NO_MEMORY;
	}
	*out = courier;
	return STATUS_OK;
}

static struct delivered *find_delivered(const struct courier *courier, uint64_t number)
{
	for (size_t i = 0; i < courier->delivered_count; i++) {
		if (courier->delivered[i].number == number) {
			return &courier->delivered[i];
		}
	}
	return NULL;
}

static void note_delivered(struct courier *courier, uint64_t number, int64_t now)
{
	struct delivered *known = find_delivered(courier, number);

	if (known == NULL && courier->delivered_count < OUTBOX_ENTRIES_MAX) {
		known = &courier->delivered[courier->delivered_count];
		courier->delivered_count++;
	}
	if (known != NULL) {
		*known = (struct delivered){ .number = number, .at_ns = now };
	}
}

static void forget_delivered(struct courier *courier, uint64_t number)
{
	struct delivered *known = find_delivered(courier, number);

	if (known != NULL) {
		courier->delivered_count--;
		*known = courier->delivered[courier->delivered_count];
	}
}

/* Removes one entry if its event stands here. */
static enum status clear_one(struct courier *courier, struct view *view,
                             const struct outbox_entry *entry)
{
	struct stored_record record;
	enum status status = view_record_by_event(view, &record, bytes_of_hash(&entry->event_id));

	if (status == STATUS_OK ||
	    (PLANTED("cleared when delivered") && find_delivered(courier, entry->number) != NULL)) {
		forget_delivered(courier, entry->number);
		status = outbox_remove(courier->options.outbox, entry->number);
	}
	return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

/* True when the ledger or the outbox has grown since the last look: an event that stands already
 * may be queued once more. */
static bool is_news(const struct courier *courier, uint64_t size)
{
	struct outbox_entry entry;

	return !courier->looked || size != courier->looked_at_size ||
	       outbox_list(courier->options.outbox, &entry, 1, courier->looked_at_number) > 0;
}

/* Step 1: looks for all entries in what the ledger holds now, once for all that is new. */
static enum status clear(struct courier *courier)
{
	struct ledger_view view;
	enum status status = ledger_view_begin(courier->options.ledger, &view);

	if (status != STATUS_OK) {
		return status;
	}
	if (is_news(courier, view.view.size)) {
		size_t count = outbox_list(courier->options.outbox, courier->entries,
		                           OUTBOX_ENTRIES_MAX, 0);

		courier->looked = true;
		courier->looked_at_size = view.view.size;
		courier->looked_at_number =
		        count == 0 ? courier->looked_at_number : courier->entries[count - 1].number;
		for (size_t i = 0; status == STATUS_OK && i < count; i++) {
			status = clear_one(courier, &view.view, &courier->entries[i]);
			arena_reset(&view.arena);
		}
	}
	ledger_view_end(&view);
	return status;
}

static bool is_due(const struct courier *courier, const struct outbox_entry *entry, int64_t now)
{
	const struct delivered *known = find_delivered(courier, entry->number);

	return entry->state == OUTBOX_WAITING &&
	       (known == NULL || now - known->at_ns > COURIER_AGAIN_MS * MS_NS);
}

/* Fills a load with what is due, in order. */
static enum status gather(struct courier *courier, struct load *load, int64_t now)
{
	size_t count =
	        outbox_list(courier->options.outbox, courier->entries, OUTBOX_ENTRIES_MAX, 0);
	enum status status = STATUS_OK;
	size_t bytes = 0;

	load->count = 0;
	for (size_t i = 0; status == STATUS_OK && i < count && load->count < LOAD_EVENTS; i++) {
		const struct outbox_entry *entry = &courier->entries[i];
		struct buf *event = &load->bytes[load->count];

		if (!is_due(courier, entry, now)) {
			continue;
		}
		bytes += entry->bytes;
		if (load->count > 0 && bytes > BATCH_BYTES_MAX) {
			break;
		}
		buf_init(event, SIGNED_EVENT_BYTES_MAX);
		status = outbox_read(courier->options.outbox, entry->number, event, NULL);
		if (status == STATUS_OK) {
			load->entries[load->count] = *entry;
			load->events[load->count] = buf_bytes(event);
			load->count++;
		} else {
			buf_fini(event);
			status = status == STATUS_NOT_FOUND ? STATUS_OK : status;
		}
	}
	return status;
}

static void load_free(struct load *load)
{
	for (size_t i = 0; i < load->count; i++) {
		buf_fini(&load->bytes[i]);
	}
	free(load);
}

/* What a node says of the event with this id; a word about another event says nothing. */
enum word { UNDECIDED, DELIVERED, REFUSED };

static enum word word_of(const Civil__V1__SubmitOutcome *outcome, const struct hash *event_id)
{
	ProtobufCBinaryData about = { .len = 0 };

	if (outcome->outcome_case == CIVIL__V1__SUBMIT_OUTCOME__OUTCOME_REFUSAL) {
		int32_t code = outcome->refusal->code;

		return code == CODE_INVALID_ARGUMENT || code == CODE_ALREADY_EXISTS ||
		                       code == CODE_FAILED_PRECONDITION
		               ? REFUSED
		               : UNDECIDED;
	}
	if (outcome->outcome_case == CIVIL__V1__SUBMIT_OUTCOME__OUTCOME_RECEIPT) {
		about = outcome->receipt->event_id;
	} else if (outcome->outcome_case == CIVIL__V1__SUBMIT_OUTCOME__OUTCOME_PROVISIONAL) {
		about = outcome->provisional->event_id;
	}
	return bytes_equal(bytes_of(about.data, about.len), bytes_of_hash(event_id)) ? DELIVERED
	                                                                             : UNDECIDED;
}

static enum status keep_refusal(struct courier *courier, const struct outbox_entry *entry,
                                const Civil__V1__SubmitRefusal *refusal)
{
	struct buf packed;

	buf_init(&packed, OUTBOX_REFUSAL_BYTES_MAX);
	uint8_t *bytes = buf_extend(&packed, civil__v1__submit_refusal__get_packed_size(refusal));
	if (bytes != NULL) {
		(void)civil__v1__submit_refusal__pack(refusal, bytes);
	}
	enum status status =
	        outbox_refuse(courier->options.outbox, entry->number, buf_bytes(&packed));
	buf_fini(&packed);
	return status == STATUS_NOT_FOUND ? STATUS_OK : status; /* dismissed meanwhile */
}

/* Takes the outcomes in order. `*decided` is false when one of them was none. */
static enum status take_outcomes(struct courier *courier, const struct load *load,
                                 const Civil__V1__SubmitBatchResponse *response, bool *decided,
                                 int64_t now)
{
	enum status status = STATUS_OK;

	*decided = response->n_outcomes == load->count;
	for (size_t i = 0; status == STATUS_OK && i < load->count && i < response->n_outcomes;
	     i++) {
		const Civil__V1__SubmitOutcome *outcome = response->outcomes[i];
		const struct outbox_entry *entry = &load->entries[i];
		enum word word = word_of(outcome, &entry->event_id);

		*decided = *decided && word != UNDECIDED;
		if (word == DELIVERED) {
			note_delivered(courier, entry->number, now);
		} else if (word == REFUSED && *decided) {
			status = keep_refusal(courier, entry, outcome->refusal);
		}
	}
	return status;
}

/* Step 2. `*worked`: the upstream decided all of it. */
static enum status deliver(struct courier *courier, const struct load *load, bool *worked,
                           int64_t now, struct detail *detail)
{
	struct upstream *upstream = courier->options.upstreams[courier->choice.current];

	*worked = false;
	enum status status = upstream_submit(upstream, &courier->answer, load->events, load->count,
	                                     COURIER_TIMEOUT_MS, detail);
	if (status != STATUS_OK) {
		return status == STATUS_NO_MEMORY ? status : STATUS_OK;
	}
	arena_reset(&courier->arena);
	Civil__V1__SubmitBatchResponse *response = civil__v1__submit_batch_response__unpack(
	        &courier->arena.allocator, courier->answer.size, courier->answer.data);
	return response == NULL ? STATUS_OK : take_outcomes(courier, load, response, worked, now);
}

static enum status send_due(struct courier *courier, struct courier_update *update,
                            struct detail *detail)
{
	int64_t now = clock_monotonic_ns(courier->options.clock);
	struct load *load;
	bool worked = false;
	int64_t at;

	update->at_ns = now + COURIER_AGAIN_MS * MS_NS;
	if (!choice_pick(&courier->choice, now, &at)) {
		update->at_ns = at;
		return STATUS_OK;
	}
	load = calloc(1, sizeof(*load));
	if (load == NULL) {
		return STATUS_NO_MEMORY;
	}
	enum status status = gather(courier, load, now);
	if (status == STATUS_OK && load->count > 0) {
		status = deliver(courier, load, &worked, now, detail);
		update->progress = status == STATUS_OK;
		if (worked) {
			choice_worked(&courier->choice, courier->choice.current);
		} else {
			choice_failed(&courier->choice, courier->choice.current, now);
		}
	}
	load_free(load);
	return status;
}

enum status courier_step(struct courier *courier, struct courier_update *update,
                         struct detail *detail)
{
	*update = (struct courier_update){ .progress = false };
	detail_set(detail, "", "%s", "");
	enum status status = clear(courier);

	return status == STATUS_OK ? send_due(courier, update, detail) : status;
}

void courier_free(struct courier *courier)
{
	if (courier == NULL) {
		return;
	}
	(void)pthread_mutex_lock(&courier->lock);
	courier->stopping = true;
	(void)pthread_cond_signal(&courier->news);
	(void)pthread_mutex_unlock(&courier->lock);
	if (courier->running) {
		for (size_t i = 0; i < courier->options.upstream_count; i++) {
			upstream_stop(courier->options.upstreams[i]);
		}
		(void)pthread_join(courier->thread, NULL);
	}
	(void)pthread_mutex_destroy(&courier->lock);
	(void)pthread_cond_destroy(&courier->news);
	buf_fini(&courier->answer);
	arena_fini(&courier->arena);
	free(courier->delivered);
	free(courier->entries);
	free(courier);
}
