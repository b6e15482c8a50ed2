#include "ledger/query/history_entry.h"

#include "ledger/person/persona.h"

#include "ledger/authority/authority.h"
#include "ledger/authority/scope.h"
#include "ledger/base/crypto.h"
#include "ledger/log/merkle.h"

static struct bytes of(ProtobufCBinaryData data)
{
	return bytes_of(data.data, data.len);
}

/* The declaration that a step speaks of; empty for other contents. */
static struct bytes declaration_of(const Civil__V1__Content *content)
{
	if (content->kind_case == CIVIL__V1__CONTENT__KIND_VERIFICATION) {
		return of(content->verification->declaration);
	}
	if (content->kind_case == CIVIL__V1__CONTENT__KIND_REGISTRATION) {
		return of(content->registration->declaration);
	}
	return bytes_of(NULL, 0);
}

/* Kind of a record: its own, or that of its case. NULL when nothing tells. */
static enum status kind_of_record(struct query *query, const struct kind **out,
                                  const struct stored_record *record)
{
	const Civil__V1__Content *content = record->event.content;
	struct stored_record *records;
	struct stored_record declared;
	size_t count;
	enum status status;

	*out = record->event.kind;
	if (content == NULL || *out != NULL) {
		return STATUS_OK;
	}
	if (content->kind_case == CIVIL__V1__CONTENT__KIND_NOTIFICATION) {
		*out = kind_of_name(content->notification->kind);
		return STATUS_OK;
	}
	if (declaration_of(content).size > 0) {
		status = view_record_by_event(&query->view, &declared, declaration_of(content));
		*out = status == STATUS_OK ? declared.event.kind : NULL;
		return status == STATUS_NOT_FOUND ? STATUS_OK : status;
	}
	status = view_case(&query->view, &records, &count, of(record->event.header->case_id));
	for (size_t i = 0; status == STATUS_OK && i < count; i++) {
		*out = records[i].event.kind == NULL ? *out : records[i].event.kind;
	}
	return status;
}

/* Roles that may sign the kind at this step, in any form. */
static uint32_t roles_of_step(const struct kind *kind, Civil__V1__EventStep step)
{
	uint32_t roles = 0;

	for (size_t i = 0; kind != NULL && kind->seats[i].step != 0; i++) {
		if (kind->seats[i].step == step) {
			roles |= kind->seats[i].roles;
		}
	}
	return roles;
}

/* Letters of the catalogue, section E, joined by "+". */
static char *role_letters(struct query *query, uint32_t roles)
{
	static const char *const letters[] = { "",   "N",  "K",  "R",  "V",  "P",
		                               "G",  "J",  "CC", "PC", "PD", "IC",
		                               "PP", "NA", "IM", "HC", "ES", "NODE" };
	char *text = arena_string(query->view.arena, "");

	for (unsigned role = 1; text != NULL && role < sizeof(letters) / sizeof(letters[0]);
	     role++) {
		if ((roles & ROLE_BIT(role)) != 0) {
			text = arena_printf(query->view.arena, "%s%s%s", text,
			                    text[0] == '\0' ? "" : "+", letters[role]);
		}
	}
	return text;
}

/* The officer behind a signature; only the key id when the key was never enrolled. */
static enum status make_signer(struct query *query, Civil__V1__Signer **out,
                               const struct stored_record *record, size_t i, uint32_t step_roles)
{
	const Civil__V1__Signature *signature = record->event.signatures[i];
	Civil__V1__Signer *signer = query_new(query, &civil__v1__signer__descriptor);
	struct officer_key key;
	struct hash key_id;
	enum status status;

	if (signer == NULL) {
		return STATUS_NO_MEMORY;
	}
	key_id = crypto_key_id(signature->public_key.data);
	if (!query_bytes(query, &signer->key_id, bytes_of_hash(&key_id))) {
		return STATUS_NO_MEMORY;
	}
	*out = signer;
	status = authority_key(&query->view, &key, of(signature->public_key));
	if (status != STATUS_OK) {
		return status == STATUS_NOT_FOUND ? STATUS_OK : status;
	}
	scope_on(&key, date_of_instant(record->recorded_at_ms));
	uint32_t used = key.roles & step_roles;

	signer->office_id = arena_string(query->view.arena, key.office);
	signer->role = role_letters(query, used == 0 ? key.roles : used);
	if (signer->office_id == NULL || signer->role == NULL ||
	    !query_bytes(query, &signer->officer_id, bytes_of_id(&key.officer))) {
		return STATUS_NO_MEMORY;
	}
	return STATUS_OK;
}

