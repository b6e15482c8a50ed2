#include "tools/civilctl/session.h"

#include "api/json.h"
#include "api/rpc_library.h"
#include "tools/civilctl/table.h"

#include <stdlib.h>

#define DEFAULT_SERVER   "127.0.0.1:7431"
#define PATH_MAX_BYTES   96
#define OUTPUT_BYTES_MAX ((size_t)1 << 30)

/* An option, or the variable that stands in for it. */
static const char *setting(const struct ctl *ctl, const char *option, const char *variable)
{
	const char *value = ctl_option(ctl, option);

	if (value == NULL) {
		value = getenv(variable);
	}
	return value == NULL || value[0] == '\0' ? NULL : value;
}

void session_begin(struct ctl *ctl)
{
	if (!ctl->connected) {
		rpc_library_start(NULL);
		ctl->connected = true;
	}
}

static enum ctl_exit open_target(struct ctl *ctl, const char *server)
{
	const struct rpc_tls_files files = {
		.authority = setting(ctl, "tls-authority", "CIVIL_TLS_AUTHORITY"),
		.certificate = setting(ctl, "tls-certificate", "CIVIL_TLS_CERTIFICATE"),
		.key = setting(ctl, "tls-key", "CIVIL_TLS_KEY"),
	};
	struct rpc_client_options options = { .target = server };
	struct detail detail = { "", "" };
	enum status status = STATUS_OK;

	session_begin(ctl);
	if (files.authority != NULL || files.certificate != NULL || files.key != NULL) {
		if (files.authority == NULL || files.certificate == NULL || files.key == NULL) {
			ctl_say("TLS needs all of --tls-authority, --tls-certificate, --tls-key");
			return CTL_USAGE;
		}
		status = rpc_tls_open(&ctl->tls, &detail, &files);
		options.tls = ctl->tls;
	}
	if (status == STATUS_OK) {
		status = rpc_client_new(&ctl->client, &detail, &options);
	}
	return status == STATUS_OK ? CTL_OK : ctl_fail(status, options.target, &detail);
}

enum ctl_exit session_open(struct ctl *ctl)
{
	const char *server = setting(ctl, "server", "CIVIL_SERVER");

	if (ctl->client != NULL) {
		return CTL_OK;
	}
	return open_target(ctl, server == NULL ? DEFAULT_SERVER : server);
}

enum ctl_exit session_open_at(struct ctl *ctl, const char *server)
{
	rpc_client_free(ctl->client);
	rpc_tls_close(ctl->tls);
	ctl->client = NULL;
	ctl->tls = NULL;
	return open_target(ctl, server);
}

static void print_violations(struct ctl *ctl, const struct failure *failure)
{
	struct ctl_table table;

	table_init(&table, ctl, (const char *const[]){ "RULE", "WHERE", "WHAT", NULL });
	for (size_t i = 0; i < failure->violations_count; i++) {
		const struct violation *violation = &failure->violations[i];

		(void)table_add(&table, (const char *const[]){ violation->type, violation->subject,
		                                               violation->description });
	}
	table_print(&table, stderr);
}

static const char *advice(enum status_code code)
{
	switch (code) {
	case CODE_UNAVAILABLE:
		return "; is civild running there? Try again, the same event gets the same receipt";
	case CODE_DEADLINE_EXCEEDED:
		return "; what was asked may still happen: ask again, or wait longer with "
		       "--timeout";
	case CODE_RESOURCE_EXHAUSTED:
		return "; try again in a moment";
	case CODE_OK:
	case CODE_CANCELLED:
	case CODE_UNKNOWN:
	case CODE_INVALID_ARGUMENT:
	case CODE_NOT_FOUND:
	case CODE_ALREADY_EXISTS:
	case CODE_PERMISSION_DENIED:
	case CODE_FAILED_PRECONDITION:
	case CODE_ABORTED:
	case CODE_OUT_OF_RANGE:
	case CODE_UNIMPLEMENTED:
	case CODE_INTERNAL:
	case CODE_DATA_LOSS:
	case CODE_UNAUTHENTICATED:
		break;
	}
	return "";
}

