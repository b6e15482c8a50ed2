/* Effects of institutions, code lists and nodes. */
#include "ledger/authority/authority_value.h"
#include "ledger/authority/governance_effect.h"
#include "ledger/authority/scope.h"
#include "ledger/base/crypto.h"
#include "ledger/base/limits.h"
#include "ledger/event/partial_date.h"

static enum status put_institution(const struct effect *effect,
                                   const struct institution *institution)
{
	struct key key;
	struct buf value;

	key_authority(&key, 'i', bytes_of_string(institution->id));
	buf_init(&value, CONTENT_BYTES_MAX + 64);
	authority_institution_encode(&value, institution);
	return governance_put(effect, &key, &value);
}

enum status effect_institution_authorised(const struct effect *effect)
{
	const Civil__V1__InstitutionAuthorised *authorised =
	        effect->event->content->institution_authorised;
	struct institution institution = {
		.until_day = INT32_MAX,
		.index = effect->index,
		.revoked_index = UINT64_MAX,
		.authorised = authorised,
	};

	memcpy(institution.id, authorised->institution, strlen(authorised->institution) + 1);
	(void)partial_date_day(&institution.from_day, authorised->from); /* S07 saw to it */
	(void)partial_date_day(&institution.until_day, authorised->until);
	return put_institution(effect, &institution);
}

enum status effect_institution_revoked(const struct effect *effect)
{
	const Civil__V1__InstitutionRevoked *revoked = effect->event->content->institution_revoked;
	struct institution institution;
	enum status status =
	        authority_institution(effect->view, &institution, revoked->institution);

	if (status != STATUS_OK) {
		return status == STATUS_NOT_FOUND ? STATUS_CORRUPT : status; /* S12 saw to it */
	}
	institution.revoked_index = effect->index;
	(void)partial_date_day(&institution.revoked_day, revoked->date);
	return put_institution(effect, &institution);
}

/* Remembers the part: rule S15. */
enum status effect_codelist_published(const struct effect *effect)
{
	const Civil__V1__CodelistPublished *published = effect->event->content->codelist_published;
	struct key key;
	struct buf value;

	authority_codelist_key(&key, published->list, published->version, published->part);
	buf_init(&value, 8);
	buf_append_u64(&value, effect->index);
	return governance_put(effect, &key, &value);
}

/* A node signs as an officer of the office that runs it. */
enum status effect_node_admitted(const struct effect *effect)
{
	const Civil__V1__NodeAdmitted *admitted = effect->event->content->node_admitted;
	struct officer_key node = {
		.officer = crypto_created_id(&effect->event->id, 1),
		.roles = ROLE_BIT(CIVIL__V1__OFFICER_ROLE__OFFICER_ROLE_NODE),
		.until_day = INT32_MAX,
		.enrolled_index = effect->index,
		.suspended_index = UINT64_MAX,
		.compromised_index = UINT64_MAX,
	};
	struct key key;
	struct buf value;

	memcpy(node.public_key, admitted->public_key.data, PUBLIC_KEY_BYTES);
	memcpy(node.office, admitted->office_id, strlen(admitted->office_id) + 1);
	(void)partial_date_day(&node.from_day, admitted->from);
	enum status status = governance_put_officer(effect, &node);
	if (status != STATUS_OK) {
		return status;
	}
	key_authority(&key, 'w', bytes_of_string(admitted->node_id));
	buf_init(&value, 64);
	buf_append_u64(&value, effect->index);
	buf_append(&value, bytes_of(node.public_key, PUBLIC_KEY_BYTES));
	return governance_put(effect, &key, &value);
}

enum status effect_node_retired(const struct effect *effect)
{
	const Civil__V1__NodeRetired *retired = effect->event->content->node_retired;
	struct scope_change change = { .index = effect->index, .until_day = INT32_MAX };
	struct officer_key node;
	enum status status = authority_node(effect->view, &node, retired->node_id);

	if (status != STATUS_OK) {
		return status == STATUS_NOT_FOUND ? STATUS_CORRUPT : status; /* S12 saw to it */
	}
	(void)partial_date_day(&change.from_day, retired->date);
	change.from_day++;
	status = scope_add(&node, &change, effect->view->arena);
	return status == STATUS_OK ? governance_put_officer(effect, &node) : status;
}
