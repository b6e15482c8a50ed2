#include "node/witness_internal.h"

#include "ledger/log/tree.h"

/* The statement that stands for our side: the smallest that covers `size` and no more than we hold,
 * so that it can be proven; else the largest there is. Own notes are read into `own`. */
static struct bytes choose_ours(struct witness *witness, struct buf *own, struct tree_head *head,
                                uint64_t size, uint64_t held)
{
	struct bytes chosen = bytes_of(NULL, 0);
	struct note note;
	struct checkpoint checkpoint;

	for (size_t i = 0; i < witness->signer_count; i++) {
		const struct statement *statement = &witness->signers[i].held;
		bool better = statement->head.size >= size && statement->head.size <= held
		                      ? head->size < size || statement->head.size < head->size
		                      : head->size < size && statement->head.size > head->size;

		if (statement->size > 0 && (chosen.size == 0 || better)) {
			chosen = statement_note(statement);
			*head = statement->head;
		}
	}
	bool lacking = chosen.size == 0 || head->size < size;
	if (lacking && witness->options.own_note != NULL &&
	    witness->options.own_note(witness->options.context, own) == STATUS_OK &&
	    own->size > 0 && note_parse(&note, buf_bytes(own)) == STATUS_OK &&
	    checkpoint_parse(&checkpoint, note.text) == STATUS_OK &&
	    (chosen.size == 0 || checkpoint.head.size > head->size)) {
		chosen = buf_bytes(own);
		*head = checkpoint.head;
	}
	return chosen;
}

static enum status format_and_store(struct witness *witness, struct evidence *evidence,
                                    struct detail *detail)
{
	struct buf text;

	buf_init(&text, EVIDENCE_BYTES_MAX);
	evidence_format(&text, evidence);
	enum status status = buf_status(&text);
	if (status == STATUS_OK) {
		status = witness->options.store_evidence(witness->options.context, evidence->kind,
		                                         evidence->found_at_ms, buf_bytes(&text),
		                                         detail);
	}
	buf_fini(&text);
	return status;
}

enum status witness_contradict(struct witness *witness, const struct contradiction *found,
                               struct ledger_view *view, struct detail *detail)
{
	struct tree_head ours = { .size = 0 };
	struct hash our_root;
	struct proof our_proof;
	struct buf own;
	char text[DETAIL_TEXT_MAX];
	uint64_t held = view->view.size;
	struct evidence evidence = {
		.kind = found->kind,
		.found_at_ms = clock_now_ms(witness->options.clock),
		.from = found->from,
		.text = text,
		.size = found->size,
		.their_root = found->their_root,
		.their_proof = found->their_proof,
		.record_index = found->record_index,
		.record = found->record,
		.theirs = found->theirs,
	};

	memcpy(text, detail->text, sizeof(text));
	buf_init(&own, CHECKPOINT_NOTE_MAX);
	evidence.ours = found->ours.size > 0 ? found->ours
	                                     : choose_ours(witness, &own, &ours, found->size, held);
	enum status status = STATUS_OK;
	if (found->size <= held) {
		status = ledger_root(&view->view, &our_root, found->size);
		evidence.our_root = &our_root;
	}
	if (status == STATUS_OK && found->size <= ours.size && ours.size <= held) {
		status = tree_prove_consistency(view->view.store, &our_proof, found->size,
		                                ours.size);
		evidence.our_proof = &our_proof;
	}
	if (status == STATUS_OK) {
		status = format_and_store(witness, &evidence, detail);
	}
	buf_fini(&own);
	if (status != STATUS_OK) {
		return status;
	}
	witness->contradicted = true;
	return STATUS_DIVERGED;
}

enum status witness_denounce(struct witness *witness, const struct upstream *upstream,
                             const struct witness_answer *answer, uint64_t index,
                             struct bytes record, struct detail *detail)
{
	const struct contradiction found = {
		.kind = EVIDENCE_RECORD,
		.from = upstream->name,
		.theirs = bytes_of(answer->note, answer->note_size),
		.size = index,
		.record_index = index,
		.record = record,
	};
	struct ledger_view view;
	enum status status = ledger_view_begin(witness->options.ledger, &view);

	if (status == STATUS_OK) {
		status = witness_contradict(witness, &found, &view, detail);
		ledger_view_end(&view);
	}
	return status;
}
