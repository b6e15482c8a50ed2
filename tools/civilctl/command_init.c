/* civilctl init: from an empty node to a ledger that offices can be opened on. */
#include "ledger/base/crypto.h"
#include "tools/civilctl/commands.h"
#include "tools/civilctl/format.h"
#include "tools/civilctl/founding.h"
#include "tools/civilctl/key_file.h"
#include "tools/civilctl/progress.h"
#include "tools/civilctl/seal.h"
#include "tools/civilctl/session.h"
#include "tools/civilctl/submit.h"
#include "tools/civilctl/table.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

#define SOURCE_GAZETTEER "tools/data/gazetteer.tsv"
#define SHARED_GAZETTEER "../share/civil-ledger/gazetteer.tsv"

enum { PATH_BYTES_MAX = 1024 };

struct founding {
	struct ctl *ctl;
	struct compose_key keys[FOUNDERS_MAX];
	const char *paths[FOUNDERS_MAX];
	size_t key_count;
	ProtobufCBinaryData ledger_id;
	uint64_t index; /* of the last record made */
};

static const char *option_or(const struct ctl *ctl, const char *name, const char *fallback)
{
	const char *value = ctl_option(ctl, name);

	return value == NULL ? fallback : value;
}

/* Keys that are there already are used: an init that failed half-way can be run again. */
static enum ctl_exit read_or_make_keys(struct founding *founding)
{
	struct ctl *ctl = founding->ctl;
	const char *folder = option_or(ctl, "keys", "keys");
	struct detail detail = { "", "" };

	if (mkdir(folder, S_IRWXU) != 0 && errno != EEXIST) {
		ctl_say("init: %s: %s", folder, strerror(errno));
		return CTL_ERROR;
	}
	for (size_t i = 0; i < founding->key_count; i++) {
		const char *path = format_text(ctl, "%s/national-%zu.key", folder, i + 1);
		enum status status = key_file_read(&founding->keys[i], path, &detail);

		if (status == STATUS_NOT_FOUND) {
			status = key_file_create(&founding->keys[i], path, &detail);
		}
		if (status != STATUS_OK) {
			return ctl_fail(status, "init", &detail);
		}
		founding->paths[i] = path;
	}
	return CTL_OK;
}

static enum ctl_exit submit_draft(struct founding *founding, const Civil__V1__EventDraft *draft,
                                  size_t key_count)
{
	const Civil__V1__SubmitBatchResponse *response;
	struct bytes signed_event;
	struct hash event_id;
	enum ctl_exit code = seal_draft(founding->ctl, &signed_event, &event_id, draft,
	                                founding->keys, key_count);

	if (code == CTL_OK) {
		code = submit_batch(founding->ctl, &response, &signed_event, 1);
	}
	if (code != CTL_OK) {
		return code;
	}
	if (response->outcomes[0]->outcome_case == CIVIL__V1__SUBMIT_OUTCOME__OUTCOME_REFUSAL) {
		return submit_tell_refusal(founding->ctl, "init", response->outcomes[0]->refusal);
	}
	founding->index = response->outcomes[0]->receipt->index;
	return CTL_OK;
}

/* The file given; else that of the source tree we stand in, else the one installed beside us. */
static const char *gazetteer_path(struct ctl *ctl)
{
	const char *path = ctl_option(ctl, "gazetteer");
	char program[PATH_BYTES_MAX + 1] = "";

	if (path != NULL || access(SOURCE_GAZETTEER, R_OK) == 0) {
		return path == NULL ? SOURCE_GAZETTEER : path;
	}
	ssize_t length = readlink("/proc/self/exe", program, PATH_BYTES_MAX);
	char *slash = length <= 0 ? NULL : strrchr(program, '/');
	if (slash != NULL) {
		slash[1] = '\0';
	}
	return format_text(ctl, "%s%s", program, SHARED_GAZETTEER);
}

/* Read before genesis, so that a bad file leaves the ledger empty. */
static enum ctl_exit read_gazetteer(struct founding *founding, Civil__V1__EventDraft *drafts[],
                                    size_t *count)
{
	struct ctl *ctl = founding->ctl;
	Civil__V1__Date *from;
	const char *path = gazetteer_path(ctl);

	*count = 0;
	if (strcmp(path, "none") == 0) {
		return CTL_OK;
	}
	enum ctl_exit code =
	        format_read_date(ctl, &from, option_or(ctl, "gazetteer-from", "2014-01-01"));
	return code != CTL_OK
	               ? code
	               : founding_gazetteer(ctl, drafts, count, founding->ledger_id, path,
	                                    option_or(ctl, "gazetteer-version", "KH-2014"), from);
}

