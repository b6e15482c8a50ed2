#include "api/reflection.h"

#include "api/descriptors.h"
#include "api/rpc_call.h"
#include "grpc/reflection/v1/reflection.pb-c.h"
#include "ledger/base/assert.h"

#include <stdlib.h>

typedef Grpc__Reflection__V1__ServerReflectionRequest Request;
typedef Grpc__Reflection__V1__ServerReflectionResponse Response;

/* protobuf-c's names of the cases of a oneof do not fit a line. */
#define ASKS(what)    GRPC__REFLECTION__V1__SERVER_REFLECTION_REQUEST__MESSAGE_REQUEST_##what
#define ANSWERS(what) GRPC__REFLECTION__V1__SERVER_REFLECTION_RESPONSE__MESSAGE_RESPONSE_##what
#define ASKS_NOTHING                                                                               \
	_GRPC__REFLECTION__V1__SERVER_REFLECTION_REQUEST__MESSAGE_REQUEST__CASE_IS_INT_SIZE

enum { REQUEST_BYTES_MAX = 4096 };

struct reflection {
	struct descriptors descriptors;
	const char *names[REFLECTION_SERVICES_MAX];
	size_t names_count;
	struct service services[REFLECTION_VERSIONS];
};

/* Each answer fills a copy of the frame, which repeats the question. */
static void answer_send(struct rpc_call *call, const Response *response)
{
	(void)rpc_call_send(call, &response->base); /* each request finds room for its answer */
	rpc_call_consumed(call, 1);
}

static void answer_error(struct rpc_call *call, const Response *frame, enum status_code code,
                         const char *text)
{
	Response response = *frame;
	Grpc__Reflection__V1__ErrorResponse error;

	grpc__reflection__v1__error_response__init(&error);
	error.error_code = (int32_t)code;
	error.error_message = (char *)(uintptr_t)text; /* only packed */
	response.message_response_case = ANSWERS(ERROR_RESPONSE);
	response.error_response = &error;
	answer_send(call, &response);
}

static void answer_file(struct rpc_call *call, const Response *frame,
                        const struct reflection *reflection, const struct descriptor_file *file)
{
	Response response = *frame;
	const struct descriptor_file *files[DESCRIPTOR_FILES_MAX];
	ProtobufCBinaryData bytes[DESCRIPTOR_FILES_MAX];
	Grpc__Reflection__V1__FileDescriptorResponse found;

	if (file == NULL) {
		answer_error(call, frame, CODE_NOT_FOUND, "no such file or symbol");
		return;
	}
	grpc__reflection__v1__file_descriptor_response__init(&found);
	found.n_file_descriptor_proto = descriptors_closure(files, &reflection->descriptors, file);
	found.file_descriptor_proto = bytes;
	for (size_t i = 0; i < found.n_file_descriptor_proto; i++) {
		bytes[i].len = files[i]->bytes.size;
		bytes[i].data = (uint8_t *)(uintptr_t)files[i]->bytes.data; /* only packed */
	}
	response.message_response_case = ANSWERS(FILE_DESCRIPTOR_RESPONSE);
	response.file_descriptor_response = &found;
	answer_send(call, &response);
}

/* A method belongs to its service, so any symbol leads to a file. */
static const struct descriptor_file *find_symbol(const struct reflection *reflection,
                                                 const char *name)
{
	const struct descriptor_symbol *symbol = descriptors_symbol(&reflection->descriptors, name);

	return symbol == NULL ? NULL : &reflection->descriptors.files[symbol->file];
}

static void answer_services(struct rpc_call *call, const Response *frame,
                            const struct reflection *reflection)
{
	Response response = *frame;
	Grpc__Reflection__V1__ServiceResponse services[REFLECTION_SERVICES_MAX];
	Grpc__Reflection__V1__ServiceResponse *pointers[REFLECTION_SERVICES_MAX];
	Grpc__Reflection__V1__ListServiceResponse list;

	grpc__reflection__v1__list_service_response__init(&list);
	for (size_t i = 0; i < reflection->names_count; i++) {
		grpc__reflection__v1__service_response__init(&services[i]);
		services[i].name = (char *)(uintptr_t)reflection->names[i]; /* only packed */
		pointers[i] = &services[i];
	}
	list.service = pointers;
	list.n_service = reflection->names_count;
	response.message_response_case = ANSWERS(LIST_SERVICES_RESPONSE);
	response.list_services_response = &list;
	answer_send(call, &response);
}

