"""Our gRPC server seen by Python's client: health, reflection, errors, streams, limits.

Used by grpc_run.py. Each function named check_* is one check.
"""
import sys

import grpc

DEADLINE_S = 30


class Echo:
    """The methods of the server by their wire names, over generated messages."""

    def __init__(self, port, folder):
        sys.path.insert(0, folder)
        from google.protobuf import descriptor_pb2
        from google.rpc import error_details_pb2, status_pb2
        from grpc_copy.health.v1 import health_pb2
        from grpc_copy.reflection.v1 import reflection_pb2
        self.descriptor = descriptor_pb2
        self.details = error_details_pb2
        self.status = status_pb2
        self.health = health_pb2
        self.reflection = reflection_pb2
        self.port = port
        self.connect()

    def connect(self):
        """A connection of its own: otherwise Python shares them by address."""
        self.channel = grpc.insecure_channel(f"127.0.0.1:{self.port}",
                                             [("grpc.use_local_subchannel_pool", 1)])

    def text(self, value):
        return self.health.HealthCheckRequest(service=value)

    def unary(self, path, request, answer, **options):
        call = self.channel.unary_unary(path, type(request).SerializeToString, answer.FromString)
        options = {"timeout": DEADLINE_S, "wait_for_ready": True} | options
        return call.with_call(request, **options)[0]

    def echo(self, value, **options):
        answer = self.health.HealthCheckRequest
        return self.unary("/civil.test.Echo/Echo", self.text(value), answer, **options).service

    def refused(self, path, request, **options):
        """The error that a call must end with."""
        try:
            self.unary(path, request, self.health.HealthCheckRequest, **options)
        except grpc.RpcError as error:
            return error
        raise AssertionError(f"{path} was answered")


def check_a_text_comes_back(echo):
    assert echo.echo("សួស្តី") == "សួស្តី"


def check_health_answers_and_knows_its_names(echo):
    answer = echo.health.HealthCheckResponse
    for name in ("", "civil.read", "civil.write", "civil.test.Echo"):
        told = echo.unary("/grpc.health.v1.Health/Check", echo.text(name), answer)
        assert told.status == answer.SERVING
    error = echo.refused("/grpc.health.v1.Health/Check", echo.text("nobody"))
    assert error.code() == grpc.StatusCode.NOT_FOUND


def check_a_watch_starts_with_the_state(echo):
    watch = echo.channel.unary_stream("/grpc.health.v1.Health/Watch",
                                      echo.health.HealthCheckRequest.SerializeToString,
                                      echo.health.HealthCheckResponse.FromString)
    call = watch(echo.text(""), timeout=DEADLINE_S)
    assert next(call).status == echo.health.HealthCheckResponse.SERVING
    call.cancel()


def check_an_unknown_method_is_unimplemented(echo):
    error = echo.refused("/civil.test.Echo/Nothing", echo.text(""))
    assert error.code() == grpc.StatusCode.UNIMPLEMENTED
    assert details_of(echo, error)[0].reason == "METHOD_UNKNOWN"


def details_of(echo, error):
    """ErrorInfo, PreconditionFailure and LocalizedMessage of an error, None where absent."""
    packed = dict(error.trailing_metadata())["grpc-status-details-bin"]
    status = echo.status.Status.FromString(packed)
    assert status.code == error.code().value[0]
    found = {}
    for detail in status.details:
        name = detail.type_url.removeprefix("type.googleapis.com/google.rpc.")
        found[name] = getattr(echo.details, name).FromString(detail.value)
    return [found.get(name) for name in ("ErrorInfo", "PreconditionFailure", "LocalizedMessage")]


def check_a_refusal_lists_every_broken_rule(echo):
    error = echo.refused("/civil.test.Echo/Refuse", echo.text(""))
    assert error.code() == grpc.StatusCode.FAILED_PRECONDITION
    assert "BIGAMY" in error.details()
    info, rules, localized = details_of(echo, error)
    assert (info.reason, info.domain) == ("RULES_BROKEN", "civil-ledger")
    assert [rule.type for rule in rules.violations] == ["MARRIAGE_AGE", "BIGAMY"]
    assert localized.locale == "km-KH" and localized.message


