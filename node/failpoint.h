/* Places where a test may end the process as a power cut would.
 *
 *   FAILPOINT("commit_before_floor");
 *   CIVIL_FAILPOINT=commit_before_floor:3 civild ...    SIGKILL at the third pass
 * Compiled out unless FAILPOINTS_ENABLED is defined (test modes). Thread: any. */
#ifndef NODE_FAILPOINT_H
#define NODE_FAILPOINT_H

#ifdef FAILPOINTS_ENABLED
/* Counts the pass; does not return when it is the one asked for. */
void failpoint_pass(const char *name);
#define FAILPOINT(name) failpoint_pass(name)
#else
#define FAILPOINT(name) ((void)0)
#endif

#endif
