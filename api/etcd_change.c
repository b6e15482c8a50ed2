#include "api/etcd_internal.h"
#include "ledger/base/assert.h"

/* The messages of one transaction; they point at each other, so they are made in place. */
struct transaction {
	Etcdserverpb__TxnRequest request;
	Etcdserverpb__Compare compares[MAP_CONDITIONS_MAX];
	Etcdserverpb__Compare *compare_list[MAP_CONDITIONS_MAX];
	Etcdserverpb__DeleteRangeRequest removals[MAP_REMOVALS_MAX];
	Etcdserverpb__PutRequest puts[MAP_PUTS_MAX];
	Etcdserverpb__RequestOp success[MAP_REMOVALS_MAX + MAP_PUTS_MAX];
	Etcdserverpb__RequestOp *success_list[MAP_REMOVALS_MAX + MAP_PUTS_MAX];
	Etcdserverpb__RangeRequest reads[MAP_READS_MAX];
	Etcdserverpb__RequestOp failure[MAP_READS_MAX];
	Etcdserverpb__RequestOp *failure_list[MAP_READS_MAX];
};

static void make_compare(Etcdserverpb__Compare *compare, const struct map_condition *condition)
{
	etcdserverpb__compare__init(compare);
	compare->key = etcd_bytes(condition->key);
	switch (condition->kind) {
	case MAP_ABSENT:
		compare->result = ETCDSERVERPB__COMPARE__COMPARE_RESULT__EQUAL;
		compare->target = ETCDSERVERPB__COMPARE__COMPARE_TARGET__CREATE;
		compare->target_union_case = ETCDSERVERPB__COMPARE__TARGET_UNION_CREATE_REVISION;
		break;
	case MAP_PRESENT:
		compare->result = ETCDSERVERPB__COMPARE__COMPARE_RESULT__GREATER;
		compare->target = ETCDSERVERPB__COMPARE__COMPARE_TARGET__CREATE;
		compare->target_union_case = ETCDSERVERPB__COMPARE__TARGET_UNION_CREATE_REVISION;
		break;
	case MAP_EQUAL:
		compare->result = ETCDSERVERPB__COMPARE__COMPARE_RESULT__EQUAL;
		compare->target = ETCDSERVERPB__COMPARE__COMPARE_TARGET__VALUE;
		compare->target_union_case = ETCDSERVERPB__COMPARE__TARGET_UNION_VALUE;
		compare->value = etcd_bytes(condition->value);
		break;
	}
}

static void make_range(Etcdserverpb__RangeRequest *request, const struct map_range *range)
{
	etcdserverpb__range_request__init(request);
	request->key = etcd_bytes(range->key);
	request->range_end = etcd_bytes(range->end);
	request->limit = range->limit;
	request->sort_order = range->descending ? ETCDSERVERPB__RANGE_REQUEST__SORT_ORDER__DESCEND
	                                        : ETCDSERVERPB__RANGE_REQUEST__SORT_ORDER__NONE;
	request->keys_only = range->keys_only;
	request->serializable = range->stale_allowed;
}

static void make_success(struct transaction *transaction, const struct map_change *change)
{
	size_t count = 0;

	for (size_t i = 0; i < change->removals_count; i++, count++) {
		Etcdserverpb__DeleteRangeRequest *removal = &transaction->removals[i];

		etcdserverpb__delete_range_request__init(removal);
		removal->key = etcd_bytes(change->removals[i].key);
		removal->range_end = etcd_bytes(change->removals[i].end);
		etcdserverpb__request_op__init(&transaction->success[count]);
		transaction->success[count].request_case =
		        ETCDSERVERPB__REQUEST_OP__REQUEST_REQUEST_DELETE_RANGE;
		transaction->success[count].request_delete_range = removal;
		transaction->success_list[count] = &transaction->success[count];
	}
	for (size_t i = 0; i < change->puts_count; i++, count++) {
		Etcdserverpb__PutRequest *put = &transaction->puts[i];

		etcdserverpb__put_request__init(put);
		put->key = etcd_bytes(change->puts[i].key);
		put->value = etcd_bytes(change->puts[i].value);
		put->lease = change->puts[i].lease;
		etcdserverpb__request_op__init(&transaction->success[count]);
		transaction->success[count].request_case =
		        ETCDSERVERPB__REQUEST_OP__REQUEST_REQUEST_PUT;
		transaction->success[count].request_put = put;
		transaction->success_list[count] = &transaction->success[count];
	}
	transaction->request.success = transaction->success_list;
	transaction->request.n_success = count;
}

