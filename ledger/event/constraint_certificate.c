/* Field rows of certificates. */
#include "ledger/event/constraint_table.h"

enum { FEE_MAX = 100000000 }; /* riel */

static const struct field_row issued_rows[] = {
	NEEDED("act", FORM_ACT),
	NEEDED("template", FORM_ENUM),
	NEEDED("as_of", FORM_DATE),
	NEEDED("serial", FORM_DOCUMENT_NUMBER),
	OPTIONAL_NUMBER("fee", 0, FEE_MAX),
	NEEDED("rendering_digest", FORM_HASH),
	NEEDED_TEXT("collector", TEXT_LINE_MAX),
};

const struct table table_certificate_issued = TABLE(certificate_issued, issued_rows, NULL);

static const struct field_row withdrawn_rows[] = {
	NEEDED("target", FORM_ACT),
	NEEDED("serial", FORM_DOCUMENT_NUMBER),
	NEEDED("reason", FORM_CODE),
	NEEDED("date", FORM_DATE),
};

const struct table table_certificate_withdrawn = TABLE(certificate_withdrawn, withdrawn_rows, NULL);