/* proto3 has no extensions: any message that we know has none. */
static void answer_extensions(struct rpc_call *call, const Response *frame,
                              const struct reflection *reflection, char *type)
{
	Response response = *frame;
	const struct descriptor_symbol *symbol = descriptors_symbol(&reflection->descriptors, type);
	Grpc__Reflection__V1__ExtensionNumberResponse numbers;

	if (symbol == NULL || symbol->kind != DESCRIPTOR_MESSAGE) {
		answer_error(call, frame, CODE_NOT_FOUND, "no such message");
		return;
	}
	grpc__reflection__v1__extension_number_response__init(&numbers);
	numbers.base_type_name = type;
	response.message_response_case = ANSWERS(ALL_EXTENSION_NUMBERS_RESPONSE);
	response.all_extension_numbers_response = &numbers;
	answer_send(call, &response);
}

static void reflection_start(struct rpc_call *call, void *context)
{
	(void)call; /* everything is in the requests */
	(void)context;
}

static void reflection_message(struct rpc_call *call, void *context)
{
	const struct reflection *reflection = context;
	const Request *request = rpc_call_request(call);
	Request echo = *request;
	Response response;

	grpc__reflection__v1__server_reflection_response__init(&response);
	response.valid_host = request->host;
	response.original_request = &echo;
	switch (request->message_request_case) {
	case ASKS(FILE_BY_FILENAME):
		answer_file(call, &response, reflection,
		            descriptors_file(&reflection->descriptors, request->file_by_filename));
		break;
	case ASKS(FILE_CONTAINING_SYMBOL):
		answer_file(call, &response, reflection,
		            find_symbol(reflection, request->file_containing_symbol));
		break;
	case ASKS(FILE_CONTAINING_EXTENSION):
		answer_error(call, &response, CODE_NOT_FOUND, "no such extension");
		break;
	case ASKS(ALL_EXTENSION_NUMBERS_OF_TYPE):
		answer_extensions(call, &response, reflection,
		                  request->all_extension_numbers_of_type);
		break;
	case ASKS(LIST_SERVICES):
		answer_services(call, &response, reflection);
		break;
	case ASKS(_NOT_SET):
	case ASKS_NOTHING:
		answer_error(call, &response, CODE_INVALID_ARGUMENT, "nothing is asked");
		break;
	}
}

/* v1alpha's messages are v1's on the wire. */
#define REFLECTION_METHOD(package)                                                                 \
	{                                                                                          \
		.path = "/" package ".ServerReflection/ServerReflectionInfo", .kind = METHOD_BIDI, \
		.request_bytes_max = REQUEST_BYTES_MAX,                                            \
		.request = &grpc__reflection__v1__server_reflection_request__descriptor,           \
		.response = &grpc__reflection__v1__server_reflection_response__descriptor,         \
		.start = reflection_start, .message = reflection_message,                          \
	}

static const struct method reflection_methods[REFLECTION_VERSIONS] = {
	REFLECTION_METHOD("grpc.reflection.v1"),
	REFLECTION_METHOD("grpc.reflection.v1alpha"),
};

static const char *const reflection_names[REFLECTION_VERSIONS] = {
	"grpc.reflection.v1.ServerReflection",
	"grpc.reflection.v1alpha.ServerReflection",
};

enum status reflection_new(struct reflection **out, const struct service *const services[],
                           size_t services_count)
{
	struct reflection *reflection = calloc(1, sizeof(*reflection));

	ASSERT(services_count + REFLECTION_VERSIONS <= REFLECTION_SERVICES_MAX);
	if (reflection == NULL) {
		return STATUS_NO_MEMORY;
	}
	enum status status = descriptors_init(&reflection->descriptors, descriptors_embedded());
	if (status != STATUS_OK) {
		free(reflection);
		return status;
	}
	for (size_t i = 0; i < services_count; i++) {
		reflection->names[reflection->names_count++] = services[i]->name;
	}
	for (size_t i = 0; i < REFLECTION_VERSIONS; i++) {
		reflection->names[reflection->names_count++] = reflection_names[i];
		reflection->services[i] = (struct service){
			.name = reflection_names[i],
			.methods = &reflection_methods[i],
			.methods_count = 1,
			.context = reflection,
		};
	}
	*out = reflection;
	return STATUS_OK;
}

void reflection_free(struct reflection *reflection)
{
	if (reflection == NULL) {
		return;
	}
	descriptors_fini(&reflection->descriptors);
	free(reflection);
}

const struct service *reflection_service(const struct reflection *reflection, size_t version)
{
	ASSERT(version < REFLECTION_VERSIONS);
	return &reflection->services[version];
}
