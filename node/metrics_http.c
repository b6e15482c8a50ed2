#include "node/metrics_http.h"

#include <arpa/inet.h>
#include <microhttpd.h>
#include <stdio.h>
#include <stdlib.h>

enum { METRICS_BYTES_MAX = 1 << 20, CONNECTIONS_MAX = 16, IDLE_SECONDS = 10 };

struct metrics_http {
	struct MHD_Daemon *daemon;
	struct metrics_source source;
};

static enum MHD_Result respond(struct MHD_Connection *connection, unsigned code, const char *type,
                               struct bytes body)
{
	union {
		const uint8_t *in;
		uint8_t *out;
	} pointer = { .in = body.data }; /* the library copies and does not write */
	struct MHD_Response *response =
	        MHD_create_response_from_buffer(body.size, pointer.out, MHD_RESPMEM_MUST_COPY);

	if (response == NULL) {
		return MHD_NO;
	}
	(void)MHD_add_response_header(response, "Content-Type", type);
	enum MHD_Result result = MHD_queue_response(connection, code, response);
	MHD_destroy_response(response);
	return result;
}

static enum MHD_Result respond_text(struct MHD_Connection *connection, unsigned code,
                                    const char *text)
{
	return respond(connection, code, "text/plain; charset=utf-8", bytes_of_string(text));
}

static enum MHD_Result respond_metrics(struct metrics_http *http, struct MHD_Connection *connection)
{
	struct buf out;

	buf_init(&out, METRICS_BYTES_MAX);
	http->source.write(http->source.context, &out);
	enum MHD_Result result =
	        respond(connection, MHD_HTTP_OK, "text/plain; version=0.0.4; charset=utf-8",
	                buf_bytes(&out));
	buf_fini(&out);
	return result;
}

/* The library's callback for every request. */
static enum MHD_Result serve(void *context, struct MHD_Connection *connection, const char *url,
                             const char *method, const char *version, const char *upload,
                             size_t *upload_size, void **state)
{
	struct metrics_http *http = context;

	(void)version;
	(void)upload;
	(void)upload_size;
	(void)state;
	if (strcmp(method, "GET") != 0) {
		return respond_text(connection, MHD_HTTP_METHOD_NOT_ALLOWED, "only GET\n");
	}
	if (strcmp(url, "/metrics") == 0) {
		return respond_metrics(http, connection);
	}
	if (strcmp(url, "/healthz") == 0) {
		bool healthy = http->source.healthy(http->source.context);

		return respond_text(connection,
		                    healthy ? MHD_HTTP_OK : MHD_HTTP_SERVICE_UNAVAILABLE,
		                    healthy ? "ok\n" : "not serving\n");
	}
	return respond_text(connection, MHD_HTTP_NOT_FOUND, "see /metrics and /healthz\n");
}

/* Reads "127.x.y.z:port". */
static bool parse_loopback(const char *address, struct sockaddr_in *out)
{
	char host[16];
	unsigned port;
	int end = 0;

	*out = (struct sockaddr_in){ .sin_family = AF_INET };
	if (sscanf(address, "%15[0-9.]:%5u%n", host, &port, &end) != 2 || address[end] != '\0' ||
	    port > UINT16_MAX || inet_pton(AF_INET, host, &out->sin_addr) != 1) {
		return false;
	}
	out->sin_port = htons((uint16_t)port);
	return ntohl(out->sin_addr.s_addr) >> 24 == 127;
}

enum status metrics_http_start(struct metrics_http **out, const char *address,
                               const struct metrics_source *source, struct detail *detail)
{
	struct sockaddr_in loopback;

	if (!parse_loopback(address, &loopback)) {
		detail_set(detail, "metrics.listen",
		           "%s is not an address of 127.0.0.0/8 with a port", address);
		return STATUS_INVALID;
	}
	struct metrics_http *http = calloc(1, sizeof(*http));
	if (http == NULL) {
		return STATUS_NO_MEMORY;
	}
	http->source = *source;
	http->daemon = MHD_start_daemon(
	        MHD_USE_INTERNAL_POLLING_THREAD, 0, NULL, NULL, serve, http, MHD_OPTION_SOCK_ADDR,
	        &loopback, MHD_OPTION_CONNECTION_LIMIT, (unsigned)CONNECTIONS_MAX,
	        MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_SECONDS, MHD_OPTION_END);
	if (http->daemon == NULL) {
		detail_set(detail, "metrics.listen", "cannot listen on %s; is the port taken?",
		           address);
		free(http);
		return STATUS_IO;
	}
	*out = http;
	return STATUS_OK;
}

uint16_t metrics_http_port(const struct metrics_http *http)
{
	const union MHD_DaemonInfo *info =
	        MHD_get_daemon_info(http->daemon, MHD_DAEMON_INFO_BIND_PORT);

	return info == NULL ? 0 : info->port;
}

void metrics_http_stop(struct metrics_http *http)
{
	if (http != NULL) {
		MHD_stop_daemon(http->daemon);
		free(http);
	}
}
