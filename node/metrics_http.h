/* The figures of the node over HTTP, for Prometheus: GET /metrics and GET /healthz on a loopback
 * address. Everything else is 404; other methods are 405. The one door to libmicrohttpd.
 *
 * Thread: one of the library's own; `write` is called on it. Memory: opaque. */
#ifndef NODE_METRICS_HTTP_H
#define NODE_METRICS_HTTP_H

#include "ledger/base/buf.h"
#include "ledger/base/detail.h"

#include <stdint.h>

struct metrics_http;

struct metrics_source {
	/* Appends the figures in Prometheus' text format. */
	void (*write)(void *context, struct buf *out);
	/* Whether the node serves. */
	bool (*healthy)(void *context);
	void *context;
};

/* Listens. STATUS_INVALID for an address that is not 127.0.0.0/8 with a port; STATUS_IO when the
 * port is taken. `source` is copied. */
enum status metrics_http_start(struct metrics_http **out, const char *address,
                               const struct metrics_source *source,
                               struct detail *detail) NODISCARD;

/* The port that is listened on (for port 0). */
uint16_t metrics_http_port(const struct metrics_http *http);

/* Accepts NULL. */
void metrics_http_stop(struct metrics_http *http);

#endif
