#include "api/log_page.h"
#include "api/outcome.h"
#include "ledger/base/assert.h"
#include "ledger/base/crypto.h"
#include "ledger/log/checkpoint.h"
#include "ledger/log/tree.h"
#include "tests/support/simulator/province_internal.h"

#include "civil/v1/registration_service.pb-c.h"

#include <stdlib.h>

enum { CODE_BROKEN_RULES = 9 /* google.rpc.Code: FAILED_PRECONDITION */ };

static struct way *of(struct upstream *upstream)
{
	return (struct way *)(void *)upstream;
}

/* Whether a call reaches the member. */
static enum status reach(const struct way *way)
{
	struct world *world = way->province->world;

	if (!way->member->up || way->province->cut_until_ns > world->schedule.now_ns) {
		return STATUS_UNAVAILABLE;
	}
	return faults_strike(world, world->weather.message_lost) ? STATUS_TIMEOUT : STATUS_OK;
}

/* An answer on its way back. */
static void spoil(const struct way *way, struct buf *out)
{
	struct world *world = way->province->world;

	if (out->size > 0 && faults_strike(world, world->weather.spoiled)) {
		uint32_t bit = random_below(&world->schedule.chance, (uint32_t)(8 * out->size));

		out->data[bit / 8] ^= (uint8_t)(1U << (bit % 8));
	}
}

/* What a member signs: what a power cut leaves there. */
static void sign(const struct way *way, struct view *view, struct buf *note)
{
	const struct note_key *key = &way->province->keys[way->member->index];
	struct checkpoint checkpoint = { .head = { .size = way->member->floor.size } };
	struct buf text;

	memcpy(checkpoint.origin, key->name, strlen(key->name) + 1);
	enum status status = tree_root_at(view->store, &checkpoint.head.root, checkpoint.head.size);
	ASSERT(status == STATUS_OK);
	buf_init(&text, CHECKPOINT_TEXT_MAX);
	checkpoint_format(&text, &checkpoint);
	note_begin(note, buf_bytes(&text));
	note_sign(note, buf_bytes(&text), key, way->secret_key);
	ASSERT(buf_status(note) == STATUS_OK);
	buf_fini(&text);
}

static enum status checkpoint(struct upstream *upstream, struct buf *out, uint64_t size,
                              int timeout_ms, struct detail *detail)
{
	struct way *way = of(upstream);
	Civil__V1__GetCheckpointRequest request;
	struct ledger_view view;
	struct buf note;
	enum status status = reach(way);

	(void)timeout_ms;
	if (status == STATUS_OK) {
		status = ledger_view_begin(way->member->ledger, &view);
	}
	if (status != STATUS_OK) {
		return status;
	}
	buf_init(&note, CHECKPOINT_NOTE_MAX);
	if (way->member->floor.size <= view.head.size) {
		sign(way, &view.view, &note);
	}
	civil__v1__get_checkpoint_request__init(&request);
	request.size = size;
	request.proof = true;
	const struct log_notes notes = { .own = buf_bytes(&note) };
	status = log_checkpoint(&view.view, out, &notes, &request, detail);
	ledger_view_end(&view);
	buf_fini(&note);
	spoil(way, out);
	return status;
}

static enum status records(struct upstream *upstream, struct buf *out,
                           const struct upstream_range *range, int timeout_ms,
                           struct detail *detail)
{
	struct way *way = of(upstream);
	Civil__V1__ListRecordsRequest request;
	struct ledger_view view;
	enum status status = reach(way);

	(void)timeout_ms;
	if (status == STATUS_OK) {
		status = ledger_view_begin(way->member->ledger, &view);
	}
	if (status != STATUS_OK) {
		return status;
	}
	civil__v1__list_records_request__init(&request);
	request.from = range->from;
	request.page_size = (int32_t)range->count;
	request.with_content = true;
	request.proven_in = range->proven_in;
	status = log_page(&view.view, out, &request, detail);
	ledger_view_end(&view);
	spoil(way, out);
	return status;
}

static size_t number_of(const struct province *province, struct bytes event)
{
	size_t i = 0;

	while (!bytes_equal(province->world->workload->lanes[PROVINCE_LANE][i], event)) {
		i++;
		ASSERT(i < WORKLOAD_LANE_EVENTS);
	}
	return i;
}