enum ctl_exit session_fail(struct ctl *ctl, const struct rpc_outcome *outcome)
{
	const struct detail *detail = &outcome->detail;

	if (ctl->command != NULL) {
		ctl_say("%s: %s%s", ctl->command->name,
		        detail->text[0] == '\0' ? status_map_code_name(outcome->code)
		                                : detail->text,
		        advice(outcome->code));
	}
	if (outcome->failure.violations_count > 0) {
		print_violations(ctl, &outcome->failure);
	}
	return outcome->code == CODE_UNAUTHENTICATED ? CTL_DENIED : ctl_exit_of(outcome->status);
}

enum ctl_exit session_call(struct ctl *ctl, const ProtobufCMessage **response, const char *method,
                           const ProtobufCMessage *request,
                           const ProtobufCMessageDescriptor *response_type)
{
	char path[PATH_MAX_BYTES];
	struct rpc_outcome outcome;
	enum ctl_exit code = session_open(ctl);

	if (code != CTL_OK) {
		return code;
	}
	(void)snprintf(path, sizeof(path), "/%s", method);
	const struct rpc_unary unary = { .path = path,
		                         .response = response_type,
		                         .deadline_ms = ctl->timeout_ms };
	if (rpc_client_unary(ctl->client, response, &outcome, &ctl->arena, request, &unary) !=
	    STATUS_OK) {
		return session_fail(ctl, &outcome);
	}
	return CTL_OK;
}

enum ctl_exit session_status(struct ctl *ctl, const Civil__V1__GetStatusResponse **out)
{
	Civil__V1__GetStatusRequest request;
	const ProtobufCMessage *response;

	civil__v1__get_status_request__init(&request);
	enum ctl_exit code =
	        session_call(ctl, &response, "civil.v1.NodeService/GetStatus", &request.base,
	                     &civil__v1__get_status_response__descriptor);
	if (code == CTL_OK) {
		*out = (const Civil__V1__GetStatusResponse *)response;
	}
	return code;
}

enum ctl_exit session_print_json(const ProtobufCMessage *message)
{
	struct buf text;

	buf_init(&text, OUTPUT_BYTES_MAX);
	json_write_message(&text, message, JSON_INDENTED);
	buf_append_u8(&text, '\n');
	enum status status = buf_status(&text);
	if (status == STATUS_OK && fwrite(text.data, 1, text.size, stdout) != text.size) {
		status = STATUS_IO;
	}
	buf_fini(&text);
	return status == STATUS_OK ? CTL_OK : ctl_fail(status, "output", NULL);
}

void session_print_fields(const char *const fields[])
{
	struct buf text;

	buf_init(&text, OUTPUT_BYTES_MAX);
	for (size_t i = 0; fields[i] != NULL; i += 2) {
		buf_append_string(&text, i == 0 ? "{\n  " : ",\n  ");
		json_write_string(&text, bytes_of_string(fields[i]));
		buf_append_string(&text, ": ");
		json_write_string(&text, bytes_of_string(fields[i + 1]));
	}
	buf_append_string(&text, "\n}\n");
	(void)fwrite(text.data, 1, text.size, stdout); /* main looks at the stream's end */
	buf_fini(&text);
}

Civil__V1__ReadContext *session_context(struct ctl *ctl)
{
	Civil__V1__ReadContext *context = arena_alloc(&ctl->arena, sizeof(*context));

	if (context != NULL) {
		civil__v1__read_context__init(context);
		const char *purpose = ctl_option(ctl, "purpose");
		const char *warrant = ctl_option(ctl, "warrant");

		context->purpose =
		        arena_string(&ctl->arena, purpose == NULL ? "registration" : purpose);
		context->case_reference = arena_string(&ctl->arena, warrant == NULL ? "" : warrant);
	}
	return context;
}
