/* civilctl event sign */
#include "ledger/base/crypto.h"
#include "tools/civilctl/commands.h"
#include "tools/civilctl/draft_file.h"
#include "tools/civilctl/format.h"
#include "tools/civilctl/seal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

/* The file holds personal data: for its owner alone. */
static enum ctl_exit write_event(struct ctl *ctl, const char *path, struct bytes event)
{
	if (path == NULL) {
		return fwrite(event.data, 1, event.size, stdout) == event.size ? CTL_OK : CTL_ERROR;
	}
	int file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, S_IRUSR | S_IWUSR);
	bool written = file >= 0 && write(file, event.data, event.size) == (ssize_t)event.size;

	if (!written) {
		ctl_say("%s: %s: %s", ctl->command->name, path, strerror(errno));
	}
	if (file >= 0) {
		(void)close(file);
	}
	return written ? CTL_OK : CTL_ERROR;
}

static enum ctl_exit add_signatures(struct ctl *ctl, struct bytes *event,
                                    const struct compose_key keys[], size_t count)
{
	enum status status = STATUS_OK;
	struct buf out;

	buf_init(&out, SIGNED_EVENT_BYTES_MAX);
	for (size_t i = 0; status == STATUS_OK && i < count; i++) {
		buf_reset(&out);
		status = compose_add_signature(&out, *event, &keys[i], &ctl->arena);
		if (status == STATUS_OK) {
			*event = bytes_of(arena_copy(&ctl->arena, buf_bytes(&out)), out.size);
			status = event->data == NULL ? STATUS_NO_MEMORY : STATUS_OK;
		}
	}
	buf_fini(&out);
	if (status == STATUS_INVALID) {
		ctl_say("event sign: this is no signed event, or the key has signed it already");
	}
	return ctl_exit_of(status);
}

static enum ctl_exit seal_or_add(struct ctl *ctl, struct bytes *event,
                                 const struct compose_key keys[], size_t count)
{
	Civil__V1__EventDraft *draft;
	struct hash event_id;
	enum ctl_exit code;

	if (ctl_option(ctl, "add") != NULL) {
		code = ctl_read_file(ctl, event, ctl->arguments[0]);
		return code == CTL_OK ? add_signatures(ctl, event, keys, count) : code;
	}
	code = draft_file_read(ctl, &draft, ctl->arguments[0]);
	return code == CTL_OK ? seal_draft(ctl, event, &event_id, draft, keys, count) : code;
}

static enum ctl_exit run(struct ctl *ctl)
{
	struct compose_key keys[SIGNATURES_MAX];
	struct bytes event = { NULL, 0 };
	size_t count;
	enum ctl_exit code = seal_read_keys(ctl, keys, &count);

	if (code != CTL_OK) {
		return code;
	}
	code = seal_or_add(ctl, &event, keys, count);
	crypto_wipe(keys, sizeof(keys));
	return code == CTL_OK ? write_event(ctl, ctl_option(ctl, "out"), event) : code;
}

const struct command command_event_sign = {
	.name = "event sign",
	.synopsis = "FILE --key KEY [--key KEY]",
	.summary = "sign an event",
	.text = "Takes a draft in JSON, as event new prints it, and makes a signed event: fills in "
	        "what the header leaves out, commits to the content with a random opening, signs "
	        "with every key. With --add it adds signatures of further officers to an event "
	        "that is signed already.",
	.options = { { "key", "FILE", "key to sign with; may come several times" },
	             { "add", NULL, "FILE is a signed event; add signatures to it" },
	             { "out", "FILE", "write the event there; stdout" } },
	.arguments_min = 1,
	.arguments_max = 1,
	.examples = { { "civilctl event sign birth.json --key clerk.key --out birth.event",
	                "sign a declaration" },
	              { "civilctl event sign --add office.event --key national-2.key --out "
	                "both.event",
	                "a second officer signs" } },
	.exits = CTL_BIT(CTL_NOT_FOUND) | CTL_BIT(CTL_DENIED),
	.run = run,
};