/* One outcome for each event; nothing is known of some. False when nothing is known of any. */
static bool answer(struct province *province, struct buf *out, const struct bytes *events,
                   size_t count)
{
	Civil__V1__SubmitBatchResponse response;
	Civil__V1__SubmitOutcome outcomes[WORKLOAD_LANE_EVENTS];
	Civil__V1__SubmitOutcome *list[WORKLOAD_LANE_EVENTS];
	Civil__V1__Receipt receipts[WORKLOAD_LANE_EVENTS];
	Civil__V1__SubmitRefusal refusal;
	bool known = false;

	civil__v1__submit_batch_response__init(&response);
	civil__v1__submit_refusal__init(&refusal);
	refusal.code = CODE_BROKEN_RULES;
	for (size_t i = 0; i < count; i++) {
		size_t number = number_of(province, events[i]);
		struct brought *brought = &province->brought[number];
		struct hash id = province->world->workload->ids[PROVINCE_LANE][number];

		civil__v1__submit_outcome__init(&outcomes[i]);
		civil__v1__receipt__init(&receipts[i]);
		list[i] = &outcomes[i];
		if (brought->status == STATUS_OK) {
			receipts[i].event_id.data = province->receipt_ids[number];
			receipts[i].event_id.len = HASH_BYTES;
			memcpy(province->receipt_ids[number], id.bytes, HASH_BYTES);
			outcomes[i].outcome_case = CIVIL__V1__SUBMIT_OUTCOME__OUTCOME_RECEIPT;
			outcomes[i].receipt = &receipts[i];
		} else if (brought->status == STATUS_REFUSED) {
			outcomes[i].outcome_case = CIVIL__V1__SUBMIT_OUTCOME__OUTCOME_REFUSAL;
			outcomes[i].refusal = &refusal;
		}
		known = known || brought->status != STATUS_TIMEOUT;
		brought->status = STATUS_TIMEOUT; /* told once */
	}
	if (!known) {
		return false;
	}
	response.outcomes = list;
	response.n_outcomes = count;
	buf_reset(out);
	uint8_t *packed =
	        buf_extend(out, civil__v1__submit_batch_response__get_packed_size(&response));
	ASSERT(packed != NULL);
	(void)civil__v1__submit_batch_response__pack(&response, packed);
	return true;
}

static void bring(struct way *way, const struct bytes *events, size_t count)
{
	struct province *province = way->province;
	struct ticket *ticket = calloc(1, sizeof(*ticket));

	ASSERT(ticket != NULL);
	ticket->lane = PROVINCE_LANE;
	ticket->submission.count = count;
	for (size_t i = 0; i < count; i++) {
		ticket->numbers[i] = number_of(province, events[i]);
		ticket->events[i] =
		        province->world->workload->lanes[PROVINCE_LANE][ticket->numbers[i]];
		province->brought[ticket->numbers[i]] =
		        (struct brought){ .under_way = true, .status = STATUS_TIMEOUT };
	}
	member_take(way->member, ticket);
}

static bool is_under_way(const struct province *province)
{
	for (size_t i = 0; i < WORKLOAD_LANE_EVENTS; i++) {
		if (province->brought[i].under_way) {
			return true;
		}
	}
	return false;
}

/* Lets other things happen until the member has answered, or has fallen, or it takes too long. */
static void await(struct province *province, int timeout_ms)
{
	struct world *world = province->world;
	int64_t until_ns = world->schedule.now_ns + timeout_ms * INT64_C(1000000);

	province->calling = true;
	while (is_under_way(province) && !province->fell && world->run.failure[0] == '\0' &&
	       world->schedule.now_ns < until_ns && schedule_step(&world->schedule, world)) {
	}
	province->calling = false;
}

static enum status submit(struct upstream *upstream, struct buf *out, const struct bytes *events,
                          size_t count, int timeout_ms, struct detail *detail)
{
	struct way *way = of(upstream);
	struct world *world = way->province->world;
	enum status status = reach(way);

	(void)detail;
	if (is_under_way(way->province)) {
		return STATUS_TIMEOUT;
	}
	if (status != STATUS_OK) {
		return status;
	}
	bring(way, events, count);
	await(way->province, timeout_ms);
	if (way->province->fell) {
		return STATUS_UNAVAILABLE;
	}
	if (!answer(way->province, out, events, count)) {
		return STATUS_TIMEOUT;
	}
	spoil(way, out);
	return faults_strike(world, world->weather.client_cut) ? STATUS_TIMEOUT : STATUS_OK;
}

void province_answered(struct province *province, const struct ticket *ticket)
{
	for (size_t i = 0; i < ticket->submission.count; i++) {
		enum status status = ticket->results[i].status;
		bool decided = status == STATUS_OK || status == STATUS_REFUSED;

		province->brought[ticket->numbers[i]] = (struct brought){
			.status = decided ? status : STATUS_TIMEOUT,
		};
	}
}

void province_dropped(struct province *province)
{
	for (size_t i = 0; i < WORKLOAD_LANE_EVENTS; i++) {
		if (province->brought[i].under_way) {
			province->brought[i] = (struct brought){ .status = STATUS_TIMEOUT };
		}
	}
}

void ways_init(struct province *province)
{
	static const struct upstream_methods methods = {
		.checkpoint = checkpoint,
		.records = records,
		.submit = submit,
	};

	for (size_t i = 0; i < MEMBERS; i++) {
		const uint8_t seed[32] = { (uint8_t)(i + 1) };
		struct member *member = &province->world->members[i];
		struct way *way = &province->ways[i];
		uint8_t public_key[PUBLIC_KEY_BYTES];

		*way = (struct way){ .upstream = { .methods = &methods, .name = member->name },
			             .province = province,
			             .member = member };
		crypto_keypair(public_key, way->secret_key, seed);
		enum status status = note_key_init(&province->keys[i], "ledger.example",
		                                   NOTE_KEY_ED25519, public_key);
		ASSERT(status == STATUS_OK);
		province->upstreams[i] = &way->upstream;
	}
	for (size_t i = 0; i < WORKLOAD_LANE_EVENTS; i++) {
		province->brought[i].status = STATUS_TIMEOUT;
	}
}
