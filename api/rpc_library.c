#include "api/rpc_library.h"

#include <grpc/grpc.h>
#include <grpc/support/log.h>
#include <stdatomic.h>
#include <stdlib.h>

/* TLS 1.2 with forward secrecy and authenticated encryption only. TLS 1.3 has no other suites, and
 * the core has no setter for the lowest version: without a suite, older ones cannot connect. */
static const char cipher_suites[] = "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:"
                                    "ECDHE-RSA-AES128-GCM-SHA256:ECDHE-RSA-AES256-GCM-SHA384";

static _Atomic(rpc_log *) log_sink;

static void library_log(gpr_log_func_args *arguments)
{
	rpc_log *sink = atomic_load(&log_sink);

	if (sink != NULL) {
		sink(arguments->severity == GPR_LOG_SEVERITY_ERROR, arguments->message);
	}
}

void rpc_library_start(rpc_log *log)
{
	atomic_store(&log_sink, log);
	/* Failure leaves the core's own list, which is TLS 1.2 with the same properties. */
	(void)setenv("GRPC_SSL_CIPHER_SUITES", cipher_suites, 1);
	gpr_set_log_function(library_log);
	gpr_set_log_verbosity(GPR_LOG_SEVERITY_ERROR);
	grpc_init();
}

void rpc_library_stop(void)
{
	grpc_shutdown_blocking();
	atomic_store(&log_sink, NULL);
}
