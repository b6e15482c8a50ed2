/* Goal: evidence convicts who signed, by keys and proofs alone, and nobody when anything in it was
 * changed; pieces are kept, listed, read and settled.
 * Method: evidence of every kind made from trees in the test; then each part left out, changed or
 * exchanged.
 */
#include "ledger/base/crypto.h"
#include "node/evidence_check.h"
#include "tests/support/folder.h"

#include <check.h>
#include <stdlib.h>

enum { LEAVES = 12, OTHER_FROM = 5, TEXT_MAX = 1 << 16 };

static struct folder folder;
static struct note_key keys[2];
static uint8_t secrets[2][SECRET_KEY_BYTES];
static struct buf ours, theirs, text;
static struct detail detail;
static struct evidence_verdict verdict;
static struct hash our_leaves[LEAVES], their_leaves[LEAVES];

/* RFC 9162 section 2.1.1 and 2.1.4.1, by their words. */
static size_t split(size_t count)
{
	size_t half = 1;

	while (2 * half < count) {
		half *= 2;
	}
	return half;
}

static struct hash naive_root(const struct hash leaves[], size_t count)
{
	struct hash root;

	if (count == 1) {
		return leaves[0];
	}
	struct hash left = naive_root(leaves, split(count));
	struct hash right = naive_root(leaves + split(count), count - split(count));

	merkle_node(&root, &left, &right);
	return root;
}

static void prove(struct proof *proof, const struct hash leaves[], size_t old, size_t count,
                  bool is_whole)
{
	if (old == count) {
		if (!is_whole) {
			proof->hashes[proof->count] = naive_root(leaves, count);
			proof->count++;
		}
		return;
	}
	size_t half = split(count);
	bool left = old <= half;

	if (left) {
		prove(proof, leaves, old, half, is_whole);
	} else {
		prove(proof, leaves + half, old - half, count - half, false);
	}
	proof->hashes[proof->count] =
	        left ? naive_root(leaves + half, count - half) : naive_root(leaves, half);
	proof->count++;
}

static struct proof naive_consistency(const struct hash leaves[], size_t old, size_t count)
{
	struct proof proof = { .count = 0 };

	prove(&proof, leaves, old, count, true);
	return proof;
}

static void make_key(size_t i)
{
	const uint8_t seed[32] = { (uint8_t)(i + 1) };
	uint8_t public_key[PUBLIC_KEY_BYTES];

	crypto_keypair(public_key, secrets[i], seed);
	ck_assert_int_eq(note_key_init(&keys[i], "ledger.example", NOTE_KEY_ED25519, public_key),
	                 STATUS_OK);
}

/* Signs the tree of the first leaves. */
static void sign(struct buf *note, size_t key, const struct hash leaves[], size_t size)
{
	struct checkpoint checkpoint = { .origin = "ledger.example", .head = { .size = size } };
	struct buf lines;

	checkpoint.head.root = naive_root(leaves, size);
	buf_init(&lines, CHECKPOINT_TEXT_MAX);
	checkpoint_format(&lines, &checkpoint);
	buf_reset(note);
	note_begin(note, buf_bytes(&lines));
	note_sign(note, buf_bytes(&lines), &keys[key], secrets[key]);
	ck_assert_int_eq(buf_status(note), STATUS_OK);
	buf_fini(&lines);
}

static void setup(void)
{
	ck_assert_int_eq(crypto_init(), STATUS_OK);
	folder_new(&folder);
	buf_init(&ours, CHECKPOINT_NOTE_MAX);
	buf_init(&theirs, CHECKPOINT_NOTE_MAX);
	buf_init(&text, TEXT_MAX);
	make_key(0);
	make_key(1);
	for (uint8_t i = 0; i < LEAVES; i++) {
		our_leaves[i] = (struct hash){ { i } };
		their_leaves[i] = (struct hash){ { i, i >= OTHER_FROM } };
	}
}

static void teardown(void)
{
	buf_fini(&ours);
	buf_fini(&theirs);
	buf_fini(&text);
	folder_remove(&folder);
}

static struct evidence base(enum evidence_kind kind, uint64_t size)
{
	return (struct evidence){ .kind = kind,
		                  .found_at_ms = 1790000000000,
		                  .from = "127.0.0.1:1",
		                  .text = "two histories were signed",
		                  .size = size,
		                  .ours = buf_bytes(&ours),
		                  .theirs = buf_bytes(&theirs) };
}

static void format(const struct evidence *evidence)
{
	buf_reset(&text);
	evidence_format(&text, evidence);
	ck_assert_int_eq(buf_status(&text), STATUS_OK);
}

static enum status check_with(size_t key_count)
{
	return evidence_check(&verdict, buf_bytes(&text), keys, key_count, &detail);
}