static enum status add_signers(struct query *query, Civil__V1__HistoryEntry *entry,
                               const struct stored_record *record, const struct kind *kind)
{
	uint32_t roles = roles_of_step(kind, record->event.header->step);
	size_t count = record->event.signature_count;

	entry->signers = arena_array(query->view.arena, count, sizeof(Civil__V1__Signer *));
	if (entry->signers == NULL) {
		return STATUS_NO_MEMORY;
	}
	for (size_t i = 0; i < count; i++) {
		enum status status = make_signer(query, &entry->signers[i], record, i, roles);

		if (status != STATUS_OK) {
			return status;
		}
		entry->n_signers++;
	}
	return STATUS_OK;
}

static Civil__V1__SubjectRole role_of(struct view *view, const struct stored_record *record,
                                      const struct id *person)
{
	for (size_t i = 0; person != NULL && i < record->event.header->n_subjects; i++) {
		struct id subject = event_subject_id(&record->event, i);

		if (id_equal(&subject, person) ||
		    (persona_resolve(view, &subject) == STATUS_OK && id_equal(&subject, person))) {
			return record->event.header->subjects[i]->role;
		}
	}
	return CIVIL__V1__SUBJECT_ROLE__SUBJECT_ROLE_UNSPECIFIED;
}

/* Header and content again, as messages of the answer's own. */
static bool copy_event(struct query *query, Civil__V1__HistoryEntry *entry,
                       const struct event *event)
{
	ProtobufCAllocator *allocator = &query->view.arena->allocator;

	entry->header = civil__v1__event_header__unpack(allocator, event->header_bytes.size,
	                                                event->header_bytes.data);
	if (event->content != NULL) {
		entry->content = civil__v1__content__unpack(allocator, event->content_bytes.size,
		                                            event->content_bytes.data);
	}
	return entry->header != NULL && (event->content == NULL || entry->content != NULL);
}

enum status history_entry_make(struct query *query, Civil__V1__HistoryEntry **out,
                               const struct stored_record *record, const struct id *person)
{
	Civil__V1__HistoryEntry *entry = query_new(query, &civil__v1__history_entry__descriptor);
	const struct kind *kind;
	struct hash hash;
	enum status status = kind_of_record(query, &kind, record);

	if (status != STATUS_OK) {
		return status;
	}
	if (entry == NULL || !copy_event(query, entry, &record->event)) {
		return STATUS_NO_MEMORY;
	}
	merkle_leaf(&hash, record->record_bytes);
	entry->index = record->index;
	entry->recorded_at_ms = record->recorded_at_ms;
	entry->kind = arena_string(query->view.arena, kind == NULL ? "" : kind->name);
	entry->role = role_of(&query->view, record, person);
	entry->findings = record->kept->findings;
	entry->n_findings = record->kept->n_findings;
	entry->law_version = record->kept->law_version;
	entry->in_force = true;
	if (entry->kind == NULL ||
	    !query_bytes(query, &entry->event_id, bytes_of_hash(&record->event.id)) ||
	    !query_bytes(query, &entry->record_hash, bytes_of_hash(&hash))) {
		return STATUS_NO_MEMORY;
	}
	status = add_signers(query, entry, record, kind);
	if (status == STATUS_OK) {
		*out = entry;
	}
	return status;
}
