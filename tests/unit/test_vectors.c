/* Goal: our bytes are those of the golden events, which another implementation made.
 * Method: admit, verify, judge by form and sign again each golden event; build its record; link the
 * chain, grow the tree, print the checkpoint: every byte must be the vector's. */
#include "ledger/base/crypto.h"
#include "ledger/base/limits.h"
#include "ledger/event/canonical.h"
#include "ledger/event/compose.h"
#include "ledger/event/constraint.h"
#include "ledger/event/event.h"
#include "ledger/log/chain.h"
#include "ledger/log/checkpoint.h"
#include "ledger/log/merkle.h"
#include "ledger/log/tree.h"
#include "ledger/store/store.h"
#include "tests/support/vectors.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>

enum { EVENTS = 7, NAME_MAX_BYTES = 64 };

static struct arena arena;
static struct buf value; /* of the vector read last */
static struct buf signed_event;
static struct event event;

static void setup(void)
{
	ck_assert_int_eq(crypto_init(), STATUS_OK);
	arena_init(&arena, 16 * 1024 * 1024);
	buf_init(&value, 1024 * 1024);
	buf_init(&signed_event, SIGNED_EVENT_BYTES_MAX);
	vectors_load("tests/vectors/event.txt");
}

static void teardown(void)
{
	vectors_free();
	buf_fini(&signed_event);
	buf_fini(&value);
	arena_fini(&arena);
}

/* The bytes of "event_3_header". */
static struct bytes vector(const char *what, int number, const char *part)
{
	char name[NAME_MAX_BYTES];

	(void)snprintf(name, sizeof(name), "%s_%d%s", what, number, part);
	buf_reset(&value);
	vectors_bytes(&value, name);
	uint8_t *copy = arena_copy(&arena, buf_bytes(&value));
	ck_assert_ptr_nonnull(copy);
	return bytes_of(copy, value.size);
}

static void ck_assert_bytes(struct bytes ours, struct bytes theirs)
{
	ck_assert_uint_eq(ours.size, theirs.size);
	ck_assert_mem_eq(ours.data, theirs.data, ours.size);
}

static void admit(int number)
{
	struct detail detail = { .path = "" };
	const enum status status =
	        event_admit(&event, vector("event", number, "_signed"), &arena, &detail);

	ck_assert_msg(status == STATUS_OK, "%s %s", detail.path, detail.text);
}

START_TEST(a_golden_event_is_admitted_and_has_its_parts) /* loop test, events */
{
	admit(_i);
	ck_assert_int_eq(event_verify(&event, NULL), STATUS_OK);
	ck_assert_bytes(event.header_bytes, vector("event", _i, "_header"));
	ck_assert_bytes(event.content_bytes, vector("event", _i, "_content"));
	ck_assert_bytes(event.opening, vector("event", _i, "_opening"));
	ck_assert_bytes(bytes_of_hash(&event.id), vector("event", _i, "_id"));
	const struct hash commitment = crypto_hmac(event.opening.data, event.content_bytes);
	ck_assert_bytes(bytes_of_hash(&commitment), vector("event", _i, "_commitment"));
	for (size_t i = 0; i < event.header->n_subjects; i++) {
		char part[32];
		const struct id person = event_subject_id(&event, i);

		(void)snprintf(part, sizeof(part), "_person_%zu", i);
		ck_assert_bytes(bytes_of_id(&person), vector("event", _i, part));
	}
}
END_TEST

START_TEST(a_golden_event_has_no_fault_of_form) /* loop test, events */
{
	struct constraint_violation *found = NULL;
	size_t count = 0;

	admit(_i);
	ck_assert_int_eq(constraint_check(&found, &count, &event, &arena), STATUS_OK);
	ck_assert_msg(count == 0, "%s %s", count > 0 ? found[0].path : "",
	              count > 0 ? found[0].text : "");
}
END_TEST

START_TEST(signing_a_golden_event_again_gives_its_bytes) /* loop test, events */
{
	char name[NAME_MAX_BYTES];
	struct compose_key keys[SIGNATURES_MAX];
	struct hash id;

	admit(_i);
	Civil__V1__EventHeader header = *event.header;
	header.version = 0;
	header.n_references = 0;
	struct composition composition = {
		.header = &header,
		.content = event.content,
		.keys = keys,
	};
	memcpy(composition.opening, event.opening.data, OPENING_BYTES);
	(void)snprintf(name, sizeof(name), "event_%d_keys", _i);
	for (const char *key = vectors_get(name); key != NULL; key = strchr(key, ',')) {
		key += *key == ',' ? 1 : 0;
		compose_key_of_seed(&keys[composition.key_count++],
		                    vector("key", key[0] - '0', "_seed").data);
	}
	ck_assert_int_eq(compose_event(&signed_event, &id, &composition, &arena), STATUS_OK);
	ck_assert_bytes(buf_bytes(&signed_event), vector("event", _i, "_signed"));
	ck_assert(hash_equal(&id, &event.id));
}
END_TEST

