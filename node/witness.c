#include "node/witness.h"

#include "ledger/base/assert.h"
#include "node/witness_internal.h"

#include "civil/v1/log_service.pb-c.h"

#include <stdlib.h>

enum { ANSWER_ARENA_BYTES_MAX = 8 * UPSTREAM_CHECKPOINT_BYTES_MAX };

/* One answer while it is judged. */
struct judging {
	struct witness *witness;
	struct ledger_view *view;
	const char *from;
	const struct hash *their_root; /* that they say to have at our size; NULL: nothing said */
	struct proof proof;            /* from there to their note */
};

enum status witness_new(struct witness **out, const struct witness_options *options)
{
	struct witness *witness = calloc(1, sizeof(*witness));

	ASSERT(options->key_count <= WITNESS_KEYS_MAX);
	if (witness == NULL) {
		return STATUS_NO_MEMORY;
	}
	witness->options = *options;
	witness->options.keys = NULL; /* the caller's */
	witness->signer_count = options->key_count;
	for (size_t i = 0; i < options->key_count; i++) {
		witness->signers[i].key = options->keys[i];
	}
	arena_init(&witness->arena, ANSWER_ARENA_BYTES_MAX);
	buf_init(&witness->answer, UPSTREAM_CHECKPOINT_BYTES_MAX);
	*out = witness;
	return STATUS_OK;
}

void witness_free(struct witness *witness)
{
	if (witness == NULL) {
		return;
	}
	arena_fini(&witness->arena);
	buf_fini(&witness->answer);
	free(witness);
}

bool witness_contradicted(const struct witness *witness)
{
	return witness->contradicted;
}

void statement_set(struct statement *statement, struct bytes note, const struct tree_head *head)
{
	ASSERT(note.size > 0 && note.size <= WITNESS_NOTE_BYTES_MAX);
	memcpy(statement->note, note.data, note.size);
	statement->size = note.size;
	statement->head = *head;
}

bool witness_open_note(const struct witness *witness, struct bytes note, size_t *key,
                       struct tree_head *head)
{
	struct checkpoint checkpoint;

	if (note.size == 0 || note.size > WITNESS_NOTE_BYTES_MAX) {
		return false;
	}
	for (size_t i = 0; i < witness->signer_count; i++) {
		if (checkpoint_open(&checkpoint, note, &witness->signers[i].key) == STATUS_OK) {
			*key = i;
			*head = checkpoint.head;
			return true;
		}
	}
	return false;
}

static enum status fork_found(struct judging *judging, struct bytes note, uint64_t size,
                              const struct hash *their_root, const struct proof *their_proof,
                              struct detail *detail)
{
	const struct contradiction found = {
		.kind = EVIDENCE_FORK,
		.from = judging->from,
		.theirs = note,
		.size = size,
		.their_root = their_root,
		.their_proof = their_proof,
	};

	detail_set(detail, "",
	           "%s has other records among the first %llu than this node: two histories were "
	           "signed",
	           judging->from, (unsigned long long)size);
	return witness_contradict(judging->witness, &found, judging->view, detail);
}

/* Compares a statement about no more than we hold. */
static enum status hold(struct judging *judging, size_t key, struct bytes note,
                        const struct tree_head *head, struct detail *detail)
{
	struct statement *held = &judging->witness->signers[key].held;
	struct hash root;
	enum status status = ledger_root(&judging->view->view, &root, head->size);

	if (status != STATUS_OK) {
		return status;
	}
	if (!hash_equal(&root, &head->root)) {
		return fork_found(judging, note, head->size, &head->root, NULL, detail);
	}
	if (held->size == 0 || head->size > held->head.size) {
		statement_set(held, note, head);
		judging->witness->changed = true;
	}
	return STATUS_OK;
}

