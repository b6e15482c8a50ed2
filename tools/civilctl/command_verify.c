/* civilctl verify */
#include "tools/civilctl/audit.h"
#include "tools/civilctl/commands.h"
#include "tools/civilctl/format.h"
#include "tools/civilctl/progress.h"
#include "tools/civilctl/session.h"
#include "tools/civilctl/table.h"

#include <dirent.h>
#include <stdlib.h>
#include <unistd.h>

/* Above so many records the audit's own ledger goes to disk. */
enum { MEMORY_RECORDS_MAX = 300000, TEXT_MAX = 512 };

struct verifying {
	struct audit *audit;
	struct progress progress;
	uint64_t taken;
};

static bool take(void *context, const Civil__V1__LogRecord *record)
{
	struct verifying *verifying = context;

	verifying->taken++;
	progress_step(&verifying->progress, verifying->taken);
	return audit_take(verifying->audit, record);
}

/* The store is one folder of files. It held personal data. */
static void remove_folder(const char *path)
{
	DIR *folder = opendir(path);
	const struct dirent *entry;

	while (folder != NULL && (entry = readdir(folder)) != NULL) {
		if (entry->d_name[0] != '.') {
			(void)unlinkat(dirfd(folder), entry->d_name, 0);
		}
	}
	if (folder != NULL) {
		(void)closedir(folder);
	}
	(void)rmdir(path);
}

static void say_erased(void *context, const struct audit_erasure *erasure)
{
	(void)context;
	ctl_say("record %llu: content erased by record %llu, ordered by %s",
	        (unsigned long long)erasure->index, (unsigned long long)erasure->by,
	        erasure->order);
}

static enum ctl_exit tell(struct ctl *ctl, const struct audit_result *result, bool pinned)
{
	struct ctl_table table;
	const ProtobufCBinaryData root = {
		.len = HASH_BYTES, .data = arena_copy(&ctl->arena, bytes_of_hash(&result->root))
	};
	const char *index = result->has_index ? format_u64(ctl, result->index) : "";

	if (ctl->output == CTL_JSON) {
		session_print_fields((const char *const[]){
		        "result", result->good ? "good" : "bad", "index", index, "fault",
		        result->text, "records", format_u64(ctl, result->records), "signatures",
		        format_u64(ctl, result->signatures), "executed",
		        format_u64(ctl, result->executed), "erased",
		        format_u64(ctl, result->erased), "checkpointSize",
		        format_u64(ctl, result->checkpoint_size), "root", format_hex(ctl, root),
		        NULL });
	} else {
		table_init(&table, ctl,
		           (const char *const[]){ "RESULT", "RECORDS", "SIGNATURES", "EXECUTED",
		                                  "CHECKPOINT", "ROOT", NULL });
		(void)table_add(&table,
		                (const char *const[]){ result->good ? "good" : "BAD",
		                                       format_u64(ctl, result->records),
		                                       format_u64(ctl, result->signatures),
		                                       format_u64(ctl, result->executed),
		                                       format_u64(ctl, result->checkpoint_size),
		                                       format_hex(ctl, root) });
		table_print(&table, stdout);
	}
	if (!result->good) {
		ctl_say("verification failed: %s%s%s%s", result->has_index ? "record " : "", index,
		        result->has_index ? ": " : "", result->text);
		return CTL_VERIFICATION;
	}
	if (result->executed < result->records) {
		ctl_say("content is missing%s from record %llu on: rules were not executed again",
		        result->erased > 0 ? ", or was erased," : "",
		        (unsigned long long)result->executed);
	}
	if (result->checkpoint_size == 0) {
		ctl_say("no checkpoint was there to compare with");
	} else if (!pinned) {
		ctl_say("the checkpoint's key came with the log; pin it with --log-key");
	}
	return CTL_OK;
}

