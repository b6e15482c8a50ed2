#include "ledger/rules/office_acts.h"

#include "ledger/authority/scope.h"
#include "ledger/rules/target.h"

/* An office that the content names; S07 speaks of one that is missing. */
static bool office_named(struct judgement *j, struct office *office, const char *id,
                         const char *path)
{
	if (id[0] == '\0') {
		return false;
	}
	if (!judgement_settle(j, authority_office(j->view, office, id))) {
		(void)finding_broken(j, path);
		return false;
	}
	return true;
}

static void node_named(struct judgement *j, const char *id, const char *path)
{
	struct officer_key node;

	if (id[0] != '\0' && !judgement_settle(j, authority_node(j->view, &node, id))) {
		(void)finding_broken(j, path);
	}
}

static void institution_named(struct judgement *j, const char *id, const char *path)
{
	struct institution institution;

	if (id[0] != '\0' &&
	    !judgement_settle(j, authority_institution(j->view, &institution, id))) {
		(void)finding_broken(j, path);
	}
}

/* Nobody can speak of records that are not there yet. */
static void epoch_reached(struct judgement *j)
{
	const Civil__V1__CheckpointEpoch *epoch = j->event->content->checkpoint_epoch;

	if (epoch->size > 0 && (uint64_t)epoch->size > j->view->size) {
		(void)finding_broken(j, "content.checkpoint_epoch.size");
	}
}

static void officer_named(struct judgement *j, const ProtobufCBinaryData *key, const char *path)
{
	struct officer_key officer;

	if (key->len > 0 && !target_officer(j, &officer)) {
		(void)finding_broken(j, path);
	}
}

void office_acts_named(struct judgement *j)
{
	const Civil__V1__Content *content = j->event->content;
	struct office office;

	switch ((int)content->kind_case) {
	case CONTENT_CASE(OFFICE_MERGED):
		(void)office_named(j, &office, content->office_merged->office_id,
		                   "content.office_merged.office_id");
		(void)office_named(j, &office, content->office_merged->into,
		                   "content.office_merged.into");
		break;
	case CONTENT_CASE(OFFICER_SCOPE_CHANGED):
		officer_named(j, &content->officer_scope_changed->public_key,
		              "content.officer_scope_changed.public_key");
		(void)office_named(j, &office, content->officer_scope_changed->office_id,
		                   "content.officer_scope_changed.office_id");
		break;
	case CONTENT_CASE(OFFICER_KEY_ROTATED):
		officer_named(j, &content->officer_key_rotated->public_key,
		              "content.officer_key_rotated.public_key");
		break;
	case CONTENT_CASE(OFFICER_RETIRED):
		officer_named(j, &content->officer_retired->public_key,
		              "content.officer_retired.public_key");
		break;
	case CONTENT_CASE(INSTITUTION_AUTHORISED):
		(void)office_named(j, &office, content->institution_authorised->institution,
		                   "content.institution_authorised.institution");
		break;
	case CONTENT_CASE(INSTITUTION_REVOKED):
		institution_named(j, content->institution_revoked->institution,
		                  "content.institution_revoked.institution");
		break;
	case CONTENT_CASE(DISCLOSURE):
		institution_named(j, content->disclosure->institution,
		                  "content.disclosure.institution");
		break;
	case CONTENT_CASE(NODE_ADMITTED):
		(void)office_named(j, &office, content->node_admitted->office_id,
		                   "content.node_admitted.office_id");
		break;
	case CONTENT_CASE(NODE_RETIRED):
		node_named(j, content->node_retired->node_id, "content.node_retired.node_id");
		break;
	case CONTENT_CASE(ACCESS_ANCHOR):
		node_named(j, content->access_anchor->node_id, "content.access_anchor.node_id");
		break;
	case CONTENT_CASE(CHECKPOINT_EPOCH):
		node_named(j, content->checkpoint_epoch->node_id,
		           "content.checkpoint_epoch.node_id");
		epoch_reached(j);
		break;
	default:
		break;
	}
}

void office_acts_fits(struct judgement *j)
{
	const Civil__V1__Content *content = j->event->content;
	struct office from;
	struct office into;

	if (content->kind_case == CONTENT_CASE(OFFICE_MERGED) &&
	    judgement_settle(j,
	                     authority_office(j->view, &from, content->office_merged->office_id)) &&
	    judgement_settle(j, authority_office(j->view, &into, content->office_merged->into)) &&
	    from.sort != into.sort) {
		(void)finding_broken(j, "content.office_merged.into");
	}
	if (content->kind_case == CONTENT_CASE(INSTITUTION_AUTHORISED) &&
	    judgement_settle(j, authority_office(j->view, &from,
	                                         content->institution_authorised->institution)) &&
	    from.sort != CIVIL__V1__OFFICE_SORT__OFFICE_SORT_INSTITUTION) {
		(void)finding_broken(j, "content.institution_authorised.institution");
	}
}

static void office_open(struct judgement *j, const char *id, const char *path)
{
	struct office office;

	if (judgement_settle(j, authority_office(j->view, &office, id)) &&
	    office.closed_day != INT32_MAX) {
		(void)finding_broken(j, path);
	}
}

