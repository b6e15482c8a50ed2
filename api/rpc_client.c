#include "api/rpc_client.h"

#include "api/rpc_address.h"
#include "api/rpc_client_internal.h"
#include "api/rpc_internal.h"
#include "ledger/base/assert.h"

#include <grpc/byte_buffer_reader.h>
#include <grpc/slice.h>
#include <grpc/support/time.h>
#include <stdio.h>
#include <stdlib.h>

enum {
	CLIENT_KEEPALIVE_MS = 30000,
	CLIENT_KEEPALIVE_TIMEOUT_MS = 10000,
	RECONNECT_FIRST_MS = 200,
	RECONNECT_MAX_MS = 5000,
	SCRATCH_BYTES_MAX = 1024 * 1024,
};

static grpc_arg client_argument(const char *key, int value)
{
	char *name = (char *)(uintptr_t)key; /* the core's struct lacks a const; it only reads */

	return (grpc_arg){ .type = GRPC_ARG_INTEGER, .key = name, .value.integer = value };
}

static grpc_channel *client_connect(const struct rpc_client_options *options,
                                    grpc_channel_credentials *credentials)
{
	char *name = (char *)(uintptr_t)options->server_name;
	grpc_arg arguments[] = {
		/* Without it several clients of a process share one connection. */
		client_argument(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1),
		client_argument(GRPC_ARG_ENABLE_RETRIES, 0),
		client_argument(GRPC_ARG_ENABLE_HTTP_PROXY, 0),
		client_argument(GRPC_ARG_SERVICE_CONFIG_DISABLE_RESOLUTION, 1),
		client_argument(GRPC_ARG_MAX_RECEIVE_MESSAGE_LENGTH, CLIENT_RECEIVE_BYTES_MAX),
		client_argument(GRPC_ARG_KEEPALIVE_TIME_MS, CLIENT_KEEPALIVE_MS),
		client_argument(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, CLIENT_KEEPALIVE_TIMEOUT_MS),
		client_argument(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, RECONNECT_FIRST_MS),
		client_argument(GRPC_ARG_MIN_RECONNECT_BACKOFF_MS, RECONNECT_FIRST_MS),
		client_argument(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, RECONNECT_MAX_MS),
		{
		        .type = GRPC_ARG_STRING,
		        .key = (char *)(uintptr_t)GRPC_SSL_TARGET_NAME_OVERRIDE_ARG,
		        .value.string = name,
		},
	};
	size_t count = sizeof(arguments) / sizeof(arguments[0]);
	grpc_channel_args all = { name == NULL ? count - 1 : count, arguments };

	return grpc_channel_create(options->target, credentials, &all);
}

enum status rpc_client_new(struct rpc_client **out, struct detail *detail,
                           const struct rpc_client_options *options)
{
	grpc_channel_credentials *credentials;

	if (options->tls != NULL) {
		credentials = rpc_tls_channel_credentials(options->tls);
	} else if (rpc_address_is_loopback(options->target)) {
		credentials = grpc_insecure_credentials_create();
	} else {
		detail_set(detail, options->target,
		           "without TLS only 127.0.0.0/8 and [::1] may be called");
		return STATUS_INVALID;
	}
	if (credentials == NULL) {
		detail_set(detail, options->target, "the certificates cannot be read");
		return STATUS_IO;
	}
	struct rpc_client *client = calloc(1, sizeof(*client));
	if (client == NULL) {
		grpc_channel_credentials_release(credentials);
		return STATUS_NO_MEMORY;
	}
	client->channel = client_connect(options, credentials);
	client->completions = grpc_completion_queue_create_for_next(NULL);
	client->waits_for_server = options->waits_for_server;
	if (options->header != NULL) {
		client->header.key = grpc_slice_from_copied_string(options->header);
		client->header.value = grpc_slice_from_copied_string(options->header_value);
		client->header_count = 1;
	}
	arena_init(&client->scratch, SCRATCH_BYTES_MAX);
	grpc_channel_credentials_release(credentials);
	*out = client;
	return STATUS_OK;
}

void rpc_client_free(struct rpc_client *client)
{
	if (client == NULL) {
		return;
	}
	rpc_client_cancel(client);
	client_streams_cancel(client);
	while (client->active > 0) {
		(void)rpc_client_poll(client, UINT32_MAX);
	}
	grpc_completion_queue_shutdown(client->completions);
	grpc_event event = grpc_completion_queue_next(client->completions,
	                                              gpr_inf_future(GPR_CLOCK_REALTIME), NULL);
	ASSERT(event.type == GRPC_QUEUE_SHUTDOWN);
	grpc_completion_queue_destroy(client->completions);
	grpc_channel_destroy(client->channel);
	if (client->header_count > 0) {
		grpc_slice_unref(client->header.key);
		grpc_slice_unref(client->header.value);
	}
	for (size_t i = 0; i < client->methods_count; i++) {
		free(client->methods[i].path);
	}
	arena_fini(&client->scratch);
	free(client);
}

