/* The rows of the table, each defined in the file of its command. */
#ifndef TOOLS_CIVILCTL_COMMANDS_H
#define TOOLS_CIVILCTL_COMMANDS_H

#include "tools/civilctl/command.h"

extern const struct command command_init;
extern const struct command command_key_new;
extern const struct command command_key_show;
extern const struct command command_event_new;
extern const struct command command_event_sign;
extern const struct command command_event_show;
extern const struct command command_event_preview;
extern const struct command command_event_submit;
extern const struct command command_outbox_list;
extern const struct command command_outbox_show;
extern const struct command command_outbox_dismiss;
extern const struct command command_receipt;
extern const struct command command_receipt_verify;
extern const struct command command_person;
extern const struct command command_history;
extern const struct command command_compare;
extern const struct command command_act;
extern const struct command command_case;
extern const struct command command_document;
extern const struct command command_consistency;
extern const struct command command_kin;
extern const struct command command_path;
extern const struct command command_heirs;
extern const struct command command_residents;
extern const struct command command_book;
extern const struct command command_attest;
extern const struct command command_match;
extern const struct command command_impediments;
extern const struct command command_cases;
extern const struct command command_inconsistencies;
extern const struct command command_search;
extern const struct command command_duplicates;
extern const struct command command_accesses;
extern const struct command command_audit;
extern const struct command command_performance;
extern const struct command command_feed;
extern const struct command command_statistics;
extern const struct command command_status;
extern const struct command command_limits;
extern const struct command command_kinds;
extern const struct command command_rules;
extern const struct command command_checkpoint;
extern const struct command command_watch;
extern const struct command command_export;
extern const struct command command_verify;
extern const struct command command_backup;
extern const struct command command_backup_list;
extern const struct command command_backup_verify;
extern const struct command command_backup_prune;
extern const struct command command_restore;
extern const struct command command_evidence_list;
extern const struct command command_evidence_show;
extern const struct command command_evidence_settle;
extern const struct command command_cluster_key;
extern const struct command command_cluster_init;
extern const struct command command_cluster_status;
extern const struct command command_cluster_add_node;
extern const struct command command_cluster_remove_node;
extern const struct command command_cluster_ledger;
extern const struct command command_cluster_reseed;
extern const struct command command_help;
extern const struct command command_man;
extern const struct command command_completion;

#endif
