/* What acts about marriages, parents, guardians, names and numbers refer to: a table of their
 * fields. */
#include "ledger/event/message.h"
#include "ledger/rules/target.h"
#include "ledger/rules/target_fits.h"

#define ROW(upper, lower, name, fits)                                                              \
	{                                                                                          \
		CONTENT_CASE(upper), #name, "content." #lower "." #name, fits                      \
	}

/* The act that an order may name (court_target) stands first. */
static const struct {
	Civil__V1__Content__KindCase content;
	const char *field;
	const char *path;
	bool (*fits)(const struct kind *kind);
} rows[] = {
	ROW(DIVORCE, divorce, target, fits_marriage),
	ROW(DIVORCE, divorce, decision, fits_court_decision),
	ROW(OBJECTION, objection, notice, fits_notice),
	ROW(OBJECTION_RESOLVED, objection_resolved, objection, fits_objection),
	ROW(OBJECTION_RESOLVED, objection_resolved, decision, fits_court_decision),
	ROW(ANNULMENT, annulment, target, fits_marriage),
	ROW(ANNULMENT, annulment, decision, fits_court_decision),
	ROW(SEPARATION, separation, target, fits_marriage),
	ROW(SEPARATION, separation, decision, fits_court_decision),
	ROW(RECONCILIATION, reconciliation, target, fits_marriage),
	ROW(RECONCILIATION, reconciliation, decision, fits_court_decision),
	ROW(MARRIAGE_RESOLVED, marriage_resolved, target, fits_marriage),
	ROW(MARRIAGE_RESOLVED, marriage_resolved, decision, fits_court_decision),
	ROW(LEGITIMATION, legitimation, marriage, fits_marriage),
	ROW(ADOPTION_REVOKED, adoption_revoked, target, fits_adoption),
	ROW(ADOPTION_REVOKED, adoption_revoked, decision, fits_court_decision),
	ROW(GUARDIANSHIP_ENDED, guardianship_ended, target, fits_guardianship),
	ROW(GUARDIANSHIP_ENDED, guardianship_ended, decision, fits_court_decision),
	ROW(BLOCK_RETURNED, block_returned, block, fits_block),
};

static struct bytes field_of(const Civil__V1__Content *content, size_t row)
{
	const ProtobufCMessage *message = kind_message(content);

	return message_bytes(
	        message,
	        message_field(message->descriptor, rows[row].field, strlen(rows[row].field)), 0);
}

bool target_of_order(const Civil__V1__Content *content, struct bytes *out)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (rows[i].content == content->kind_case) {
			*out = field_of(content, i);
			return true;
		}
	}
	return false;
}

size_t targets_by_field(const Civil__V1__Content *content, struct target out[TARGETS_MAX])
{
	size_t count = 0;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct bytes id = rows[i].content == content->kind_case ? field_of(content, i)
		                                                        : bytes_of(NULL, 0);

		if (id.size > 0) {
			out[count] = (struct target){ id, rows[i].path, rows[i].fits };
			count++;
		}
	}
	return count;
}
