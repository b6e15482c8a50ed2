/* civilctl backup, backup list, backup prune */
#include "node/backup.h"
#include "node/clock.h"
#include "tools/civilctl/commands.h"
#include "tools/civilctl/format.h"
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

static void print_made(struct ctl *ctl, const struct backup_made *made)
{
	struct ctl_table table;
	const char *number = format_u64(ctl, made->number);
	const char *size = format_u64(ctl, made->head.size);
	const char *root = format_hex(
	        ctl, (ProtobufCBinaryData){
	                     .len = HASH_BYTES,
	                     .data = arena_copy(&ctl->arena, bytes_of_hash(&made->head.root)) });

	if (ctl->output == CTL_JSON) {
		session_print_fields((const char *const[]){
		        "number", number, "records", size, "root", root, "files",
		        format_u64(ctl, made->files), "bytes", format_u64(ctl, made->bytes),
		        "newFiles", format_u64(ctl, made->new_files), "newBytes",
		        format_u64(ctl, made->new_bytes), NULL });
		return;
	}
	table_init(&table, ctl,
	           (const char *const[]){ "BACKUP", "RECORDS", "FILES", "BYTES", "NEW FILES",
	                                  "NEW BYTES", "ROOT", NULL });
	(void)table_add(&table, (const char *const[]){ number, size, format_u64(ctl, made->files),
	                                               format_u64(ctl, made->bytes),
	                                               format_u64(ctl, made->new_files),
	                                               format_u64(ctl, made->new_bytes), root });
	table_print(&table, stdout);
}

static enum ctl_exit run_backup(struct ctl *ctl)
{
	struct detail detail = { "", "" };
	struct progress progress;
	const struct backup_progress shown = { .step = show, .context = &progress };
	struct backup *backup = calloc(1, sizeof(*backup));
	struct backup_made made;
	enum status status = backup == NULL ? STATUS_NO_MEMORY : STATUS_OK;

	if (status == STATUS_OK) {
		status = backup_open(backup, ctl->arguments[0], true, &detail);
	}
	if (status == STATUS_OK) {
		progress_begin(&progress, ctl, "backup, MiB read", 0);
		status = backup_make(backup, &made, ctl_node_folder(ctl),
		                     clock_now_ms(clock_system()), &shown, &detail);
		progress_end(&progress);
		backup_close(backup);
	}
	free(backup);
	if (status != STATUS_OK) {
		return ctl_fail(status, "backup", &detail);
	}
	print_made(ctl, &made);
	return CTL_OK;
}

static bool add_backup(struct ctl *ctl, struct ctl_table *table, const struct manifest *manifest)
{
	return table_add(table, (const char *const[]){ format_u64(ctl, manifest->number),
	                                               format_time(ctl, manifest->made_at_ms),
	                                               format_text(ctl, "%s", manifest->node),
	                                               format_u64(ctl, manifest->head.size),
	                                               format_u64(ctl, manifest->file_count),
	                                               format_u64(ctl, manifest_bytes(manifest)),
	                                               format_u64(ctl, manifest->store_format),
	                                               "signed" });
}

static enum ctl_exit run_list(struct ctl *ctl)
{
	struct backup *backup = calloc(1, sizeof(*backup));
	struct detail detail = { "", "" };
	struct ctl_table table;
	enum ctl_exit code = CTL_OK;
	enum status status = backup == NULL ? STATUS_NO_MEMORY : STATUS_OK;

	if (status == STATUS_OK) {
		status = backup_open(backup, ctl->arguments[0], false, &detail);
	}
	if (status != STATUS_OK) {
		free(backup);
		return ctl_fail(status, "backup list", &detail);
	}
	table_init(&table, ctl,
	           (const char *const[]){ "BACKUP", "MADE", "NODE", "RECORDS", "FILES", "BYTES",
	                                  "FORMAT", "MANIFEST", NULL });
	for (size_t i = 0; i < backup->count; i++) {
		struct manifest manifest;
		const char *number = format_u64(ctl, backup->numbers[i]);

		manifest_init(&manifest);
		status =
		        backup_manifest(backup, &manifest, NULL, backup->numbers[i], NULL, &detail);
		if (status == STATUS_OK) {
			(void)add_backup(ctl, &table, &manifest);
		} else {
			(void)table_add(&table, (const char *const[]){ number, "", "", "", "", "",
			                                               "", status_name(status) });
			code = ctl_fail(status, "backup list", &detail);
		}
		manifest_fini(&manifest);
	}
	table_print(&table, stdout);
	backup_close(backup);
	free(backup);
	return code;
}

