/* civilctl backup verify */
#include "node/backup.h"
#include "tools/civilctl/commands.h"
#include "tools/civilctl/format.h"
#include "tools/civilctl/pinned.h"
#include "tools/civilctl/progress.h"
#include "tools/civilctl/session.h"
#include "tools/civilctl/table.h"

#include <stdlib.h>

static void show(void *context, uint64_t done, uint64_t total)
{
	struct progress *progress = context;

	progress->total = total >> 20;
	progress_step(progress, done >> 20);
}

static enum ctl_exit tell(struct ctl *ctl, const struct backup_verdict *verdict)
{
	struct ctl_table table;

	if (ctl->output == CTL_JSON) {
		session_print_fields((const char *const[]){
		        "result", "good", "backups", format_u64(ctl, verdict->backups), "files",
		        format_u64(ctl, verdict->files), "bytes", format_u64(ctl, verdict->bytes),
		        NULL });
	} else {
		table_init(&table, ctl,
		           (const char *const[]){ "RESULT", "BACKUPS", "FILES", "BYTES", NULL });
		(void)table_add(&table,
		                (const char *const[]){ "good", format_u64(ctl, verdict->backups),
		                                       format_u64(ctl, verdict->files),
		                                       format_u64(ctl, verdict->bytes) });
		table_print(&table, stdout);
	}
	if (ctl_option(ctl, "backup-key") == NULL) {
		ctl_say("the key came with the backups; pin it with --backup-key");
	}
	return CTL_OK;
}

static enum ctl_exit run_verify(struct ctl *ctl)
{
	const char *vkey = ctl_option(ctl, "backup-key");
	struct detail detail = { "", "" };
	struct progress progress;
	const struct backup_progress shown = { .step = show, .context = &progress };
	struct backup_verdict verdict;
	struct note_key pinned;
	enum ctl_exit code = vkey == NULL ? CTL_OK : pinned_key(&pinned, vkey);

	if (code != CTL_OK) {
		return code;
	}
	struct backup *backup = calloc(1, sizeof(*backup));
	enum status status = backup == NULL ? STATUS_NO_MEMORY : STATUS_OK;
	if (status == STATUS_OK) {
		status = backup_open(backup, ctl->arguments[0], false, &detail);
	}
	if (status == STATUS_OK) {
		progress_begin(&progress, ctl, "backup verify, MiB", 0);
		status = backup_verify(backup, &verdict, vkey == NULL ? NULL : &pinned, &shown,
		                       &detail);
		progress_end(&progress);
		backup_close(backup);
	}
	free(backup);
	return status == STATUS_OK ? tell(ctl, &verdict)
	                           : ctl_fail(status, "backup verify", &detail);
}

const struct command command_backup_verify = {
	.name = "backup verify",
	.synopsis = "FOLDER",
	.summary = "check every signature and file of the backups in a folder",
	.text = "Reads all of it. Ends with 7 when a file or manifest is damaged, missing or "
	        "exchanged, and names it.",
	.options = { { "backup-key", "VKEY", "public key that every backup must be signed by" } },
	.arguments_min = 1,
	.arguments_max = 1,
	.examples = { { "civilctl backup verify backups", "all backups" },
	              { "civilctl -o json backup verify backups", "for a program" } },
	.exits = CTL_BIT(CTL_NOT_FOUND) | CTL_BIT(CTL_DENIED) | CTL_BIT(CTL_VERIFICATION),
	.run = run_verify,
};
