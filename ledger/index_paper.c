#include "ledger/index_paper.h"

static struct bytes of(ProtobufCBinaryData data)
{
	return bytes_of(data.data, data.len);
}

/* The content of an event that another names; NULL when there is none. */
static enum status content_of(struct view *view, const Civil__V1__Content **out,
                              ProtobufCBinaryData event_id)
{
	struct stored_record record;
	enum status status = view_record_by_event(view, &record, of(event_id));

	*out = status == STATUS_OK ? record.event.content : NULL;
	return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

static const Civil__V1__PaperReference *common_paper(const Civil__V1__Content *content)
{
	return content == NULL || content->common == NULL ? NULL : content->common->paper_reference;
}

/* From the link to what was verified, and from there to what was digitised. */
static enum status linked_paper(struct view *view, const Civil__V1__PaperReference **out,
                                const Civil__V1__LegacyLinked *linked)
{
	const Civil__V1__Content *content;
	enum status status = content_of(view, &content, linked->verified);

	if (status == STATUS_OK && content != NULL &&
	    content->kind_case == CIVIL__V1__CONTENT__KIND_LEGACY_VERIFIED) {
		status = content_of(view, &content, content->legacy_verified->digitised);
	}
	if (status == STATUS_OK && content != NULL &&
	    content->kind_case == CIVIL__V1__CONTENT__KIND_LEGACY_DIGITISED) {
		*out = content->legacy_digitised->paper_reference;
	}
	return status;
}

static enum status paper_of(struct view *view, const Civil__V1__PaperReference **out,
                            const Civil__V1__Content *content)
{
	enum status status = STATUS_OK;

	*out = common_paper(content);
	if (content->kind_case == CIVIL__V1__CONTENT__KIND_LEGACY_LINKED && *out == NULL) {
		return linked_paper(view, out, content->legacy_linked);
	}
	if (content->kind_case == CIVIL__V1__CONTENT__KIND_REGISTRATION) {
		const Civil__V1__Content *declared;

		if (content->registration->paper_reference != NULL) {
			*out = content->registration->paper_reference;
			return STATUS_OK;
		}
		status = content_of(view, &declared, content->registration->declaration);
		*out = common_paper(declared);
	}
	return status;
}

static void key_paper(struct key *key, const char *office, const Civil__V1__PaperReference *paper)
{
	key_begin(key);
	key_u8(key, 'p');
	key_string0(key, bytes_of_string(office));
	key_string0(key, bytes_of_string(paper->book));
	key_u32(key, (uint32_t)paper->year);
}

enum status index_paper(struct view *view, struct store_batch *batch,
                        const struct stored_record *record)
{
	const struct event *event = &record->event;
	const Civil__V1__PaperReference *paper;
	struct key key;

	if (event->header->step != CIVIL__V1__EVENT_STEP__EVENT_STEP_REGISTERED ||
	    event->header->n_subjects == 0 || event->content == NULL) {
		return STATUS_OK;
	}
	enum status status = paper_of(view, &paper, event->content);
	if (status != STATUS_OK || paper == NULL || paper->book[0] == '\0') {
		return status;
	}
	key_paper(&key, paper->office_id[0] == '\0' ? event->header->office_id : paper->office_id,
	          paper);
	key_string0(&key, bytes_of_string(paper->page));
	key_string0(&key, bytes_of_string(paper->entry));
	key_u64(&key, record->index);
	if (!key_failed(&key)) {
		store_batch_put(batch, STORE_WORK, key_bytes(&key), bytes_of(NULL, 0));
	}
	return STATUS_OK;
}

bool index_paper_prefix(struct key *key, const Civil__V1__PaperReference *paper)
{
	key_paper(key, paper->office_id, paper);
	if (paper->page[0] != '\0') {
		key_string0(key, bytes_of_string(paper->page));
	}
	if (paper->page[0] != '\0' && paper->entry[0] != '\0') {
		key_string0(key, bytes_of_string(paper->entry));
	}
	return !key_failed(key);
}