/* Both signed 8 records, and different ones. */
static void make_fork(void)
{
	sign(&ours, 0, our_leaves, 8);
	sign(&theirs, 1, their_leaves, 8);
	struct evidence evidence = base(EVIDENCE_FORK, 8);
	format(&evidence);
}

START_TEST(two_roots_at_one_size_convict)
{
	make_fork();
	ck_assert_int_eq(check_with(2), STATUS_OK);
	ck_assert_int_eq(verdict.kind, EVIDENCE_FORK);
	ck_assert(verdict.convicts);
	ck_assert(verdict.ours.is_signed);
	ck_assert_uint_eq(verdict.theirs.key, 1);
	ck_assert_uint_eq(verdict.theirs.head.size, 8);
}
END_TEST

START_TEST(equal_roots_convict_nobody)
{
	sign(&ours, 0, our_leaves, 5);
	sign(&theirs, 1, their_leaves, 5);
	struct evidence evidence = base(EVIDENCE_FORK, 5);
	format(&evidence);
	ck_assert_int_eq(check_with(2), STATUS_OK);
	ck_assert(!verdict.convicts);
}
END_TEST

START_TEST(who_is_not_trusted_convicts_nobody)
{
	make_fork();
	ck_assert_int_eq(check_with(1), STATUS_OK);
	ck_assert(!verdict.theirs.is_signed);
	ck_assert(!verdict.convicts);
	ck_assert_int_eq(check_with(0), STATUS_OK);
	ck_assert(!verdict.convicts);
}
END_TEST

START_TEST(statements_of_other_sizes_convict_by_their_proofs)
{
	struct hash our_root = naive_root(our_leaves, 6);
	struct hash their_root = naive_root(their_leaves, 6);
	struct proof our_proof = naive_consistency(our_leaves, 6, 9);
	struct proof their_proof = naive_consistency(their_leaves, 6, 12);
	struct evidence evidence;

	sign(&ours, 0, our_leaves, 9);
	sign(&theirs, 1, their_leaves, 12);
	evidence = base(EVIDENCE_FORK, 6);
	format(&evidence);
	ck_assert_int_eq(check_with(2), STATUS_OK);
	ck_assert(!verdict.convicts);
	evidence.our_root = &our_root;
	evidence.their_root = &their_root;
	evidence.our_proof = &our_proof;
	evidence.their_proof = &their_proof;
	format(&evidence);
	ck_assert_int_eq(check_with(2), STATUS_OK);
	ck_assert(verdict.convicts);
	their_proof.hashes[0].bytes[0] ^= 1;
	format(&evidence);
	ck_assert_int_eq(check_with(2), STATUS_OK);
	ck_assert(!verdict.convicts);
	their_proof.hashes[0].bytes[0] ^= 1;
	their_root = our_root; /* what a forger would like to say */
	format(&evidence);
	ck_assert_int_eq(check_with(2), STATUS_OK);
	ck_assert(!verdict.convicts);
}
END_TEST

START_TEST(no_changed_bit_convicts_more_than_was_signed)
{
	make_fork();
	for (size_t i = 0; i < 8 * text.size; i++) {
		text.data[i / 8] ^= (uint8_t)(1U << (i % 8));
		if (check_with(2) == STATUS_OK && verdict.kind == EVIDENCE_FORK &&
		    verdict.convicts) {
			/* Only words that prove nothing may change. */
			ck_assert(verdict.ours.is_signed);
			ck_assert(verdict.theirs.is_signed);
			ck_assert_uint_eq(verdict.ours.head.size, 8);
			ck_assert_uint_eq(verdict.theirs.head.size, 8);
		}
		text.data[i / 8] ^= (uint8_t)(1U << (i % 8));
	}
}
END_TEST

START_TEST(less_by_the_same_key_is_a_rollback)
{
	sign(&ours, 0, our_leaves, 8);
	sign(&theirs, 0, our_leaves, 5);
	struct evidence evidence = base(EVIDENCE_ROLLBACK, 5);
	format(&evidence);
	ck_assert_int_eq(check_with(2), STATUS_OK);
	ck_assert(verdict.convicts);
	sign(&theirs, 1, our_leaves, 5);
	evidence = base(EVIDENCE_ROLLBACK, 5);
	format(&evidence);
	ck_assert_int_eq(check_with(2), STATUS_OK);
	ck_assert(!verdict.convicts);
	sign(&theirs, 0, our_leaves, 8);
	evidence = base(EVIDENCE_ROLLBACK, 8);
	format(&evidence);
	ck_assert_int_eq(check_with(2), STATUS_OK);
	ck_assert(!verdict.convicts);
}
END_TEST

