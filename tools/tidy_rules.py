"""What tidy.py holds the source to: the tables. A row that allows something says why."""

# Each layer includes itself and what stands to its left. Tests include everything.
LAYERS = ("ledger", "node", "api", "tools")

# Where C and Python live; other folders hold no source.
SOURCE_FOLDERS = LAYERS + ("tests",)

# Copies under their upstream names, held to nothing of ours.
THIRD_PARTY = ("proto/google/*", "proto/grpc/*", "proto/etcd/*")

# Header of a library (or its folder) and the files that may know it. Tests may use any.
DOORS = {
    "sodium.h": ("ledger/base/crypto.c",),
    "rocksdb/*": ("ledger/store/store_rocksdb*",),
    "utf8proc.h": ("ledger/base/text.c",),
    "grpc/*": ("api/rpc_*.c", "api/rpc_*.h"),
    "jansson.h": ("api/json*.c",),
    "ini.h": ("node/config.c",),
    "microhttpd.h": ("node/metrics_http.c",),
    "protobuf-c/*": ("ledger/*", "node/*", "api/*", "tools/*"),
}

# The system headers the ledger may include: no clock, thread, network, locale or file.
PURE_HEADERS = (
    "errno.h", "inttypes.h", "limits.h", "stdalign.h", "stdarg.h", "stdatomic.h", "stdbool.h",
    "stddef.h", "stdint.h", "stdio.h", "stdlib.h", "string.h",
)

# The one way to the disk, and the last words of a failed assertion.
IMPURE = {
    "ledger/store/store_*.c": "the store is where the ledger meets the disk",
    "ledger/store/store_memory_internal.h": "a lock around the roots of the store in memory",
    "ledger/base/assert.c": "prints and aborts",
}

# Calls nobody makes, and what to use instead.
BANNED = {
    "strcpy": "struct buf", "strcat": "struct buf", "strncpy": "struct buf",
    "strncat": "struct buf", "sprintf": "snprintf or buf_printf", "vsprintf": "vsnprintf",
    "gets": "fgets", "strtok": "a cursor over struct bytes",
    "atoi": "strtol with its checks", "atol": "strtol with its checks",
    "atoll": "strtoll with its checks", "atof": "strtod with its checks",
    "rand": "node/random.h", "srand": "node/random.h", "random": "node/random.h",
    "alloca": "an arena", "localtime": "gmtime_r", "gmtime": "gmtime_r",
    "asctime": "strftime", "ctime": "strftime", "system": "posix_spawn",
    "tmpnam": "mkstemp", "mktemp": "mkstemp",
}

# What would make two nodes, or two days, differ.
BANNED_IN_LEDGER = (
    "time", "clock", "clock_gettime", "gettimeofday", "getenv", "secure_getenv", "getrandom",
    "getentropy", "setlocale", "isalpha", "isdigit", "isspace", "tolower", "toupper", "printf",
    "fprintf", "puts", "perror", "syslog", "sleep", "usleep", "nanosleep",
)

# Words of the ledger's C that must not appear: amounts and times are integers.
BANNED_WORDS_IN_LEDGER = ("float", "double", "_Thread_local")

# Heap memory in the ledger: in these files, and in functions with these endings.
HEAP_CALLS = ("malloc", "calloc", "realloc", "reallocarray", "free", "strdup", "strndup")
HEAP_FUNCTIONS = ("_new", "_free", "_open", "_close", "_begin", "_end")
HEAP_FILES = {
    "ledger/base/arena.c": "the arena's blocks",
    "ledger/base/buf.c": "the buffer's bytes",
    "ledger/store/treap.c": "versions share nodes, so a release frees what nobody shares",
}

FUNCTION_LINES_MAX = 70
FILE_LINES_MAX = 400
LINE_COLUMNS_MAX = 100
TAB_COLUMNS = 8

# Files of data or of tables, whose length says nothing about them.
LONG_FILES = {
    "tests/unit/test_replica.c": "one machine, one fixture: a replica and its upstreams",
    "tests/unit/test_sequencer_etcd.c": "one contract, one fixture: nodes over one map",
    "tests/unit/test_ledger.c": "one facade, one fixture: a whole country",
}

# What is left behind when work is not finished, and paths that exist on one machine only.
MARKERS = (r"\bTODO\b", r"\bFIXME\b", r"\bXXX\b", r"\bHACK\b", r"\bWIP\b", r"^\s*#\s*if\s+0\b",
           r"^(<<<<<<<|>>>>>>>) ")