size_t rpc_client_poll(struct rpc_client *client, uint32_t timeout_ms)
{
	gpr_timespec until = gpr_time_add(gpr_now(GPR_CLOCK_MONOTONIC),
	                                  gpr_time_from_millis(timeout_ms, GPR_TIMESPAN));

	while (client->active > 0) {
		grpc_event event = grpc_completion_queue_next(client->completions, until, NULL);

		if (event.type != GRPC_OP_COMPLETE) {
			break;
		}
		const struct client_tag *tag = event.tag;
		tag->event(tag->owner, event.success != 0);
		/* The first event ends the wait. */
		until = gpr_time_0(GPR_CLOCK_MONOTONIC);
	}
	return client->active;
}

static void *client_method(struct rpc_client *client, const char *path)
{
	for (size_t i = 0; i < client->methods_count; i++) {
		if (strcmp(client->methods[i].path, path) == 0) {
			return client->methods[i].registered;
		}
	}
	ASSERT(client->methods_count < CLIENT_METHODS_MAX);
	struct client_method *method = &client->methods[client->methods_count];
	method->path = strdup(path);
	ASSERT(method->path != NULL);
	method->registered = grpc_channel_register_call(client->channel, method->path, NULL, NULL);
	client->methods_count++;
	return method->registered;
}

grpc_op client_headers_op(struct rpc_client *client)
{
	return (grpc_op){
		.op = GRPC_OP_SEND_INITIAL_METADATA,
		.flags = client->waits_for_server ? GRPC_INITIAL_METADATA_WAIT_FOR_READY : 0,
		.data.send_initial_metadata = { .count = client->header_count,
		                                .metadata = &client->header },
	};
}

grpc_call *client_call_create(struct rpc_client *client, const char *path, uint32_t deadline_ms)
{
	gpr_timespec deadline = gpr_inf_future(GPR_CLOCK_MONOTONIC);

	if (deadline_ms != 0) {
		deadline = gpr_time_add(gpr_now(GPR_CLOCK_MONOTONIC),
		                        gpr_time_from_millis(deadline_ms, GPR_TIMESPAN));
	}
	return grpc_channel_create_registered_call(client->channel, NULL, 0, client->completions,
	                                           client_method(client, path), deadline, NULL);
}

grpc_byte_buffer *client_buffer(struct bytes message)
{
	grpc_slice slice = grpc_slice_from_copied_buffer((const char *)message.data, message.size);
	grpc_byte_buffer *buffer = grpc_raw_byte_buffer_create(&slice, 1);

	grpc_slice_unref(slice);
	return buffer;
}

grpc_slice client_slice(grpc_byte_buffer *buffer)
{
	grpc_byte_buffer_reader reader;
	grpc_slice slice = grpc_empty_slice();

	if (buffer != NULL) {
		if (grpc_byte_buffer_reader_init(&reader, buffer)) {
			slice = grpc_byte_buffer_reader_readall(&reader);
			grpc_byte_buffer_reader_destroy(&reader);
		}
		grpc_byte_buffer_destroy(buffer);
	}
	return slice;
}

void client_ending_init(struct client_ending *ending)
{
	grpc_metadata_array_init(&ending->headers);
	grpc_metadata_array_init(&ending->trailers);
	ending->code = GRPC_STATUS_UNKNOWN;
	ending->message = grpc_empty_slice();
}

void client_ending_fini(struct client_ending *ending)
{
	grpc_metadata_array_destroy(&ending->headers);
	grpc_metadata_array_destroy(&ending->trailers);
	grpc_slice_unref(ending->message);
}

void client_ending_read(struct rpc_outcome *outcome, struct arena *arena,
                        const struct client_ending *ending)
{
	enum status_code code = (enum status_code)ending->code;

	*outcome = (struct rpc_outcome){ .code = code, .status = status_map_status(code) };
	if (code == CODE_OK) {
		return;
	}
	for (size_t i = 0; i < ending->trailers.count; i++) {
		const grpc_metadata *entry = &ending->trailers.metadata[i];
		struct bytes packed = bytes_of(GRPC_SLICE_START_PTR(entry->value),
		                               GRPC_SLICE_LENGTH(entry->value));

		if (grpc_slice_str_cmp(entry->key, "grpc-status-details-bin") == 0 &&
		    status_map_unpack(&outcome->failure, &outcome->detail, arena, packed) ==
		            STATUS_OK &&
		    status_map_code(outcome->failure.status) == code) {
			outcome->status = outcome->failure.status;
			return;
		}
	}
	/* No details, as when the core itself, or no server at all, answered. */
	detail_set(&outcome->detail, "", "%.*s", (int)GRPC_SLICE_LENGTH(ending->message),
	           (const char *)GRPC_SLICE_START_PTR(ending->message));
	outcome->failure = (struct failure){
		.status = outcome->status,
		.reason = status_map_code_name(code),
		.detail = &outcome->detail,
	};
}