def check_a_compressed_request_is_refused(echo):
    """Nothing is inflated for a stranger: a small request could be a large one."""
    error = echo.refused("/civil.test.Echo/Echo", echo.text("x" * 3000),
                         compression=grpc.Compression.Gzip)
    assert error.code() == grpc.StatusCode.UNIMPLEMENTED
    assert echo.echo("after") == "after"


def check_metadata_beyond_the_limit_is_refused(echo):
    error = echo.refused("/civil.test.Echo/Echo", echo.text(""),
                         metadata=[(f"x-{i}", "y" * 1000) for i in range(20)])
    # The server closes the connection; whether its answer comes first is a race.
    assert error.code() in (grpc.StatusCode.RESOURCE_EXHAUSTED, grpc.StatusCode.UNAVAILABLE)
    echo.connect()
    assert echo.echo("after") == "after"


def check_a_deadline_is_kept(echo):
    call = echo.channel.unary_stream("/civil.test.Echo/News",
                                     echo.health.HealthCheckRequest.SerializeToString,
                                     echo.health.HealthCheckRequest.FromString)
    try:
        for _ in call(echo.text(""), timeout=0.2):
            pass
    except grpc.RpcError as error:
        assert error.code() == grpc.StatusCode.DEADLINE_EXCEEDED
        return
    raise AssertionError("the stream ended")


def check_a_server_stream_is_complete_and_in_order(echo):
    call = echo.channel.unary_stream("/civil.test.Echo/Count",
                                     echo.health.HealthCheckRequest.SerializeToString,
                                     echo.health.HealthCheckRequest.FromString)
    told = [int(message.service) for message in call(echo.text("5000"), timeout=DEADLINE_S)]
    assert told == list(range(4999, -1, -1))


def check_a_chat_answers_each_message(echo):
    call = echo.channel.stream_stream("/civil.test.Echo/Chat",
                                      echo.health.HealthCheckRequest.SerializeToString,
                                      echo.health.HealthCheckRequest.FromString)
    asked = [str(i) for i in range(500)]
    told = call((echo.text(text) for text in asked), timeout=DEADLINE_S)
    assert [message.service for message in told] == asked


def ask_reflection(echo, version, **question):
    call = echo.channel.stream_stream(
        f"/grpc.reflection.{version}.ServerReflection/ServerReflectionInfo",
        echo.reflection.ServerReflectionRequest.SerializeToString,
        echo.reflection.ServerReflectionResponse.FromString)
    request = echo.reflection.ServerReflectionRequest(**question)
    return next(call(iter([request]), timeout=DEADLINE_S))


def check_reflection_lists_services_under_both_versions(echo):
    for version in ("v1", "v1alpha"):
        answer = ask_reflection(echo, version, list_services="")
        names = [service.name for service in answer.list_services_response.service]
        assert "grpc.health.v1.Health" in names


def check_reflected_files_build_a_pool(echo):
    """Python's own descriptor code accepts the files: every import is there."""
    from google.protobuf import descriptor_pool
    answer = ask_reflection(echo, "v1", file_containing_symbol="civil.v1.QueryService")
    files = [echo.descriptor.FileDescriptorProto.FromString(packed)
             for packed in answer.file_descriptor_response.file_descriptor_proto]
    by_name = {file.name: file for file in files}
    pool = descriptor_pool.DescriptorPool()

    def add(name):
        for needed in by_name[name].dependency:
            add(needed)
        pool.Add(by_name[name])

    add(files[0].name)
    service = pool.FindServiceByName("civil.v1.QueryService")
    assert "GetPerson" in [method.name for method in service.methods]


def checks(port, folder):
    """Names and bodies of all checks. `folder` holds what protoc --python_out made."""
    echo = Echo(port, folder)
    return [(name, lambda check=check: check(echo))
            for name, check in sorted(globals().items()) if name.startswith("check_")]