static void make_transaction(struct transaction *transaction, const struct map_change *change)
{
	ASSERT(change->conditions_count <= MAP_CONDITIONS_MAX);
	ASSERT(change->removals_count <= MAP_REMOVALS_MAX);
	ASSERT(change->puts_count <= MAP_PUTS_MAX);
	ASSERT(change->reads_count <= MAP_READS_MAX);
	etcdserverpb__txn_request__init(&transaction->request);
	for (size_t i = 0; i < change->conditions_count; i++) {
		make_compare(&transaction->compares[i], &change->conditions[i]);
		transaction->compare_list[i] = &transaction->compares[i];
	}
	make_success(transaction, change);
	for (size_t i = 0; i < change->reads_count; i++) {
		make_range(&transaction->reads[i], &change->reads[i]);
		etcdserverpb__request_op__init(&transaction->failure[i]);
		transaction->failure[i].request_case =
		        ETCDSERVERPB__REQUEST_OP__REQUEST_REQUEST_RANGE;
		transaction->failure[i].request_range = &transaction->reads[i];
		transaction->failure_list[i] = &transaction->failure[i];
	}
	transaction->request.compare = transaction->compare_list;
	transaction->request.n_compare = change->conditions_count;
	transaction->request.failure = transaction->failure_list;
	transaction->request.n_failure = change->reads_count;
}

static enum status take_found(struct map_found *found, struct arena *arena,
                              const Etcdserverpb__RangeResponse *response)
{
	struct map_entry *entries = arena_array(arena, response->n_kvs, sizeof(*entries));

	if (entries == NULL) {
		return STATUS_NO_MEMORY;
	}
	for (size_t i = 0; i < response->n_kvs; i++) {
		etcd_entry(&entries[i], response->kvs[i]);
	}
	*found = (struct map_found){ .entries = entries,
		                     .count = response->n_kvs,
		                     .more = response->more };
	return STATUS_OK;
}

static enum status take_outcome(struct map_outcome *out, struct arena *arena,
                                const Etcdserverpb__TxnResponse *response, size_t reads)
{
	struct map_outcome outcome = { .position = etcd_position(response->header),
		                       .held = response->succeeded };

	if (!outcome.held && response->n_responses != reads) {
		return STATUS_IO;
	}
	for (size_t i = 0; i < response->n_responses; i++) {
		const Etcdserverpb__ResponseOp *one = response->responses[i];
		enum status status = STATUS_OK;

		switch (one->response_case) {
		case ETCDSERVERPB__RESPONSE_OP__RESPONSE_RESPONSE_DELETE_RANGE:
			outcome.removed += (uint64_t)one->response_delete_range->deleted;
			break;
		case ETCDSERVERPB__RESPONSE_OP__RESPONSE_RESPONSE_RANGE:
			status = outcome.held ? STATUS_IO
			                      : take_found(&outcome.found[i], arena,
			                                   one->response_range);
			break;
		case ETCDSERVERPB__RESPONSE_OP__RESPONSE_RESPONSE_PUT:
		case ETCDSERVERPB__RESPONSE_OP__RESPONSE__NOT_SET:
		case _ETCDSERVERPB__RESPONSE_OP__RESPONSE__CASE_IS_INT_SIZE:
			break;
		}
		if (status != STATUS_OK) {
			return status;
		}
	}
	*out = outcome;
	return STATUS_OK;
}

enum status etcd_change(struct ordered_map *map, struct map_outcome *outcome, struct arena *arena,
                        const struct map_change *change, struct detail *detail)
{
	static const struct etcd_call call = { ETCD_CHANGE, "/etcdserverpb.KV/Txn",
		                               &etcdserverpb__txn_response__descriptor };
	struct transaction transaction;
	const ProtobufCMessage *response;

	make_transaction(&transaction, change);
	enum status status =
	        etcd_call(etcd_of(map), &response, arena, &transaction.request.base, &call, detail);
	if (status == STATUS_OK) {
		status = take_outcome(outcome, arena, (const Etcdserverpb__TxnResponse *)response,
		                      change->reads_count);
	}
	return status;
}

enum status etcd_read(struct ordered_map *map, struct map_found *found,
                      struct map_position *position, struct arena *arena,
                      const struct map_range *range, struct detail *detail)
{
	static const struct etcd_call call = { ETCD_QUESTION, "/etcdserverpb.KV/Range",
		                               &etcdserverpb__range_response__descriptor };
	Etcdserverpb__RangeRequest request;
	const ProtobufCMessage *message;

	make_range(&request, range);
	enum status status = etcd_call(etcd_of(map), &message, arena, &request.base, &call, detail);
	if (status != STATUS_OK) {
		return status;
	}
	const Etcdserverpb__RangeResponse *response = (const Etcdserverpb__RangeResponse *)message;
	status = take_found(found, arena, response);
	if (status == STATUS_OK) {
		*position = etcd_position(response->header);
	}
	return status;
}

enum status etcd_compact(struct ordered_map *map, int64_t revision, struct detail *detail)
{
	static const struct etcd_call call = { ETCD_CHANGE, "/etcdserverpb.KV/Compact",
		                               &etcdserverpb__compaction_response__descriptor };
	struct etcd *etcd = etcd_of(map);
	Etcdserverpb__CompactionRequest request;
	const ProtobufCMessage *response;

	etcdserverpb__compaction_request__init(&request);
	request.revision = revision;
	arena_reset(&etcd->scratch);
	return etcd_call(etcd, &response, &etcd->scratch, &request.base, &call, detail);
}
