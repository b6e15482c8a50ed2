#include "tools/civilctl/draft_file.h"

#include "api/json.h"
#include "ledger/base/base64.h"
#include "ledger/base/crypto.h"
#include "tools/civilctl/seal.h"

#include <stdlib.h>

enum { HEX_BYTES_MAX = 64 };

static const char hex_mark[] = "\"hex:";

enum status draft_file_unhex(struct buf *out, struct bytes text, struct detail *detail)
{
	const size_t mark = sizeof(hex_mark) - 1;

	while (text.size > 0) {
		const uint8_t *end = NULL;
		char digits[2 * HEX_BYTES_MAX + 1];
		uint8_t bytes[HEX_BYTES_MAX];

		if (text.size <= mark || memcmp(text.data, hex_mark, mark) != 0) {
			buf_append_u8(out, text.data[0]);
			text = bytes_of(text.data + 1, text.size - 1);
			continue;
		}
		text = bytes_of(text.data + mark, text.size - mark);
		end = memchr(text.data, '"', text.size);
		size_t length = end == NULL ? text.size : (size_t)(end - text.data);
		if (end == NULL || length >= sizeof(digits)) {
			detail_set(detail, "hex:", "at most %d bytes", HEX_BYTES_MAX);
			return STATUS_INVALID;
		}
		memcpy(digits, text.data, length);
		digits[length] = '\0';
		if (!bytes_from_hex(bytes, length / 2, digits)) {
			detail_set(detail, "hex:", "%s are no pairs of hexadecimal digits", digits);
			return STATUS_INVALID;
		}
		buf_append_u8(out, '"');
		base64_encode(out, bytes_of(bytes, length / 2));
		text = bytes_of(text.data + length, text.size - length);
	}
	return buf_status(out);
}

static enum ctl_exit read_draft(struct ctl *ctl, Civil__V1__EventDraft **out, struct bytes text,
                                const char *path)
{
	struct detail detail = { "", "" };
	ProtobufCMessage *message;
	struct buf standard;

	buf_init(&standard, JSON_TEXT_BYTES_MAX);
	enum status status = draft_file_unhex(&standard, text, &detail);
	if (status == STATUS_OK) {
		status = json_read_message(&message, &civil__v1__event_draft__descriptor,
		                           buf_bytes(&standard), "event", &ctl->arena, &detail);
	}
	buf_fini(&standard);
	if (status != STATUS_OK) {
		return ctl_fail(status, path, &detail);
	}
	*out = (Civil__V1__EventDraft *)message;
	return CTL_OK;
}

enum ctl_exit draft_file_read(struct ctl *ctl, Civil__V1__EventDraft **out, const char *path)
{
	struct bytes text;
	enum ctl_exit code = ctl_read_file(ctl, &text, path);

	return code == CTL_OK ? read_draft(ctl, out, text, path) : code;
}

/* JSON begins with a brace; a signed event with the tag of its header, 0x0a, which is also a line
 * feed, so white space is not skipped. */
static bool is_draft(struct bytes text)
{
	return text.size > 0 && text.data[0] == '{';
}

enum ctl_exit draft_file_signed(struct ctl *ctl, struct bytes *out, const char *path)
{
	struct compose_key keys[SIGNATURES_MAX];
	Civil__V1__EventDraft *draft = NULL;
	struct hash event_id;
	struct bytes text;
	size_t key_count = 0;
	enum ctl_exit code = ctl_read_file(ctl, &text, path);

	if (code != CTL_OK || !is_draft(text)) {
		*out = text;
		return code;
	}
	code = read_draft(ctl, &draft, text, path);
	if (code == CTL_OK) {
		code = seal_read_keys(ctl, keys, &key_count);
	}
	if (code == CTL_OK) {
		code = seal_draft(ctl, out, &event_id, draft, keys, key_count);
		crypto_wipe(keys, sizeof(keys));
	}
	return code;
}

enum ctl_exit draft_file_open(struct ctl *ctl, Civil__V1__SignedEvent **event,
                              Civil__V1__EventDraft **draft, struct bytes signed_event,
                              const char *path)
{
	ProtobufCAllocator *allocator = &ctl->arena.allocator;
	Civil__V1__EventDraft *both = arena_alloc(&ctl->arena, sizeof(*both));

	*event = civil__v1__signed_event__unpack(allocator, signed_event.size, signed_event.data);
	if (*event == NULL || both == NULL) {
		ctl_say("%s: is no signed event", path);
		return CTL_USAGE;
	}
	civil__v1__event_draft__init(both);
	both->header = civil__v1__event_header__unpack(allocator, (*event)->header.len,
	                                               (*event)->header.data);
	both->content = civil__v1__content__unpack(allocator, (*event)->content.len,
	                                           (*event)->content.data);
	if (both->header == NULL || both->content == NULL) {
		ctl_say("%s: header or content of the event does not parse", path);
		return CTL_USAGE;
	}
	*draft = both;
	return CTL_OK;
}
