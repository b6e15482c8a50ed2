#include "api/etcd_internal.h"

#include <stdio.h>

enum status etcd_server_status(struct ordered_map *map, struct map_status *status,
                               struct detail *detail)
{
	static const struct etcd_call call = { ETCD_QUESTION, "/etcdserverpb.Maintenance/Status",
		                               &etcdserverpb__status_response__descriptor };
	struct etcd *etcd = etcd_of(map);
	Etcdserverpb__StatusRequest request;
	const ProtobufCMessage *message;

	etcdserverpb__status_request__init(&request);
	arena_reset(&etcd->scratch);
	enum status result =
	        etcd_call(etcd, &message, &etcd->scratch, &request.base, &call, detail);
	if (result != STATUS_OK) {
		return result;
	}
	const Etcdserverpb__StatusResponse *response =
	        (const Etcdserverpb__StatusResponse *)message;
	*status = (struct map_status){
		.position = etcd_position(response->header),
		.leader = response->leader,
		.bytes = (uint64_t)response->dbsize,
		.bytes_in_use = (uint64_t)response->dbsizeinuse,
	};
	(void)snprintf(status->version, sizeof(status->version), "%s", response->version);
	for (size_t i = 0; i < response->n_errors; i++) {
		status->full |= strstr(response->errors[i], "NOSPACE") != NULL;
		status->corrupt |= strstr(response->errors[i], "CORRUPT") != NULL;
	}
	return STATUS_OK;
}

/* "https://host:port/" without its frame. */
static void take_address(char *out, size_t size, const char *url)
{
	const char *host = strstr(url, "://");

	host = host == NULL ? url : host + 3;
	(void)snprintf(out, size, "%.*s", (int)strcspn(host, "/"), host);
}

enum status etcd_members(struct ordered_map *map, struct etcd_member members[ETCD_MEMBERS_MAX],
                         size_t *count, struct detail *detail)
{
	static const struct etcd_call call = { ETCD_QUESTION, "/etcdserverpb.Cluster/MemberList",
		                               &etcdserverpb__member_list_response__descriptor };
	struct etcd *etcd = etcd_of(map);
	Etcdserverpb__MemberListRequest request;
	const ProtobufCMessage *message;

	etcdserverpb__member_list_request__init(&request);
	arena_reset(&etcd->scratch);
	enum status status =
	        etcd_call(etcd, &message, &etcd->scratch, &request.base, &call, detail);
	if (status != STATUS_OK) {
		return status;
	}
	const Etcdserverpb__MemberListResponse *response =
	        (const Etcdserverpb__MemberListResponse *)message;
	*count = response->n_members < ETCD_MEMBERS_MAX ? response->n_members : ETCD_MEMBERS_MAX;
	for (size_t i = 0; i < *count; i++) {
		const Etcdserverpb__Member *one = response->members[i];

		members[i] = (struct etcd_member){ .id = one->id };
		(void)snprintf(members[i].name, sizeof(members[i].name), "%s", one->name);
		if (one->n_clienturls > 0) {
			take_address(members[i].address, sizeof(members[i].address),
			             one->clienturls[0]);
		}
	}
	return STATUS_OK;
}

static enum status alarm_call(struct etcd *etcd, const Etcdserverpb__AlarmResponse **response,
                              const Etcdserverpb__AlarmRequest *request, struct detail *detail)
{
	static const struct etcd_call call = { ETCD_QUESTION, "/etcdserverpb.Maintenance/Alarm",
		                               &etcdserverpb__alarm_response__descriptor };
	const ProtobufCMessage *message;
	enum status status =
	        etcd_call(etcd, &message, &etcd->scratch, &request->base, &call, detail);

	if (status == STATUS_OK) {
		*response = (const Etcdserverpb__AlarmResponse *)message;
	}
	return status;
}

enum status etcd_lift_alarms(struct ordered_map *map, struct detail *detail)
{
	struct etcd *etcd = etcd_of(map);
	const Etcdserverpb__AlarmResponse *raised;
	const Etcdserverpb__AlarmResponse *lifted;
	Etcdserverpb__AlarmRequest request;

	etcdserverpb__alarm_request__init(&request);
	arena_reset(&etcd->scratch);
	enum status status = alarm_call(etcd, &raised, &request, detail);
	/* One call for each member: a call for all of them lifts nothing. */
	for (size_t i = 0; status == STATUS_OK && i < raised->n_alarms; i++) {
		etcdserverpb__alarm_request__init(&request);
		request.action = ETCDSERVERPB__ALARM_REQUEST__ALARM_ACTION__DEACTIVATE;
		request.memberid = raised->alarms[i]->memberid;
		request.alarm = ETCDSERVERPB__ALARM_TYPE__NOSPACE;
		if (raised->alarms[i]->alarm == ETCDSERVERPB__ALARM_TYPE__NOSPACE) {
			status = alarm_call(etcd, &lifted, &request, detail);
		}
	}
	return status;
}
