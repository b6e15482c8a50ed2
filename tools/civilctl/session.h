/* Talking to a node: one connection a run, made by the first call.
 * Thread: main. Memory: responses live in the run's arena. */
#ifndef TOOLS_CIVILCTL_SESSION_H
#define TOOLS_CIVILCTL_SESSION_H

#include "tools/civilctl/ctl.h"

#include "civil/v1/node_service.pb-c.h"
#include "civil/v1/query_service.pb-c.h"

/* Before the first connection of any kind. */
void session_begin(struct ctl *ctl);

/* Connects. CTL_OK, or an exit code after saying why. */
enum ctl_exit session_open(struct ctl *ctl);

/* Connects to this node from now on, instead of the one before. */
enum ctl_exit session_open_at(struct ctl *ctl, const char *server);

/* Calls `method`, such as "civil.v1.NodeService/GetStatus", and waits. CTL_OK with `*response`, or
 * the exit code of the failure after telling it on stderr. */
enum ctl_exit session_call(struct ctl *ctl, const ProtobufCMessage **response, const char *method,
                           const ProtobufCMessage *request,
                           const ProtobufCMessageDescriptor *response_type);

/* Tells a failure: message, broken rules, what to do. Returns its exit code. */
enum ctl_exit session_fail(struct ctl *ctl, const struct rpc_outcome *outcome);

/* The node's status. */
enum ctl_exit session_status(struct ctl *ctl, const Civil__V1__GetStatusResponse **out);

/* Prints a message as JSON on stdout. */
enum ctl_exit session_print_json(const ProtobufCMessage *message);

/* Prints an object of strings: names and values by turns, ended by NULL. */
void session_print_fields(const char *const fields[]);

/* The purpose that goes with every read. */
Civil__V1__ReadContext *session_context(struct ctl *ctl);

#endif