MACHINE_PATHS = (r"(?<![\w.$])/(home|root|Users|work)/\w", r"(?<![\w.$])/tmp/w/")

# Folders whose parent's README tells about them.
NO_README = ("proto/*", "tests/fuzz/corpus", "tests/fuzz/corpus/*", "tests/vectors/*")

# Sources that have no tests/unit/test_<name>.c, and where they are tested.
TESTED_BY = {
    "api/log_records.c": "tests/service/run",
    "api/metrics.c": "tests/service/run",
    "api/etcd_*.c": "tests/cluster/run",
    "api/delayed_reads.c": "tests/service/run",
    "api/peers.c": "tests/cluster/run",
    "api/caller.c": "tests/replica/run",
    "api/log_page.c": "tests/service/run",
    "api/outcome.c": "tests/service/run",
    "api/service*.c": "tests/service/run",
    "api/access.c": "tests/service/run",
    "node/access_audit.c": "tests/unit/test_access_list.c",
    "node/side_store.c": "tests/replica/run",
    "api/question.c": "tests/service/run",
    "api/submit_stream.c": "tests/service/run",
    "api/json_write.c": "tests/unit/test_json.c",
    "ledger/append.c": "tests/unit/test_ledger.c",
    "ledger/apply.c": "tests/unit/test_ledger.c",
    "ledger/sealing_*.c": "tests/unit/test_sealing.c",
    "ledger/head.c": "tests/unit/test_ledger.c",
    "ledger/index_paper.c": "tests/unit/test_query_history.c",
    "ledger/index*.c": "tests/unit/test_ledger.c",
    "ledger/number.c": "tests/unit/test_ledger.c",
    "ledger/receipt.c": "tests/unit/test_ledger.c",
    "node/core*.c": "tests/simulate/run",
    "node/sequencer_etcd_*.c": "tests/unit/test_sequencer_etcd.c",
    "node/node_open.c": "tests/unit/test_node.c",
    "node/backup*.c": "tests/backup/run",
    "node/outbox_load.c": "tests/unit/test_outbox.c",
    "node/follower.c": "tests/replica/run",
    "node/courier_thread.c": "tests/replica/run",
    "api/upstream.c": "tests/replica/run",
    "api/outbox_*.c": "tests/replica/run",
    "node/page_apply.c": "tests/unit/test_page_examine.c",
    "node/witness*.c": "tests/unit/test_replica.c",
    "node/replica_*.c": "tests/unit/test_replica.c",
    "node/evidence.c": "tests/unit/test_evidence_check.c",
    "node/restore.c": "tests/backup/run",
    "node/snapshot.c": "tests/backup/run",
    "node/cluster.c": "tests/cluster/run",
    "ledger/view*.c": "tests/unit/test_ledger.c",
    "ledger/authority/*.c": "tests/unit/test_authority.c",
    "ledger/base/assert.c": "tests/unit/test_status.c",
    "api/descriptors*.c": "tests/unit/test_reflection.c",
    "api/request.c": "tests/unit/test_rpc_unary.c",
    "api/rpc_client*.c": "tests/unit/test_rpc_client.c",
    "api/rpc_peer.c": "tests/unit/test_rpc_tls.c",
    "api/rpc_tls.c": "tests/unit/test_rpc_tls.c",
    "api/rpc_stream.c": "tests/unit/test_rpc_stream.c",
    "api/rpc_topic.c": "tests/unit/test_rpc_stream.c",
    "api/rpc_*.c": "tests/unit/test_rpc_unary.c",
    "api/status_*.c": "tests/unit/test_status_map.c",
    "ledger/event/constraint_*.c": "tests/unit/test_constraint.c",
    "ledger/event/field_segment.c": "tests/unit/test_field_path.c",
    "ledger/rules/unmerge.c": "tests/unit/test_merge.c",
    "ledger/rules/impediments.c": "tests/unit/test_query_attestation.c",
    "ledger/event/kind_*.c": "tests/unit/test_kind.c",
    "ledger/person/state_compare.c": "tests/unit/test_state_compare.c",
    "ledger/person/json.c": "tests/unit/test_state_compare.c",
    "ledger/person/document.c": "tests/unit/test_person_document.c",
    "ledger/person/inconsistency.c": "tests/unit/test_person_document.c",
    "ledger/person/state_update.c": "tests/unit/test_state_random.c",
    "ledger/person/cache.c": "tests/unit/test_state_random.c",
    "ledger/person/acts.c": "tests/unit/test_acts.c",
    "ledger/person/join.c": "tests/unit/test_acts.c",
    "ledger/person/amend.c": "tests/unit/test_acts.c",
    "ledger/person/facts.c": "tests/unit/test_facts.c",
    "ledger/person/union.c": "tests/unit/test_person_union.c",
    "ledger/person/*.c": "tests/unit/test_state.c",
    "ledger/query/document_status.c": "tests/unit/test_query_document.c",
    "ledger/query/find_act.c": "tests/unit/test_query_history.c",
    "ledger/query/get_case.c": "tests/unit/test_query_history.c",
    "ledger/query/get_history.c": "tests/unit/test_query_history.c",
    "ledger/query/history_*.c": "tests/unit/test_query_history.c",
    "ledger/query/find_path.c": "tests/unit/test_query_kinship.c",
    "ledger/query/work_scan.c": "tests/unit/test_query_office.c",
    "ledger/query/case_summary.c": "tests/unit/test_query_office.c",
    "ledger/query/list_cases.c": "tests/unit/test_query_office.c",
    "ledger/query/list_inconsistencies.c": "tests/unit/test_query_inconsistent.c",
    "ledger/query/get_performance.c": "tests/unit/test_query_office.c",
    "ledger/query/count_acts.c": "tests/unit/test_query_statistics.c",
    "ledger/query/list_feed.c": "tests/unit/test_query_statistics.c",
    "ledger/work.c": "tests/unit/test_query_office.c",
    "ledger/person/area.c": "tests/unit/test_query_inconsistent.c",
    "ledger/person/statistic*.c": "tests/unit/test_query_statistics.c",
    "ledger/query/search_*.c": "tests/unit/test_query_search.c",
    "ledger/event/name_fold.c": "tests/unit/test_query_search.c",
    "ledger/query/kin.c": "tests/unit/test_query_kinship.c",
    "ledger/query/list_kin.c": "tests/unit/test_query_kinship.c",
    "ledger/query/page.c": "tests/unit/test_query_kinship.c",
    "ledger/query/list_heirs.c": "tests/unit/test_query_heirs.c",
    "ledger/query/attribute.c": "tests/unit/test_query_attestation.c",
    "ledger/query/list_impediments.c": "tests/unit/test_query_attestation.c",
    "ledger/query/*_attributes.c": "tests/unit/test_query_attestation.c",
    "ledger/query/*.c": "tests/unit/test_query_person.c",
    "ledger/rules/births.c": "tests/unit/test_birth.c",
    "ledger/rules/court.c": "tests/unit/test_amendment.c",
    "ledger/rules/decision.c": "tests/unit/test_amendment.c",
    "ledger/rules/duplicate.c": "tests/unit/test_vital.c",
    "ledger/rules/finding.c": "tests/unit/test_union.c",
    "ledger/rules/judge*.c": "tests/unit/test_structure_case.c",
    "ledger/rules/jurisdiction.c": "tests/unit/test_structure_signers.c",
    "ledger/rules/kinship.c": "tests/unit/test_union.c",
    "ledger/rules/late.c": "tests/unit/test_vital.c",
    "ledger/rules/matter.c": "tests/unit/test_amendment.c",
    "ledger/rules/number.c": "tests/unit/test_structure_target.c",
    "ledger/rules/officers.c": "tests/unit/test_structure_signers.c",
    "ledger/rules/pass.c": "tests/unit/test_union.c",
    "ledger/rules/place.c": "tests/unit/test_structure_content.c",
    "ledger/rules/signer.c": "tests/unit/test_structure_signers.c",
    "ledger/rules/spelling.c": "tests/unit/test_amendment.c",
    "ledger/rules/standing.c": "tests/unit/test_union.c",
    "ledger/rules/target*.c": "tests/unit/test_structure_target.c",
    "ledger/store/store_*.c": "tests/unit/test_store.c",
    "ledger/store/treap.c": "tests/unit/test_store.c",
    "node/backup_*.c": "tests/unit/test_backup.c",
    "node/clock.c": "tests/unit/test_node.c",
    "node/disk.c": "tests/unit/test_node.c",
    "node/failpoint.c": "tests/fault/crash.py",
    "node/core_*.c": "tests/unit/test_core.c",
    "node/pipeline_*.c": "tests/unit/test_pipeline.c",
    "node/submission.c": "tests/unit/test_pipeline.c",
}

# These name the markers in order to find them.
NO_MARKERS = ("tools/tidy_rules.py", "tests/unit/test_tidy.py")
