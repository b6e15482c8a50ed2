/* The civil services: the tables that api/rpc_server.h serves, over one node.
 *
 * Handlers run on the server's queue thread. Reads look into a snapshot of the ledger and answer at
 * once; submissions are handed to the node's pipeline and answered from its reply thread.
 * Thread: made before rpc_server_start, freed after rpc_server_stop. Memory: the caller's. */
#ifndef API_SERVICES_H
#define API_SERVICES_H

#include "api/delayed_reads.h"
#include "api/rpc_call.h"
#include "node/node.h"

/* What every service gets as its context. */
struct services {
	struct node *node;             /* set before the server starts */
	struct rpc_topic *appended;    /* published after every commit */
	const char *version;           /* of the program */
	struct delayed_reads *delayed; /* set before the server starts */
	const char *role;              /* "solo", "core" or "replica" */
	const char *peers;             /* core: names of the other nodes, by commas; else NULL */
	const char *content_readers;   /* names that may have contents of records; NULL: all */
	bool demo;                     /* plaintext on the loopback */
};

enum { SERVICES_COUNT = 13 };

/* Fills the table; `services` is the context of all and must outlive the server. */
void services_table(struct service out[SERVICES_COUNT], struct services *services);

/* The key that signs checkpoints, in C2SP's form. NULL when memory is exhausted. */
char *services_log_key(struct arena *arena, const struct identity *identity);

/* The method tables, one per file service_*.c. */
struct service service_registration(struct services *services);
struct service service_query(struct services *services);
struct service service_consistency(struct services *services);
struct service service_attestation(struct services *services);
struct service service_kinship(struct services *services);
struct service service_household(struct services *services);
struct service service_office(struct services *services);
struct service service_feed(struct services *services);
struct service service_statistics(struct services *services);
struct service service_access(struct services *services);
struct service service_log(struct services *services);
struct service service_node(struct services *services);
struct service service_peer(struct services *services);

#endif
