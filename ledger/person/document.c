/* Documents: applied for, issued, handed over, lost and found, and the act that ends each state.
 *
 * What other acts do to documents (death) happens on the day of registration and is never undone;
 * `expired` is not kept, a read derives it from expires_on. */
#include "ledger/person/step.h"

#include "ledger/base/crypto.h"
#include "ledger/event/message.h"

#define DOCUMENT(name) CIVIL__V1__DOCUMENT_STATUS__DOCUMENT_STATUS_##name

bool document_is_live(Civil__V1__DocumentStatus status)
{
	return status == DOCUMENT(LIVE) || status == DOCUMENT(DELIVERED) ||
	       status == DOCUMENT(FOUND);
}

/* Name of the class, as in answers. */
static const char *class_name(const struct act *act)
{
	if (act->header->event_class == CIVIL__V1__EVENT_CLASS__EVENT_CLASS_PASSPORT) {
		return "passport";
	}
	if (act->header->event_class == CIVIL__V1__EVENT_CLASS__EVENT_CLASS_PERMIT) {
		return "permit";
	}
	return "id_card";
}

static Civil__V1__PersonDocument *find_number(const struct fold *fold, const struct act *act,
                                              const char *number)
{
	for (size_t i = 0; i < fold->state->n_documents; i++) {
		Civil__V1__PersonDocument *document = fold->state->documents[i];

		if (strcmp(document->number, number) == 0 && number[0] != '\0' &&
		    strcmp(document->document_class, class_name(act)) == 0) {
			return document;
		}
	}
	return NULL;
}

/* Adds a document and a place for its print. */
static Civil__V1__PersonDocument *add_document(struct fold *fold, const struct act *act)
{
	Civil__V1__PersonDocument *document =
	        fold_new(fold, &civil__v1__person_document__descriptor);

	if (document == NULL) {
		return NULL;
	}
	document->document_class = fold_text(fold, class_name(act));
	fold_append(fold, &fold->state->documents, &fold->state->n_documents, document);
	return fold->failed ? NULL : document;
}

void step_document_applied(struct fold *fold, const struct act *act)
{
	const Civil__V1__DocumentApplied *content = act->content->document_applied;
	Civil__V1__PersonDocument *document = add_document(fold, act);

	if (document == NULL) {
		return;
	}
	document->sort = content->sort;
	document->status = DOCUMENT(APPLIED);
	document->status_since = content->date;
	document->application = fold_bytes(fold, bytes_of_hash(&act->event_id));
	document->provenance =
	        fold_provenance(fold, act, fold_partial(fold, content->date), " sort date ");
}

/* The entry that waits for this document; a new one when the application is not there. */
static Civil__V1__PersonDocument *applied_for(struct fold *fold, const struct act *act,
                                              ProtobufCBinaryData application)
{
	struct bytes wanted = bytes_of(application.data, application.len);

	for (size_t i = 0; wanted.size > 0 && i < fold->state->n_documents; i++) {
		Civil__V1__PersonDocument *document = fold->state->documents[i];

		if (document->status == DOCUMENT(APPLIED) &&
		    bytes_equal(bytes_of(document->application.data, document->application.len),
		                wanted)) {
			return document;
		}
	}
	return add_document(fold, act);
}

static void set_snapshot(struct fold *fold, Civil__V1__PersonDocument *document,
                         const Civil__V1__DocumentSnapshot *snapshot)
{
	size_t size;
	uint8_t *packed;
	struct hash digest;

	if (snapshot == NULL) {
		return;
	}
	size = civil__v1__document_snapshot__get_packed_size(snapshot);
	packed = arena_alloc(fold->arena, size);
	if (packed == NULL) {
		fold->failed = true;
		return;
	}
	(void)civil__v1__document_snapshot__pack(snapshot, packed);
	digest = crypto_sha256(bytes_of(packed, size));
	document->snapshot_digest = fold_bytes(fold, bytes_of_hash(&digest));
}

static void issue(struct fold *fold, const struct act *act,
                  const Civil__V1__DocumentIssued *content)
{
	Civil__V1__PersonDocument *document = applied_for(fold, act, content->application);

	if (document == NULL) {
		return;
	}
	document->number = content->document_number;
	document->status = DOCUMENT(LIVE);
	document->status_since = content->issued_on;
	document->issued_on = content->issued_on;
	document->expires_on = content->expires_on;
	document->application = content->application;
	document->issued_by = fold_bytes(fold, bytes_of_hash(&act->event_id));
	set_snapshot(fold, document, content->snapshot);
	document->provenance =
	        fold_provenance(fold, act, fold_partial(fold, content->issued_on), " ");
	fold->compare = true;
}

/* Writes a state that holds from `since`. */
static void set_status(struct fold *fold, const struct act *act,
                       Civil__V1__PersonDocument *document, Civil__V1__DocumentStatus status,
                       Civil__V1__Date *since)
{
	if (document == NULL) {
		return;
	}
	document->status = status;
	document->status_since = since;
	if (document->provenance != NULL) {
		document->provenance->uncertain_at_valid =
		        document->provenance->uncertain_at_valid || fold_uncertain(fold, act);
	}
	fold->compare = true;
}