/* Reads all records into the audit and judges. */
static enum ctl_exit run_audit(struct ctl *ctl, const struct records_head *head, FILE *file,
                               const char *store)
{
	long cores = sysconf(_SC_NPROCESSORS_ONLN);
	const struct audit_options options = {
		.head = head,
		.store = store,
		.pinned_key = ctl_option(ctl, "log-key"),
		.workers = cores < 1 ? 1
		                     : (unsigned)(cores > AUDIT_WORKERS_MAX ? AUDIT_WORKERS_MAX
		                                                            : cores),
		.erased = say_erased,
	};
	struct verifying verifying = { .taken = 0 };
	struct detail detail = { "", "" };
	struct audit_result result;
	enum status status = audit_begin(&verifying.audit, &options, &detail);

	if (status != STATUS_OK) {
		return ctl_fail(status, "verify", &detail);
	}
	progress_begin(&verifying.progress, ctl, "verify", head->size);
	enum ctl_exit code = file == NULL ? records_watch(ctl, 0, head->size, take, &verifying)
	                                  : records_read_file(ctl, file, head, take, &verifying);
	progress_end(&verifying.progress);
	status = audit_end(verifying.audit, &result);
	if (status != STATUS_OK) {
		return ctl_fail(status, "verify: the audit's own ledger", NULL);
	}
	if (code != CTL_OK && !result.has_index) {
		return code; /* the source failed, and nothing before was wrong */
	}
	return tell(ctl, &result, options.pinned_key != NULL);
}

/* Chooses where the audit's own ledger is. */
static enum ctl_exit audit_somewhere(struct ctl *ctl, const struct records_head *head, FILE *file)
{
	const char *chosen = ctl_option(ctl, "store");
	const char *temporary = getenv("TMPDIR");
	char folder[TEXT_MAX];
	char store[TEXT_MAX + 8];

	if (chosen != NULL || head->size <= MEMORY_RECORDS_MAX) {
		return run_audit(ctl, head, file, chosen);
	}
	(void)snprintf(folder, sizeof(folder), "%s/civilctl-XXXXXX",
	               temporary == NULL ? "/tmp" : temporary);
	if (mkdtemp(folder) == NULL) {
		ctl_say("verify: %s cannot be made; name a folder with --store", folder);
		return CTL_ERROR;
	}
	(void)snprintf(store, sizeof(store), "%s/store", folder);
	enum ctl_exit code = run_audit(ctl, head, file, store);
	remove_folder(store);
	remove_folder(folder);
	return code;
}

static enum ctl_exit run_verify(struct ctl *ctl)
{
	struct records_head head;
	FILE *file = NULL;
	enum ctl_exit code = ctl->argument_count == 0
	                             ? records_head_of_node(ctl, &head)
	                             : records_open_file(ctl, &file, &head, ctl->arguments[0]);

	if (code == CTL_OK) {
		code = audit_somewhere(ctl, &head, file);
		if (file != NULL) {
			(void)fclose(file);
		}
	}
	return code;
}

const struct command command_verify = {
	.name = "verify",
	.synopsis = "[FILE]",
	.summary = "audit the whole ledger of the node, or an export",
	.text = "Checks every hash and link, every signature on all cores, every commitment, and "
	        "executes every event again under the rules of its time, comparing each record "
	        "byte for byte; then head, root and the signed checkpoint. Tells the first record "
	        "that is wrong and ends with 7.",
	.options = { { "log-key", "VKEY", "public key that checkpoints must be signed by" },
	             { "store", "FOLDER",
	               "new folder for the audit's own ledger; in memory, or a "
	               "temporary folder above 300000 records" } },
	.arguments_max = 1,
	.examples = { { "civilctl verify", "audit the node" },
	              { "civilctl verify ledger.export", "audit an export, without a node" } },
	.exits = CTL_SERVER_EXITS | CTL_BIT(CTL_NOT_FOUND) | CTL_BIT(CTL_VERIFICATION),
	.run = run_verify,
};
