/* civilctl status, limits */
#include "tools/civilctl/commands.h"
#include "tools/civilctl/format.h"
#include "tools/civilctl/session.h"
#include "tools/civilctl/table.h"

static void print_status(struct ctl *ctl, const Civil__V1__GetStatusResponse *status)
{
	struct ctl_table table;
	const char *free_space =
	        format_text(ctl, "%.1f GiB", (double)status->disk_free_bytes / (1 << 30));

	table_init(&table, ctl,
	           (const char *const[]){ "NODE", "ROLE", "RECORDS", "RECORDED", "DURABLE", "LAG",
	                                  "CHECKPOINT", "DISK FREE", "VERSION", "HEALTH", NULL });
	(void)table_add(&table,
	                (const char *const[]){
	                        status->node_id, status->role, format_u64(ctl, status->size),
	                        format_time(ctl, status->recorded_at_ms),
	                        format_u64(ctl, status->durable_batch),
	                        format_u64(ctl, status->applied_batch - status->durable_batch),
	                        format_u64(ctl, status->checkpoint_size), free_space,
	                        status->version, status->health });
	table_print(&table, stdout);
}

static enum ctl_exit run_status(struct ctl *ctl)
{
	const Civil__V1__GetStatusResponse *status;
	enum ctl_exit code = session_status(ctl, &status);

	if (code != CTL_OK) {
		return code;
	}
	if (ctl->output == CTL_JSON) {
		return session_print_json(&status->base);
	}
	print_status(ctl, status);
	if (ctl->output == CTL_TABLE) {
		(void)printf("\nLedger %s (%s)\nHead   %s\nRoot   %s\n\n%s\n",
		             format_hex(ctl, status->ledger_id), status->ledger_name,
		             format_hex(ctl, status->head), format_hex(ctl, status->root),
		             status->message);
	}
	return CTL_OK;
}

static enum ctl_exit run_limits(struct ctl *ctl)
{
	Civil__V1__GetLimitsRequest request;
	const ProtobufCMessage *response;
	struct ctl_table table;

	civil__v1__get_limits_request__init(&request);
	enum ctl_exit code =
	        session_call(ctl, &response, "civil.v1.NodeService/GetLimits", &request.base,
	                     &civil__v1__get_limits_response__descriptor);
	if (code != CTL_OK) {
		return code;
	}
	if (ctl->output == CTL_JSON) {
		return session_print_json(response);
	}
	const Civil__V1__GetLimitsResponse *limits = (const Civil__V1__GetLimitsResponse *)response;
	table_init(&table, ctl, (const char *const[]){ "LIMIT", "VALUE", "UNIT", NULL });
	for (size_t i = 0; i < limits->n_limits; i++) {
		(void)table_add(&table,
		                (const char *const[]){ limits->limits[i]->name,
		                                       format_u64(ctl, limits->limits[i]->value),
		                                       limits->limits[i]->unit });
	}
	table_print(&table, stdout);
	return CTL_OK;
}

const struct command command_status = {
	.name = "status",
	.synopsis = "",
	.summary = "show how the node is",
	.text = "One row for the node, then the ledger's id, head and root, and one plain "
	        "sentence.",
	.examples = { { "civilctl status", "the node on this machine" },
	              { "civilctl --server 127.0.0.1:7431 -o json status", "for a program" } },
	.exits = CTL_SERVER_EXITS,
	.run = run_status,
};

const struct command command_limits = {
	.name = "limits",
	.synopsis = "",
	.summary = "show the limits that the node keeps",
	.text = "What is larger is refused before it is read.",
	.examples = { { "civilctl limits", "all limits" },
	              { "civilctl -o csv limits", "for a spreadsheet" } },
	.exits = CTL_SERVER_EXITS,
	.run = run_limits,
};
