/* Field rows of residence, numbers and documents. */
#include "ledger/event/constraint_table.h"

#include "ledger/base/limits.h"
#include "ledger/event/mrz.h"
#include "ledger/event/partial_date.h"

static const struct field_row residence_unit_opened_rows[] = {
	NEEDED_MESSAGE("address", &table_address),
	NEEDED("sort", FORM_ENUM),
	NEEDED("date", FORM_DATE),
};

const struct table table_residence_unit_opened =
        TABLE(residence_unit_opened, residence_unit_opened_rows, NULL);

static const struct field_row residence_departure_rows[] = {
	NEEDED("date", FORM_DATE),
	NEEDED("from_unit", FORM_ID),
	NEEDED_MESSAGE("to", &table_place),
	NEEDED("reason", FORM_CODE),
};

const struct table table_residence_departure =
        TABLE(residence_departure, residence_departure_rows, NULL);

static const struct field_row residence_arrival_rows[] = {
	NEEDED("date", FORM_DATE),
	NEEDED("unit", FORM_ID),
	OPTIONAL_MESSAGE("from", &table_place),
	NEEDED("reason", FORM_CODE),
	OPTIONAL("release", FORM_ACT),
};

/* Who never had a residence comes from nowhere that is known. */
static void check_residence_arrival(struct checking *checking, const struct position *position,
                                    const ProtobufCMessage *message)
{
	const Civil__V1__ResidenceArrival *arrival = (const Civil__V1__ResidenceArrival *)message;

	if (arrival->from == NULL && strcmp(arrival->reason, "first_entry") != 0) {
		constraint_report(checking, position, "from", RULE_S07,
		                  "is missing: only a first entry comes from nowhere");
	}
}

const struct table table_residence_arrival =
        TABLE(residence_arrival, residence_arrival_rows, check_residence_arrival);

static const struct field_row number_allocated_rows[] = {
	NEEDED("scheme", FORM_CODE),
	NEEDED("reason", FORM_ENUM),
	NEEDED("date", FORM_DATE),
	NEEDED_MESSAGE("place", &table_place),
};

const struct table table_number_allocated = TABLE(number_allocated, number_allocated_rows, NULL);

static const struct field_row number_closed_rows[] = {
	NEEDED("number", FORM_PERSONAL_NUMBER),
	NEEDED("reason", FORM_CODE),
	NEEDED("date", FORM_DATE),
};

const struct table table_number_closed = TABLE(number_closed, number_closed_rows, NULL);

static const struct field_row block_reserved_rows[] = {
	NEEDED("office_id", FORM_OFFICE),
	NEEDED("scheme", FORM_CODE),
	NEEDED_NUMBER("count", 1, BLOCK_NUMBERS_MAX),
	NEEDED("expires", FORM_DATE),
	NEEDED("date", FORM_DATE),
};

/* A block is good for a day at least. */
static void check_block_reserved(struct checking *checking, const struct position *position,
                                 const ProtobufCMessage *message)
{
	const Civil__V1__BlockReserved *block = (const Civil__V1__BlockReserved *)message;
	int32_t first;
	int32_t last;

	if (partial_date_day(&first, block->date) && partial_date_day(&last, block->expires) &&
	    last < first) {
		constraint_report(checking, position, "expires", RULE_S07, "lies before date");
	}
}

const struct table table_block_reserved =
        TABLE(block_reserved, block_reserved_rows, check_block_reserved);

static const struct field_row block_returned_rows[] = {
	NEEDED("block", FORM_ACT),
	OPTIONAL_NUMBER("unused_count", 0, BLOCK_NUMBERS_MAX),
	NEEDED("date", FORM_DATE),
};

const struct table table_block_returned = TABLE(block_returned, block_returned_rows, NULL);

static const struct field_row document_applied_rows[] = {
	NEEDED("sort", FORM_CODE),
	NEEDED("reason", FORM_ENUM),
	NEEDED("date", FORM_DATE),
	NEEDED("photo_digest", FORM_HASH),
	OPTIONAL("template_digest", FORM_HASH),
	NEEDED("delivery", FORM_ENUM),
};

const struct table table_document_applied = TABLE(document_applied, document_applied_rows, NULL);

