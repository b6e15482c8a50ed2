/* Field rows of merged identities and suspected pairs. */
#include "ledger/event/constraint_table.h"

static const struct field_row merge_winner_rows[] = {
	NEEDED("group", FORM_ENUM),
	NEEDED("winner", FORM_ENUM),
};

static const struct table table_merge_winner = TABLE(merge_winner, merge_winner_rows, NULL);

static const struct field_row merge_document_rows[] = {
	NEEDED("document_class", FORM_CODE),
	NEEDED("number", FORM_DOCUMENT_NUMBER),
};

static const struct table table_merge_document = TABLE(merge_document, merge_document_rows, NULL);

static const struct field_row merge_rows[] = {
	OPTIONAL("decision", FORM_ACT),
	OPTIONAL_TEXT("review_file", TEXT_LINE_MAX),
	MESSAGES("evidence", 0, &table_supporting_document),
	MESSAGES("winners", 0, &table_merge_winner),
	MESSAGES("live_documents", 0, &table_merge_document),
};

/* Somebody must have reviewed it, and each group has one winner. */
static void check_merge(struct checking *checking, const struct position *position,
                        const ProtobufCMessage *message)
{
	const Civil__V1__Merge *merge = (const Civil__V1__Merge *)message;

	if (merge->decision.len == 0 && merge->review_file[0] == '\0') {
		constraint_report(checking, position, "review_file", RULE_S07,
		                  "is missing: without a decision there is a review file");
	}
	for (size_t i = 0; i < merge->n_winners; i++) {
		for (size_t j = 0; j < i; j++) {
			if (merge->winners[i]->group == merge->winners[j]->group) {
				constraint_report(checking, position, "winners", RULE_S07,
				                  "name a group twice");
			}
		}
	}
}

const struct table table_merge = TABLE(merge, merge_rows, check_merge);

static const struct field_row reassignment_rows[] = {
	NEEDED_NUMBER("record_index", 1, INT64_MAX),
	NEEDED("person_id", FORM_ID),
};

static const struct table table_reassignment = TABLE(reassignment, reassignment_rows, NULL);

static const struct field_row unmerge_rows[] = {
	NEEDED("target", FORM_ACT),
	MESSAGES("reassign", 0, &table_reassignment),
	NEEDED("date", FORM_DATE),
};

const struct table table_unmerge = TABLE(unmerge, unmerge_rows, NULL);

enum { SCORE_MAX = 100 };

static const struct field_row duplicate_suspected_rows[] = {
	OPTIONAL_NUMBER("score", 0, SCORE_MAX),
	NEEDED("rule", FORM_CODE),
	NEEDED("fields", FORM_CODE),
	NEEDED("date", FORM_DATE),
};

const struct table table_duplicate_suspected =
        TABLE(duplicate_suspected, duplicate_suspected_rows, NULL);

static const struct field_row duplicate_cleared_rows[] = {
	NEEDED("reason", FORM_CODE),
	OPTIONAL_TEXT("text", TEXT_STORY_MAX),
	NEEDED("date", FORM_DATE),
};

const struct table table_duplicate_cleared = TABLE(duplicate_cleared, duplicate_cleared_rows, NULL);