static void replace(struct fold *fold, const struct act *act,
                    const Civil__V1__DocumentIssued *content, const char *replaces)
{
	Civil__V1__PersonDocument *old = find_number(fold, act, replaces);

	set_status(fold, act, old, DOCUMENT(REPLACED), content->issued_on);
	if (old != NULL) {
		old->replaced_by = content->document_number;
	}
	issue(fold, act, content);
}

void step_document_issued(struct fold *fold, const struct act *act)
{
	issue(fold, act, act->content->document_issued);
}

void step_document_renewed(struct fold *fold, const struct act *act)
{
	const Civil__V1__DocumentRenewed *content = act->content->document_renewed;

	if (content->issue != NULL) {
		replace(fold, act, content->issue, content->replaces);
	}
}

void step_document_replaced(struct fold *fold, const struct act *act)
{
	const Civil__V1__DocumentReplaced *content = act->content->document_replaced;

	if (content->issue != NULL) {
		replace(fold, act, content->issue, content->replaces);
	}
}

/* State that a verb leads to. */
static const struct {
	Civil__V1__Content__KindCase verb;
	Civil__V1__DocumentStatus status;
} verbs[] = {
	{ CIVIL__V1__CONTENT__KIND_DOCUMENT_DELIVERED, DOCUMENT(DELIVERED) },
	{ CIVIL__V1__CONTENT__KIND_DOCUMENT_LOST, DOCUMENT(LOST) },
	{ CIVIL__V1__CONTENT__KIND_DOCUMENT_STOLEN, DOCUMENT(STOLEN) },
	{ CIVIL__V1__CONTENT__KIND_DOCUMENT_FOUND, DOCUMENT(FOUND) },
	{ CIVIL__V1__CONTENT__KIND_DOCUMENT_SUSPENDED, DOCUMENT(SUSPENDED) },
	{ CIVIL__V1__CONTENT__KIND_DOCUMENT_RESUMED, DOCUMENT(LIVE) },
	{ CIVIL__V1__CONTENT__KIND_DOCUMENT_REVOKED, DOCUMENT(REVOKED) },
};

/* Text of a field of the act's message by name; "" when it has no such field. */
static const char *text_of(const struct act *act, const char *name)
{
	const ProtobufCFieldDescriptor *field =
	        message_field(act->message->descriptor, name, strlen(name));

	return field == NULL ? "" : message_string(act->message, field, 0);
}

void step_document_status(struct fold *fold, const struct act *act)
{
	Civil__V1__PersonDocument *document =
	        find_number(fold, act, text_of(act, "document_number"));

	for (size_t i = 0; document != NULL && i < sizeof(verbs) / sizeof(verbs[0]); i++) {
		if (verbs[i].verb == act->content->kind_case) {
			set_status(fold, act, document, verbs[i].status,
			           fold_date(fold, fold->day));
		}
	}
}

void document_suspend_live(struct fold *fold, const struct act *act, const char *document_class)
{
	for (size_t i = 0; i < fold->state->n_documents; i++) {
		Civil__V1__PersonDocument *document = fold->state->documents[i];

		if (document_is_live(document->status) &&
		    strcmp(document->document_class, document_class) == 0) {
			set_status(fold, act, document, DOCUMENT(SUSPENDED),
			           fold_date(fold, fold->day));
		}
	}
	fold->compare = true;
}

void document_cancel_live(struct fold *fold)
{
	for (size_t i = 0; i < fold->state->n_documents; i++) {
		Civil__V1__PersonDocument *document = fold->state->documents[i];

		if (document_is_live(document->status)) {
			document->status = DOCUMENT(CANCELLED);
			document->status_since = fold_date(fold, fold->day);
		}
	}
	fold->compare = true;
}

const Civil__V1__DocumentIssued *document_issue_of(const Civil__V1__Content *content)
{
	if (content->kind_case == CIVIL__V1__CONTENT__KIND_DOCUMENT_ISSUED) {
		return content->document_issued;
	}
	if (content->kind_case == CIVIL__V1__CONTENT__KIND_DOCUMENT_RENEWED) {
		return content->document_renewed->issue;
	}
	if (content->kind_case == CIVIL__V1__CONTENT__KIND_DOCUMENT_REPLACED) {
		return content->document_replaced->issue;
	}
	return NULL;
}

/* Whichever of two acts may begin later. */
static const struct act *later(const struct act *a, const struct act *b)
{
	return a == NULL || b->valid.earliest > a->valid.earliest ? b : a;
}

/* A verb builds on the issue of the number it names, a document on its application and on the one
 * that it replaces. */
const struct act *step_document_anchor(const struct acts *acts, const struct act *act,
                                       const struct id *person)
{
	const Civil__V1__DocumentIssued *issued = document_issue_of(act->content);
	const char *number = text_of(act, issued == NULL ? "document_number" : "replaces");
	const struct act *found = NULL;

	(void)person; /* only the holder's acts name a document */
	for (size_t i = 0; i < acts->count; i++) {
		const struct act *other = &acts->act[i];
		const Civil__V1__DocumentIssued *theirs = document_issue_of(other->content);

		if (other == act || other->header->event_class != act->header->event_class) {
			continue;
		}
		if (theirs != NULL && number[0] != '\0' &&
		    strcmp(theirs->document_number, number) == 0) {
			found = later(found, other);
		}
		if (issued != NULL &&
		    bytes_equal(bytes_of_hash(&other->event_id),
		                bytes_of(issued->application.data, issued->application.len))) {
			found = later(found, other);
		}
	}
	return found;
}