static enum ctl_exit publish(struct founding *founding, Civil__V1__EventDraft *const drafts[],
                             size_t count)
{
	struct progress progress;
	enum ctl_exit code = CTL_OK;

	progress_begin(&progress, founding->ctl, "gazetteer", count);
	for (size_t i = 0; code == CTL_OK && i < count; i++) {
		code = submit_draft(founding, drafts[i], 2);
		progress_step(&progress, i + 1);
	}
	progress_end(&progress);
	return code;
}

static void print_founders(struct founding *founding)
{
	struct ctl *ctl = founding->ctl;
	struct ctl_table table;

	table_init(&table, ctl,
	           (const char *const[]){ "OFFICER", "OFFICE", "KEY FILE", "PUBLIC KEY", NULL });
	for (size_t i = 0; i < founding->key_count; i++) {
		const ProtobufCBinaryData key = { .len = PUBLIC_KEY_BYTES,
			                          .data = founding->keys[i].public_key };

		(void)table_add(&table,
		                (const char *const[]){ format_text(ctl, "national %zu", i + 1),
		                                       founding_office(i), founding->paths[i],
		                                       format_hex(ctl, key) });
	}
	table_print(&table, stdout);
}

static enum ctl_exit found(struct founding *founding)
{
	struct ctl *ctl = founding->ctl;
	Civil__V1__EventDraft *parts[FOUNDING_PARTS_MAX];
	Civil__V1__EventDraft *genesis;
	size_t part_count = 0;
	enum ctl_exit code = read_gazetteer(founding, parts, &part_count);

	if (code == CTL_OK) {
		code = read_or_make_keys(founding);
	}
	if (code == CTL_OK) {
		code = founding_genesis(ctl, &genesis, founding->ledger_id,
		                        option_or(ctl, "name", "Civil Ledger"), founding->keys,
		                        founding->key_count);
	}
	if (code == CTL_OK) {
		code = submit_draft(founding, genesis, founding->key_count);
	}
	if (code == CTL_OK) {
		code = publish(founding, parts, part_count);
	}
	if (code == CTL_OK) {
		print_founders(founding);
		ctl_say("the ledger has %llu records. Keep the keys apart from each other. Next: "
		        "civilctl event new office_opened",
		        (unsigned long long)founding->index + 1);
	}
	return code;
}

static enum ctl_exit run(struct ctl *ctl)
{
	struct founding founding = { .ctl = ctl };
	const Civil__V1__GetStatusResponse *status;
	uint64_t officers;
	enum ctl_exit code = ctl_option_number(ctl, "officers", &officers, FOUNDERS_MIN,
	                                       FOUNDERS_MIN, FOUNDERS_MAX);

	if (code == CTL_OK) {
		code = session_status(ctl, &status);
	}
	if (code != CTL_OK) {
		return code;
	}
	if (status->size > 0) {
		ctl_say("init: the ledger has %llu records: it was founded before",
		        (unsigned long long)status->size);
		return CTL_CONFLICT;
	}
	founding.key_count = (size_t)officers;
	founding.ledger_id = status->ledger_id;
	code = found(&founding);
	crypto_wipe(founding.keys, sizeof(founding.keys));
	return code;
}

const struct command command_init = {
	.name = "init",
	.synopsis = "",
	.summary = "found the ledger of an empty node",
	.text = "Makes keys for three or more national officers of two offices, submits genesis "
	        "with the four rule sets KH-0, KH-1989, KH-2011 and KH-2024, signed by all of "
	        "them, and publishes the gazetteer, signed by two. Keys that are in the folder "
	        "already are used.",
	.options = { { "keys", "FOLDER", "where the officers' keys are; keys" },
	             { "officers", "NUMBER", "national officers, 3 to 8; 3" },
	             { "name", "TEXT", "name of the ledger; Civil Ledger" },
	             { "gazetteer", "FILE",
	               "areas: level, code, Khmer, Latin name, by tabs; none "
	               "publishes none; the one that was installed" },
	             { "gazetteer-version", "NAME", "its version; KH-2014" },
	             { "gazetteer-from", "DAY", "its first day; 2014-01-01" } },
	.examples = { { "civilctl init", "found a ledger, keys in ./keys" },
	              { "civilctl init --keys vault --officers 4 --gazetteer none",
	                "four officers, areas to be published later" } },
	.exits = CTL_SERVER_EXITS | CTL_BIT(CTL_NOT_FOUND) | CTL_BIT(CTL_CONFLICT),
	.run = run,
};
