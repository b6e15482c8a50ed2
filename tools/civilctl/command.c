#include "tools/civilctl/command.h"

#include "ledger/base/text.h"
#include "tools/civilctl/commands.h"

#include <stdio.h>
#include <string.h>

enum { WORDS_BYTES_MAX = 64 };

const struct command *const commands[] = {
	&command_init,
	&command_key_new,
	&command_key_show,
	&command_event_new,
	&command_event_sign,
	&command_event_show,
	&command_event_preview,
	&command_event_submit,
	&command_outbox_list,
	&command_outbox_show,
	&command_outbox_dismiss,
	&command_receipt,
	&command_receipt_verify,
	&command_person,
	&command_history,
	&command_compare,
	&command_act,
	&command_case,
	&command_document,
	&command_consistency,
	&command_kin,
	&command_path,
	&command_heirs,
	&command_residents,
	&command_book,
	&command_attest,
	&command_match,
	&command_impediments,
	&command_cases,
	&command_inconsistencies,
	&command_search,
	&command_duplicates,
	&command_accesses,
	&command_audit,
	&command_performance,
	&command_feed,
	&command_statistics,
	&command_kinds,
	&command_rules,
	&command_status,
	&command_limits,
	&command_checkpoint,
	&command_watch,
	&command_export,
	&command_verify,
	&command_backup,
	&command_backup_list,
	&command_backup_verify,
	&command_backup_prune,
	&command_restore,
	&command_evidence_list,
	&command_evidence_show,
	&command_evidence_settle,
	&command_cluster_key,
	&command_cluster_init,
	&command_cluster_status,
	&command_cluster_add_node,
	&command_cluster_remove_node,
	&command_cluster_ledger,
	&command_cluster_reseed,
	&command_help,
	&command_man,
	&command_completion,
	NULL,
};

const struct command_option command_global_options[] = {
	{ "server", "ADDRESS", "node to ask, host:port; CIVIL_SERVER, else 127.0.0.1:7431" },
	{ "tls-authority", "FILE",
	  "certificates that the node must chain to; CIVIL_TLS_AUTHORITY" },
	{ "tls-certificate", "FILE", "own certificate chain; CIVIL_TLS_CERTIFICATE" },
	{ "tls-key", "FILE", "own private key; CIVIL_TLS_KEY" },
	{ "output", "FORM", "table, json or csv, also -o; CIVIL_OUTPUT, else table" },
	{ "purpose", "CODE", "why the node is asked, for its log of accesses; registration" },
	{ "warrant", "REFERENCE", "case or warrant that the question belongs to" },
	{ "timeout", "SECONDS", "longest wait for an answer, 1 to 3600; 30" },
	{ "yes", NULL, "answer every question with yes" },
	{ "help", NULL, "show the help of the command, also -h" },
	{ NULL, NULL, NULL },
};

const char *command_exit_text(enum ctl_exit code)
{
	switch (code) {
	case CTL_OK:
		return "done";
	case CTL_ERROR:
		return "something failed here, such as a file";
	case CTL_USAGE:
		return "wrong use, or a request that the node calls malformed";
	case CTL_NOT_FOUND:
		return "there is no such thing";
	case CTL_DENIED:
		return "not allowed";
	case CTL_CONFLICT:
		return "refused by a rule, or a duplicate";
	case CTL_UNAVAILABLE:
		return "the node cannot be reached or is busy";
	case CTL_VERIFICATION:
		return "verification failed: the ledger is not what it says";
	case CTL_DEADLINE:
		return "no answer in time; what was asked may still happen";
	}
	return "";
}

static void join(char out[WORDS_BYTES_MAX], const char *const words[], size_t count)
{
	(void)snprintf(out, WORDS_BYTES_MAX, "%s%s%s", count > 0 ? words[0] : "",
	               count > 1 ? " " : "", count > 1 ? words[1] : "");
}

const struct command *command_find(size_t *used, const char *const words[], size_t count)
{
	for (size_t length = count > 2 ? 2 : count; length > 0; length--) {
		char name[WORDS_BYTES_MAX];

		join(name, words, length);
		for (size_t i = 0; commands[i] != NULL; i++) {
			if (strcmp(commands[i]->name, name) == 0) {
				*used = length;
				return commands[i];
			}
		}
	}
	return NULL;
}

/* Someone who types one word may mean a command of one word, or the group of another. */
const struct command *command_nearest(const char *const words[], size_t count)
{
	const struct command *nearest = commands[0];
	size_t least = SIZE_MAX;

	for (size_t i = 0; commands[i] != NULL; i++) {
		size_t length = strchr(commands[i]->name, ' ') == NULL ? 1 : 2;
		char typed[WORDS_BYTES_MAX];
		size_t longer;

		join(typed, words, length < count ? length : count);
		size_t distance = text_distance(&longer, bytes_of_string(typed),
		                                bytes_of_string(commands[i]->name));
		if (distance < least) {
			least = distance;
			nearest = commands[i];
		}
	}
	return nearest;
}

static const struct command_option *find_in(const struct command_option *options, const char *name)
{
	for (; options->name != NULL; options++) {
		if (strcmp(options->name, name) == 0) {
			return options;
		}
	}
	return NULL;
}

const struct command_option *command_option_find(const struct command *command, const char *name)
{
	const struct command_option *found =
	        command == NULL ? NULL : find_in(command->options, name);

	return found == NULL ? find_in(command_global_options, name) : found;
}