static const struct field_row document_snapshot_rows[] = {
	NEEDED_MESSAGE("name", &table_name),       NEEDED("sex", FORM_ENUM),
	NEEDED("birth", FORM_PARTIAL_DATE),        NEEDED("nationality", FORM_COUNTRY),
	NEEDED_MESSAGE("address", &table_address), NEEDED("number", FORM_PERSONAL_NUMBER),
};

/* A document shows the Latin name, so it must have been registered. */
static void check_document_snapshot(struct checking *checking, const struct position *position,
                                    const ProtobufCMessage *message)
{
	const Civil__V1__DocumentSnapshot *snapshot = (const Civil__V1__DocumentSnapshot *)message;

	if (snapshot->name != NULL && snapshot->name->latin_given[0] == '\0') {
		constraint_report(checking, position, "name.latin_given", RULE_S08,
		                  "is missing: a document shows the Latin name");
	}
}

static const struct table table_document_snapshot =
        TABLE(document_snapshot, document_snapshot_rows, check_document_snapshot);

static const struct field_row document_issued_rows[] = {
	NEEDED("application", FORM_ACT),
	NEEDED("document_number", FORM_DOCUMENT_NUMBER),
	NEEDED("serial", FORM_DOCUMENT_NUMBER),
	NEEDED("issued_on", FORM_DATE),
	NEEDED("expires_on", FORM_DATE),
	NEEDED_MESSAGE("snapshot", &table_document_snapshot),
	OPTIONAL("mrz", FORM_MRZ),
};

static void check_document_issued(struct checking *checking, const struct position *position,
                                  const ProtobufCMessage *message)
{
	const Civil__V1__DocumentIssued *issued = (const Civil__V1__DocumentIssued *)message;

	if (issued->n_mrz == 0) {
		return;
	}
	const char *fault = mrz_fault(issued->mrz, issued->n_mrz);
	if (fault != NULL) {
		constraint_report(checking, position, "mrz", RULE_S07, "%s", fault);
	}
}

const struct table table_document_issued =
        TABLE(document_issued, document_issued_rows, check_document_issued);

static const struct field_row document_delivered_rows[] = {
	NEEDED("document_number", FORM_DOCUMENT_NUMBER),
	NEEDED("date", FORM_DATE),
	NEEDED("to", FORM_ENUM),
	NEEDED_TEXT("by", TEXT_LINE_MAX),
};

const struct table table_document_delivered =
        TABLE(document_delivered, document_delivered_rows, NULL);

/* Renewed and replaced documents have the same fields, and lost and stolen, and so on. */
static const struct field_row succession_rows[] = {
	NEEDED_MESSAGE("issue", &table_document_issued),
	NEEDED("replaces", FORM_DOCUMENT_NUMBER),
	NEEDED("reason", FORM_CODE),
};

const struct table table_document_renewed = TABLE(document_renewed, succession_rows, NULL);
const struct table table_document_replaced = TABLE(document_replaced, succession_rows, NULL);

static const struct field_row loss_rows[] = {
	NEEDED("document_number", FORM_DOCUMENT_NUMBER),
	NEEDED("date", FORM_PARTIAL_DATE),
	OPTIONAL_MESSAGE("place", &table_place),
	NEEDED_TEXT("report_number", TEXT_LINE_MAX),
};

const struct table table_document_lost = TABLE(document_lost, loss_rows, NULL);
const struct table table_document_stolen = TABLE(document_stolen, loss_rows, NULL);

static const struct field_row document_found_rows[] = {
	NEEDED("document_number", FORM_DOCUMENT_NUMBER),
	NEEDED("date", FORM_DATE),
};

const struct table table_document_found = TABLE(document_found, document_found_rows, NULL);

static const struct field_row standing_rows[] = {
	NEEDED("document_number", FORM_DOCUMENT_NUMBER),
	NEEDED("date", FORM_DATE),
	NEEDED("reason", FORM_CODE),
	NEEDED_TEXT("authority", TEXT_LINE_MAX),
};

const struct table table_document_suspended = TABLE(document_suspended, standing_rows, NULL);
const struct table table_document_resumed = TABLE(document_resumed, standing_rows, NULL);
const struct table table_document_revoked = TABLE(document_revoked, standing_rows, NULL);
