/* The earlier records that a content refers to: acts, documents, units, officers.
 *
 * One table says for each kind where its references stand and which kinds each may name; rules
 * S12, S13 and S16 read it, S14 asks whether the target still stands.
 *
 * Thread and memory as ledger/view.h. */
#ifndef LEDGER_RULES_TARGET_H
#define LEDGER_RULES_TARGET_H

#include "ledger/rules/judgement.h"

enum { TARGETS_MAX = SUBJECTS_MAX * 4 };

struct target {
	struct bytes event_id;
	const char *path;
	bool (*fits)(const struct kind *kind); /* kinds that it may name; NULL: any record */
};

/* The references of the content; absent ones are left out. */
size_t targets_of(struct judgement *j, struct target out[TARGETS_MAX]);

/* The part of them that target_field.c lists: acts about a marriage, parents, guardians, names. */
size_t targets_by_field(const Civil__V1__Content *content, struct target out[TARGETS_MAX]);

/* The act that a court's order may name: the first of those fields, which may be empty. False for
 * contents that target_field.c does not list. */
bool target_of_order(const Civil__V1__Content *content, struct bytes *out);

/* Kind of the act that a record brought into force; NULL when it is none. `record` was read. */
const struct kind *target_kind(struct judgement *j, const struct stored_record *record);

/* The unit that an act of residence speaks of; empty when it speaks of none. */
struct bytes target_unit(const struct judgement *j);

/* Address of a unit as it was opened; NULL when the unit is unknown. */
const Civil__V1__Address *target_unit_address(struct judgement *j, struct bytes unit);

/* Address of the dwelling for which a family book was opened; NULL when either is unknown. */
const Civil__V1__Address *target_book_address(struct judgement *j, const char *book_number);

/* True when that unit was opened by the valid date, and not closed yet. */
bool target_unit_open(struct judgement *j);

/* legacy_digitised behind a legacy_verified or legacy_linked; NULL when it cannot be reached. */
const Civil__V1__LegacyDigitised *target_digitised(struct judgement *j);

/* The key that a suspension or compromise names. False when it was never enrolled. */
bool target_officer(struct judgement *j, struct officer_key *officer);

/* Number of the document that a verb acts on, "" when the content names none. */
const char *target_document_number(const struct judgement *j);

/* True when that number is one of a document of the holder. */
bool target_document_known(struct judgement *j);

/* The holder's application that an issue builds on; NULL when it cannot be found. */
const Civil__V1__DocumentApplied *target_application(struct judgement *j);

/* The issue inside issued, renewed, replaced; NULL for other contents. */
const Civil__V1__DocumentIssued *target_issue(const struct judgement *j);

/* "id_card" for the class of the event. */
const char *target_document_class(const struct judgement *j);

/* Sort of number of documents of the event's class. */
enum number_sort target_document_sort(const struct judgement *j);

#endif
