#include "tools/civilctl/seal.h"

#include "ledger/base/crypto.h"
#include "node/clock.h"
#include "tools/civilctl/key_file.h"

ProtobufCBinaryData seal_random(struct ctl *ctl, size_t size)
{
	uint8_t *data = arena_alloc(&ctl->arena, size);

	if (data == NULL) {
		return (ProtobufCBinaryData){ .len = 0 };
	}
	crypto_random(data, size);
	return (ProtobufCBinaryData){ .len = size, .data = data };
}

enum ctl_exit seal_draft(struct ctl *ctl, struct bytes *signed_event, struct hash *event_id,
                         const Civil__V1__EventDraft *draft, const struct compose_key keys[],
                         size_t key_count)
{
	Civil__V1__EventHeader header;
	struct composition composition = { .content = draft->content,
		                           .keys = keys,
		                           .key_count = key_count };
	struct buf out;

	if (draft->header == NULL || draft->content == NULL) {
		ctl_say("an event needs a header and a content");
		return CTL_USAGE;
	}
	header = *draft->header;
	composition.header = &header;
	if (header.request_id.len == 0) {
		header.request_id = seal_random(ctl, ID_BYTES);
	}
	if (header.signed_at_ms == 0) {
		header.signed_at_ms = clock_now_ms(clock_system());
	}
	crypto_random(composition.opening, OPENING_BYTES);
	buf_init(&out, SIGNED_EVENT_BYTES_MAX);
	enum status status = compose_event(&out, event_id, &composition, &ctl->arena);
	if (status == STATUS_OK) {
		*signed_event = bytes_of(arena_copy(&ctl->arena, buf_bytes(&out)), out.size);
		status = signed_event->data == NULL ? STATUS_NO_MEMORY : STATUS_OK;
	}
	buf_fini(&out);
	if (status == STATUS_INVALID) {
		ctl_say("the event is longer than %d bytes, or its header or content too long",
		        SIGNED_EVENT_BYTES_MAX);
		return CTL_USAGE;
	}
	return status == STATUS_OK ? CTL_OK : ctl_fail(status, "signing", NULL);
}

enum ctl_exit seal_read_keys(struct ctl *ctl, struct compose_key keys[SIGNATURES_MAX],
                             size_t *count)
{
	const char *paths[SIGNATURES_MAX];
	struct detail detail = { "", "" };
	size_t wanted = ctl_option_all(ctl, "key", paths, SIGNATURES_MAX);

	*count = 0;
	if (wanted == 0) {
		ctl_say("%s: say whose signature with --key FILE", ctl->command->name);
		return CTL_USAGE;
	}
	for (size_t i = 0; i < wanted; i++) {
		enum status status = key_file_read(&keys[i], paths[i], &detail);

		if (status != STATUS_OK) {
			crypto_wipe(keys, SIGNATURES_MAX * sizeof(*keys));
			return ctl_fail(status, ctl->command->name, &detail);
		}
		(*count)++;
	}
	return CTL_OK;
}