/* Judges a statement that says more than we hold: does it continue what we hold? */
static enum status prove_ahead(struct judging *judging, struct bytes note,
                               const struct tree_head *head, struct detail *detail)
{
	struct ledger_view *view = judging->view;

	if (view->head.size == 0) {
		return STATUS_OK; /* it continues nothing */
	}
	const struct tree_head theirs = {
		.size = view->head.size,
		.root = judging->their_root == NULL ? view->head.root : *judging->their_root,
	};
	if (judging->their_root == NULL ||
	    proof_check_consistency(&theirs, head, &judging->proof) != STATUS_OK) {
		detail_set(detail, "", "%s does not prove that its %llu records continue ours",
		           judging->from, (unsigned long long)head->size);
		return STATUS_INVALID;
	}
	if (!hash_equal(&theirs.root, &view->head.root)) {
		return fork_found(judging, note, theirs.size, &theirs.root, &judging->proof,
		                  detail);
	}
	return STATUS_OK;
}

/* A node gives its own statement: it may not say less than it has said before. */
static enum status check_rollback(struct judging *judging, const struct signer *signer,
                                  struct bytes note, const struct tree_head *head,
                                  struct detail *detail)
{
	bool is_ahead = signer->ahead.size > 0 && signer->ahead.head.size > signer->held.head.size;
	const struct statement *newest = is_ahead ? &signer->ahead : &signer->held;
	uint64_t before = newest->size > 0 ? newest->head.size : 0;
	const struct contradiction found = {
		.kind = EVIDENCE_ROLLBACK,
		.from = judging->from,
		.ours = statement_note(newest),
		.theirs = note,
		.size = head->size,
		.their_root = &head->root,
	};

	if (head->size >= before) {
		return STATUS_OK;
	}
	detail_set(detail, "",
	           "%s has signed %llu records and now signs %llu: some were taken back",
	           judging->from, (unsigned long long)before, (unsigned long long)head->size);
	return witness_contradict(judging->witness, &found, judging->view, detail);
}

static enum status judge(struct judging *judging, size_t key, struct bytes note,
                         const struct tree_head *head, bool direct, struct detail *detail)
{
	struct signer *signer = &judging->witness->signers[key];
	enum status status = STATUS_OK;

	if (head->size <= judging->view->head.size) {
		status = hold(judging, key, note, head, detail);
	} else if (direct) {
		status = prove_ahead(judging, note, head, detail);
	}
	if (status == STATUS_OK && direct) {
		status = check_rollback(judging, signer, note, head, detail);
	}
	if (status == STATUS_OK && head->size > judging->view->head.size &&
	    signer->ahead.size == 0) {
		statement_set(&signer->ahead, note, head);
	}
	return status;
}

enum status witness_settle(struct witness *witness, struct detail *detail)
{
	struct ledger_view view;
	enum status status = ledger_view_begin(witness->options.ledger, &view);

	if (status != STATUS_OK) {
		return status;
	}
	struct judging judging = { .witness = witness, .view = &view };
	for (size_t i = 0; status == STATUS_OK && i < witness->signer_count; i++) {
		struct signer *signer = &witness->signers[i];
		const struct statement ahead = signer->ahead;

		if (ahead.size > 0 && ahead.head.size <= view.head.size) {
			judging.from = signer->key.name;
			status = hold(&judging, i, statement_note(&ahead), &ahead.head, detail);
			signer->ahead.size = status == STATUS_OK ? 0 : ahead.size;
		}
	}
	ledger_view_end(&view);
	return status;
}

static void answer_with(struct witness_answer *out, size_t key, struct bytes note,
                        const struct tree_head *head)
{
	out->head = *head;
	out->key = key;
	out->note_size = note.size;
	memcpy(out->note, note.data, note.size);
}

/* Statements of others that came with an answer; the largest is in `out`. */
static enum status judge_relayed(struct judging *judging, struct witness_answer *out, bool *found,
                                 const Civil__V1__GetCheckpointResponse *message,
                                 struct detail *detail)
{
	enum status status = STATUS_OK;