/* What both cover has a place in one office. */
static void areas_fit(struct judgement *j, const Civil__V1__OfficeMerged *merged)
{
	struct office from;
	struct office into;

	if (judgement_settle(j, authority_office(j->view, &from, merged->office_id)) &&
	    judgement_settle(j, authority_office(j->view, &into, merged->into)) &&
	    from.area_count + into.area_count > OFFICE_AREAS_MAX) {
		(void)finding_broken(j, "content.office_merged.into");
	}
}

static void key_in_force(struct judgement *j, const struct officer_key *key, const char *path)
{
	if (key->suspended_index != UINT64_MAX || key->compromised_index != UINT64_MAX ||
	    scope_retired(key)) {
		(void)finding_broken(j, path);
	}
}

static void institution_reads(struct judgement *j, const char *id, bool on_day, const char *path)
{
	struct institution institution;

	if (judgement_settle(j, authority_institution(j->view, &institution, id)) &&
	    (institution.revoked_index != UINT64_MAX ||
	     (on_day && !authority_institution_active(&institution, j->own.valid.latest)))) {
		(void)finding_broken(j, path);
	}
}

void office_acts_in_force(struct judgement *j)
{
	const Civil__V1__Content *content = j->event->content;
	struct officer_key key;

	switch ((int)content->kind_case) {
	case CONTENT_CASE(OFFICE_MERGED):
		office_open(j, content->office_merged->office_id,
		            "content.office_merged.office_id");
		office_open(j, content->office_merged->into, "content.office_merged.into");
		areas_fit(j, content->office_merged);
		break;
	case CONTENT_CASE(OFFICER_SCOPE_CHANGED):
	case CONTENT_CASE(OFFICER_KEY_ROTATED):
	case CONTENT_CASE(OFFICER_RETIRED):
		if (target_officer(j, &key)) {
			key_in_force(j, &key, "content.public_key");
		}
		break;
	case CONTENT_CASE(INSTITUTION_REVOKED):
		institution_reads(j, content->institution_revoked->institution, false,
		                  "content.institution_revoked.institution");
		break;
	case CONTENT_CASE(DISCLOSURE):
		institution_reads(j, content->disclosure->institution, j->own.dated,
		                  "content.disclosure.institution");
		break;
	case CONTENT_CASE(NODE_RETIRED):
		if (judgement_settle(
		            j, authority_node(j->view, &key, content->node_retired->node_id))) {
			key_in_force(j, &key, "content.node_retired.node_id");
		}
		break;
	default:
		break;
	}
}

static void key_unused(struct judgement *j, const ProtobufCBinaryData *public_key, const char *path)
{
	struct officer_key key;

	if (judgement_settle(
	            j, authority_key(j->view, &key, bytes_of(public_key->data, public_key->len)))) {
		(void)finding_broken(j, path);
	}
}

void office_acts_unused(struct judgement *j)
{
	const Civil__V1__Content *content = j->event->content;
	struct officer_key node;
	bool has = false;

	if (content->kind_case == CONTENT_CASE(OFFICER_KEY_ROTATED)) {
		key_unused(j, &content->officer_key_rotated->new_public_key,
		           "content.officer_key_rotated.new_public_key");
	} else if (content->kind_case == CONTENT_CASE(NODE_ADMITTED)) {
		key_unused(j, &content->node_admitted->public_key,
		           "content.node_admitted.public_key");
		if (judgement_settle(
		            j, authority_node(j->view, &node, content->node_admitted->node_id))) {
			(void)finding_broken(j, "content.node_admitted.node_id");
		}
	} else if (content->kind_case == CONTENT_CASE(CODELIST_PUBLISHED)) {
		const Civil__V1__CodelistPublished *published = content->codelist_published;

		if (judgement_settle(j, authority_codelist_has_part(j->view, &has, published->list,
		                                                    published->version,
		                                                    published->part)) &&
		    has) {
			(void)finding_broken(j, "content.codelist_published.part");
		}
	}
}

struct bytes office_acts_own_key(const struct judgement *j)
{
	const Civil__V1__Content *content = j->event->content;

	if (content->kind_case != CONTENT_CASE(OFFICER_KEY_ROTATED)) {
		return bytes_of(NULL, 0);
	}
	return bytes_of(content->officer_key_rotated->public_key.data,
	                content->officer_key_rotated->public_key.len);
}

bool office_acts_node_signs(struct judgement *j, struct bytes public_key)
{
	const Civil__V1__Content *content = j->event->content;
	const char *node_id = NULL;
	struct officer_key node;

	if (content->kind_case == CONTENT_CASE(ACCESS_ANCHOR)) {
		node_id = content->access_anchor->node_id;
	} else if (content->kind_case == CONTENT_CASE(CHECKPOINT_EPOCH)) {
		node_id = content->checkpoint_epoch->node_id;
	}
	return node_id == NULL ||
	       !judgement_settle(j, authority_node(j->view, &node, node_id)) || /* S12 */
	       bytes_equal(bytes_of(node.public_key, PUBLIC_KEY_BYTES), public_key);
}
