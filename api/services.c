#include "api/services.h"

void services_table(struct service out[SERVICES_COUNT], struct services *services)
{
	out[0] = service_registration(services);
	out[1] = service_query(services);
	out[2] = service_log(services);
	out[3] = service_node(services);
	out[4] = service_peer(services);
	out[5] = service_consistency(services);
	out[6] = service_attestation(services);
	out[7] = service_kinship(services);
	out[8] = service_office(services);
	out[9] = service_feed(services);
	out[10] = service_statistics(services);
	out[11] = service_household(services);
	out[12] = service_access(services);
}