	for (size_t i = 0; status == STATUS_OK && i < message->n_witnessed && i < WITNESS_KEYS_MAX;
	     i++) {
		struct bytes note = bytes_of(message->witnessed[i].data, message->witnessed[i].len);
		struct tree_head head;
		size_t key;

		if (!witness_open_note(judging->witness, note, &key, &head)) {
			continue;
		}
		status = judge(judging, key, note, &head, false, detail);
		if (!*found || head.size > out->head.size) {
			answer_with(out, key, note, &head);
			*found = true;
		}
	}
	return status;
}

/* All statements of an answer; the one to follow is the node's own, or the largest it knows of. */
static enum status judge_all(struct judging *judging, struct witness_answer *out,
                             const Civil__V1__GetCheckpointResponse *message, struct detail *detail)
{
	struct bytes note = bytes_of(message->note.data, message->note.len);
	struct tree_head own;
	size_t key = 0;
	bool found = false;
	bool direct = witness_open_note(judging->witness, note, &key, &own);
	enum status status = STATUS_OK;

	if (direct) {
		status = judge(judging, key, note, &own, true, detail);
	}
	if (status == STATUS_OK) {
		status = judge_relayed(judging, out, &found, message, detail);
	}
	if (status != STATUS_OK) {
		return status;
	}
	if (direct) {
		answer_with(out, key, note, &own);
	} else if (!found) {
		detail_set(detail, "", "no trusted key has signed what %s gives", judging->from);
		return note.size == 0 ? STATUS_UNAVAILABLE : STATUS_DENIED;
	}
	return STATUS_OK;
}

static enum status read_answer(struct judging *judging, struct hash *root,
                               Civil__V1__GetCheckpointResponse **out, struct detail *detail)
{
	struct witness *witness = judging->witness;

	arena_reset(&witness->arena);
	Civil__V1__GetCheckpointResponse *message = civil__v1__get_checkpoint_response__unpack(
	        &witness->arena.allocator, witness->answer.size, witness->answer.data);
	if (message == NULL && witness->arena.heap_failed) {
		return STATUS_NO_MEMORY;
	}
	bool whole = message != NULL && message->n_consistency <= PROOF_HASHES_MAX;
	for (size_t i = 0; whole && i < message->n_consistency; i++) {
		whole = message->consistency[i].len == HASH_BYTES;
		if (whole) {
			memcpy(judging->proof.hashes[i].bytes, message->consistency[i].data,
			       HASH_BYTES);
		}
	}
	if (!whole) {
		detail_set(detail, "", "what %s has signed does not parse", judging->from);
		return STATUS_INVALID;
	}
	judging->proof.count = message->n_consistency;
	if (message->root.len == HASH_BYTES) {
		memcpy(root->bytes, message->root.data, HASH_BYTES);
		judging->their_root = root;
	}
	*out = message;
	return STATUS_OK;
}

enum status witness_ask(struct witness *witness, struct upstream *upstream,
                        struct witness_answer *out, int timeout_ms, struct detail *detail)
{
	Civil__V1__GetCheckpointResponse *message;
	struct ledger_view view;
	struct hash root;
	struct judging judging = { .witness = witness, .view = &view, .from = upstream->name };
	enum status status = witness->contradicted
	                             ? STATUS_DIVERGED
	                             : ledger_view_begin(witness->options.ledger, &view);

	if (status != STATUS_OK) {
		return status;
	}
	status =
	        upstream_checkpoint(upstream, &witness->answer, view.head.size, timeout_ms, detail);
	if (status == STATUS_OUT_OF_RANGE) { /* it holds less: what it says can be seen here */
		status = upstream_checkpoint(upstream, &witness->answer, 0, timeout_ms, detail);
	}
	if (status == STATUS_OK) {
		status = read_answer(&judging, &root, &message, detail);
	}
	if (status == STATUS_OK) {
		status = judge_all(&judging, out, message, detail);
	}
	ledger_view_end(&view);
	return status;
}