START_TEST(a_record_alone_convicts_nobody)
{
	sign(&theirs, 1, their_leaves, 8);
	struct evidence evidence = base(EVIDENCE_RECORD, 7);
	evidence.ours = bytes_of(NULL, 0);
	evidence.record = bytes_of_string("record");
	evidence.record_index = 7;
	format(&evidence);
	ck_assert_int_eq(check_with(2), STATUS_OK);
	/* Whoever keeps the file could have put any record into it. */
	ck_assert(!verdict.convicts);
	ck_assert(verdict.theirs.is_signed);
	ck_assert(!verdict.ours.is_signed);
}
END_TEST

START_TEST(what_is_no_evidence_is_told)
{
	static const char *const wrong[] = {
		"",
		"civil-ledger/evidence/v2\nkind: fork\nsize: 1\n",
		"civil-ledger/evidence/v1\n",
		"civil-ledger/evidence/v1\nkind: murder\nsize: 1\n",
		"civil-ledger/evidence/v1\nkind: fork\nsize: -1\n",
		"civil-ledger/evidence/v1\nkind: fork\nsize: 99999999999999999999\n",
	};

	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		ck_assert_int_eq(
		        evidence_check(&verdict, bytes_of_string(wrong[i]), keys, 2, &detail),
		        STATUS_INVALID);
	}
}
END_TEST

static void count_names(void *context, const char *name, bool settled)
{
	unsigned *counts = context;

	(void)name;
	counts[settled]++;
}

START_TEST(pieces_are_kept_listed_and_settled)
{
	unsigned counts[2] = { 0, 0 };
	size_t open = 9;

	ck_assert_int_eq(evidence_count(folder.path, &open, &detail), STATUS_OK);
	ck_assert_uint_eq(open, 0);
	make_fork();
	ck_assert_int_eq(evidence_store(folder.path, EVIDENCE_FORK, 1790000000000, buf_bytes(&text),
	                                &detail),
	                 STATUS_OK);
	ck_assert_int_eq(evidence_store(folder.path, EVIDENCE_ROLLBACK, 1790000000001,
	                                buf_bytes(&text), &detail),
	                 STATUS_OK);
	ck_assert_int_eq(evidence_count(folder.path, &open, &detail), STATUS_OK);
	ck_assert_uint_eq(open, 2);
	ck_assert_int_eq(evidence_settle(folder.path, "1790000000000-fork", &detail), STATUS_OK);
	ck_assert_int_eq(evidence_settle(folder.path, "1790000000000-fork", &detail),
	                 STATUS_NOT_FOUND);
	ck_assert_int_eq(evidence_list(folder.path, count_names, counts, &detail), STATUS_OK);
	ck_assert_uint_eq(counts[false], 1);
	ck_assert_uint_eq(counts[true], 1);
	buf_reset(&text);
	ck_assert_int_eq(evidence_read(folder.path, "1790000000000-fork", &text, &detail),
	                 STATUS_OK);
	ck_assert_int_eq(check_with(2), STATUS_OK);
	ck_assert(verdict.convicts);
}
END_TEST

START_TEST(names_lead_nowhere_else)
{
	static const char *const names[] = { "",      "identity", "../identity", "1-",
		                             "-fork", "1-Fork",   "1-fork/",     "1-fork\n" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		ck_assert_int_eq(evidence_read(folder.path, names[i], &text, &detail),
		                 STATUS_INVALID);
		ck_assert_int_eq(evidence_settle(folder.path, names[i], &detail), STATUS_INVALID);
	}
	ck_assert_int_eq(evidence_read(folder.path, "1-fork", &text, &detail), STATUS_NOT_FOUND);
	ck_assert_int_eq(evidence_settle(folder.path, "1-fork", &detail), STATUS_NOT_FOUND);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("evidence_check");
	TCase *tcase = tcase_create("evidence_check");

	tcase_set_timeout(tcase, 60);
	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, two_roots_at_one_size_convict);
	tcase_add_test(tcase, equal_roots_convict_nobody);
	tcase_add_test(tcase, who_is_not_trusted_convicts_nobody);
	tcase_add_test(tcase, statements_of_other_sizes_convict_by_their_proofs);
	tcase_add_test(tcase, no_changed_bit_convicts_more_than_was_signed);
	tcase_add_test(tcase, less_by_the_same_key_is_a_rollback);
	tcase_add_test(tcase, a_record_alone_convicts_nobody);
	tcase_add_test(tcase, what_is_no_evidence_is_told);
	tcase_add_test(tcase, pieces_are_kept_listed_and_settled);
	tcase_add_test(tcase, names_lead_nowhere_else);
	suite_add_tcase(suite, tcase);
	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_ENV);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