/* The record of the admitted event, from what the golden record says of its place. */
static struct bytes record_of(const Civil__V1__Record *golden, const struct chain *chain)
{
	Civil__V1__Record record;
	struct bytes packed = { .size = 0 };

	civil__v1__record__init(&record);
	record.index = chain->count;
	record.recorded_at_ms = golden->recorded_at_ms;
	record.previous.data = arena_copy(&arena, bytes_of_hash(&chain->head));
	record.previous.len = HASH_BYTES;
	record.header.data = arena_copy(&arena, event.header_bytes);
	record.header.len = event.header_bytes.size;
	record.signatures = golden->signatures;
	record.n_signatures = event.signature_count;
	record.links = golden->links;
	record.n_links = event.header->n_subjects;
	ck_assert_int_eq(canonical_pack(&packed, &record.base, &arena), STATUS_OK);
	return packed;
}

START_TEST(records_chain_tree_and_checkpoint_are_the_golden_ones)
{
	struct store *store;
	struct chain chain;
	struct tree tree;
	struct hash root;
	struct checkpoint checkpoint = { .origin = "ledger.example/vectors" };

	ck_assert_int_eq(store_memory_open(&store), STATUS_OK);
	struct store_batch *batch = store_batch_begin(store);
	chain_init(&chain);
	tree_init(&tree);
	for (int i = 0; i < EVENTS; i++) {
		const struct bytes golden = vector("record", i, "");
		const struct hash previous = chain.head;
		struct hash leaf;

		admit(i);
		const Civil__V1__Record *record =
		        civil__v1__record__unpack(&arena.allocator, golden.size, golden.data);
		ck_assert_ptr_nonnull(record);
		ck_assert_bytes(record_of(record, &chain), golden);
		merkle_leaf(&leaf, golden);
		ck_assert_bytes(bytes_of_hash(&leaf), vector("record", i, "_hash"));
		ck_assert_int_eq(chain_append(&chain, (uint64_t)i, &previous, &leaf), STATUS_OK);
		tree_append(&tree, batch, &leaf);
		tree_root(&tree, &root);
		ck_assert_bytes(bytes_of_hash(&root), vector("root", i + 1, ""));
	}
	store_batch_end(batch);
	store_close(store);

	checkpoint.head.size = EVENTS;
	checkpoint.head.root = root;
	buf_reset(&signed_event);
	checkpoint_format(&signed_event, &checkpoint);
	buf_reset(&value);
	vectors_bytes(&value, "checkpoint_text");
	ck_assert_bytes(buf_bytes(&signed_event), buf_bytes(&value));
}
END_TEST

START_TEST(the_golden_checkpoint_opens_with_its_key)
{
	struct checkpoint checkpoint;
	struct note_key key;

	ck_assert_int_eq(note_key_parse(&key, bytes_of_string(vectors_get("checkpoint_vkey"))),
	                 STATUS_OK);
	buf_reset(&value);
	vectors_bytes(&value, "checkpoint_note");
	ck_assert_int_eq(checkpoint_open(&checkpoint, buf_bytes(&value), &key), STATUS_OK);
	ck_assert_uint_eq(checkpoint.head.size, EVENTS);
}
END_TEST

START_TEST(the_golden_batch_is_canonical)
{
	const struct bytes golden = vector("batch", 1, "");
	struct bytes packed = { .size = 0 };
	const Civil__V1__Batch *batch =
	        civil__v1__batch__unpack(&arena.allocator, golden.size, golden.data);

	ck_assert_ptr_nonnull(batch);
	ck_assert_uint_eq(batch->n_events, 2);
	ck_assert_int_eq(canonical_pack(&packed, &batch->base, &arena), STATUS_OK);
	ck_assert_bytes(packed, golden);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("vectors");
	TCase *tcase = tcase_create("vectors");

	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_loop_test(tcase, a_golden_event_is_admitted_and_has_its_parts, 0, EVENTS);
	tcase_add_loop_test(tcase, a_golden_event_has_no_fault_of_form, 0, EVENTS);
	tcase_add_loop_test(tcase, signing_a_golden_event_again_gives_its_bytes, 0, EVENTS);
	tcase_add_test(tcase, records_chain_tree_and_checkpoint_are_the_golden_ones);
	tcase_add_test(tcase, the_golden_checkpoint_opens_with_its_key);
	tcase_add_test(tcase, the_golden_batch_is_canonical);
	suite_add_tcase(suite, tcase);

	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	const int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
