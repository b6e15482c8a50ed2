/* Tells systemd how the service is (sd_notify(3)): one datagram to $NOTIFY_SOCKET, if there is one.
 * Thread: any. */
#ifndef TOOLS_CIVILD_NOTIFY_H
#define TOOLS_CIVILD_NOTIFY_H

/* For example "READY=1\nSTATUS=serving". Failure is nothing to us. */
void notify_systemd(const char *state);

#endif
