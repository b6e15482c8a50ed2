/* The gRPC layer alone, for clients that nobody here wrote: echo, health and reflection on the
 * loopback.
 *
 *     echo_server                                plaintext
 *     echo_server AUTHORITY CERTIFICATE KEY      mutual TLS
 *
 * Prints "port N" and serves until its standard input ends. */
#include "api/health.h"
#include "api/reflection.h"
#include "api/rpc_library.h"
#include "api/rpc_server.h"
#include "tests/support/echo.h"

#include <stdio.h>

enum { SERVICES = 4, GRACE_MS = 10000 };

static int fail(const struct detail *detail)
{
	(void)fprintf(stderr, "echo_server: %s: %s\n", detail->path, detail->text);
	return 1;
}

static int serve(struct rpc_tls *tls)
{
	struct echo *echo = echo_new();
	const struct service *services[SERVICES] = { echo_service(echo) };
	struct health *health;
	struct reflection *reflection;
	struct rpc_server *server;
	struct detail detail = { "", "out of memory" };
	struct rpc_server_options options = {
		.address = "127.0.0.1:0",
		.tls = tls,
		.services = services,
		.services_count = SERVICES,
	};

	if (health_new(&health, services, 1) != STATUS_OK) {
		return fail(&detail);
	}
	services[1] = health_service(health);
	if (reflection_new(&reflection, &services[1], 1) != STATUS_OK) {
		return fail(&detail);
	}
	services[2] = reflection_service(reflection, 0);
	services[3] = reflection_service(reflection, 1);
	if (rpc_server_start(&server, &detail, &options) != STATUS_OK) {
		return fail(&detail);
	}
	health_set_all(health, true);
	(void)printf("port %u\n", rpc_server_port(server));
	(void)fflush(stdout);
	while (getchar() != EOF) {
		echo_publish(echo);
	}
	health_set_all(health, false);
	rpc_server_stop(server, GRACE_MS);
	reflection_free(reflection);
	health_free(health);
	echo_free(echo);
	return 0;
}

int main(int argc, char **argv)
{
	struct rpc_tls *tls = NULL;
	struct detail detail;

	rpc_library_start(NULL);
	if (argc == 4) {
		struct rpc_tls_files files = { argv[1], argv[2], argv[3] };

		if (rpc_tls_open(&tls, &detail, &files) != STATUS_OK) {
			return fail(&detail);
		}
	}
	int result = serve(tls);
	rpc_tls_close(tls);
	rpc_library_stop();
	return result;
}