static enum ctl_exit run_prune(struct ctl *ctl)
{
	struct backup *backup = NULL;
	struct detail detail = { "", "" };
	struct backup_pruned pruned;
	uint64_t keep = 0;
	enum ctl_exit code = ctl_option_number(ctl, "keep", &keep, 0, 1, BACKUPS_MAX);

	if (code == CTL_OK && keep == 0) {
		ctl_say("backup prune: say how many stay: --keep 7");
		code = CTL_USAGE;
	}
	if (code != CTL_OK) {
		return code;
	}
	if (!ctl_confirm(ctl, "Remove older backups for ever")) {
		return CTL_USAGE;
	}
	backup = calloc(1, sizeof(*backup));
	enum status status = backup == NULL ? STATUS_NO_MEMORY : STATUS_OK;
	if (status == STATUS_OK) {
		status = backup_open(backup, ctl->arguments[0], true, &detail);
	}
	if (status == STATUS_OK) {
		status = backup_prune(backup, &pruned, keep, &detail);
		backup_close(backup);
	}
	free(backup);
	if (status != STATUS_OK) {
		return ctl_fail(status, "backup prune", &detail);
	}
	(void)printf("Removed %llu backups, %llu files, %llu bytes.\n",
	             (unsigned long long)pruned.backups, (unsigned long long)pruned.files,
	             (unsigned long long)pruned.bytes);
	return CTL_OK;
}

const struct command command_backup = {
	.name = "backup",
	.synopsis = "FOLDER",
	.summary = "back up a node of this machine, running or not",
	.text = "Copies what FOLDER does not hold yet, then writes a manifest that the node's key "
	        "signs: records, root, and the hash of every file. A backup that is cut short "
	        "leaves the earlier ones whole, and the next one goes on from there. FOLDER is "
	        "made "
	        "when it is not there; put it on another disk. It holds personal data, and not the "
	        "node's key.",
	.options = { { "node", "FOLDER", "folder of the node; CIVIL_NODE_DATA, else civil-data" } },
	.arguments_min = 1,
	.arguments_max = 1,
	.examples = { { "civilctl backup backups --node node", "the first one, or what is new" },
	              { "civilctl -o json backup backups --node node", "for a program" } },
	.exits = CTL_BIT(CTL_NOT_FOUND) | CTL_BIT(CTL_DENIED) | CTL_BIT(CTL_CONFLICT) |
	         CTL_BIT(CTL_UNAVAILABLE) | CTL_BIT(CTL_VERIFICATION),
	.run = run_backup,
};

const struct command command_backup_list = {
	.name = "backup list",
	.synopsis = "FOLDER",
	.summary = "list the backups in a folder",
	.text = "Reads the manifests alone; backup verify reads the files too.",
	.arguments_min = 1,
	.arguments_max = 1,
	.examples = { { "civilctl backup list backups", "all of them" },
	              { "civilctl -o csv backup list backups", "for a spreadsheet" } },
	.exits = CTL_BIT(CTL_NOT_FOUND) | CTL_BIT(CTL_VERIFICATION),
	.run = run_list,
};

const struct command command_backup_prune = {
	.name = "backup prune",
	.synopsis = "FOLDER",
	.summary = "remove older backups and the files that only they hold",
	.text = "Removes nothing unless every manifest that stays can be read. A node cannot be "
	        "restored from what was removed.",
	.options = { { "keep", "NUMBER", "how many stay, the newest" } },
	.arguments_min = 1,
	.arguments_max = 1,
	.examples = { { "civilctl backup prune backups --keep 7 --yes", "a week of daily ones" },
	              { "civilctl backup prune backups --keep 1 --yes", "the newest alone" } },
	.exits = CTL_BIT(CTL_NOT_FOUND) | CTL_BIT(CTL_CONFLICT) | CTL_BIT(CTL_UNAVAILABLE) |
	         CTL_BIT(CTL_VERIFICATION),
	.run = run_prune,
};
