# Civil Ledger. `make help` lists the targets; V=1 shows the commands.
#
# Everything built stands under build/MODE/. A file tools/NAME.c or tools/NAME/main.c is the program
# NAME, with dashes for underscores; every other source under ledger, node, api and tools goes into
# libcivil.a. A file tests/unit/test_NAME.c is a unit test; any other tests/SUITE/NAME.c is a program
# of that suite. All tests are linked with tests/support.
MODE   ?= release
CC     := gcc
CLANG  := clang-14
BUILD  ?= build/$(MODE)
PREFIX ?= /usr/local
Q      := $(if $(V),,@)

.DELETE_ON_ERROR:
.SECONDARY:
.DEFAULT_GOAL := all

# Two modes are clang's: fuzz for its fuzzer, clang to see that both compilers agree.
COMPILER := $(if $(filter clang fuzz,$(MODE)),$(filter ccache,$(CC)) $(CLANG),$(CC))

# Libraries by name: pkg-config --libs grpc prints a hundred that we do not use.
LIBS_VERIFY := -lsodium -lprotobuf-c
LIBS_LEDGER := -lrocksdb $(LIBS_VERIFY) -lutf8proc -lpthread
LIBS_API    := -lgrpc -lgpr -ljansson -linih -lmicrohttpd
LIBS_TEST   := -lcheck -lsubunit -lm -lrt

WARNINGS := -Wall -Wextra -Wconversion -Wsign-conversion -Wshadow -Wvla -Wundef -Wformat=2 \
            -Wstrict-prototypes -Wmissing-prototypes -Wcast-qual -Wswitch-enum -Werror
HARDENING := -fPIE -fvisibility=hidden -fstack-protector-strong -fstack-clash-protection \
             -fcf-protection

SANITIZE   := -g -fno-omit-frame-pointer -fno-sanitize-recover=all
CHECKED    := -DVERIFY_ENABLED -DFAILPOINTS_ENABLED
# gcc follows null through calls only when it optimises, so the warning lives here.
FLAGS_release := -O2 -g -D_FORTIFY_SOURCE=3 -Wnull-dereference
FLAGS_clang   := -O2 -g -D_FORTIFY_SOURCE=2
FLAGS_check   := -O1 -g $(CHECKED)
FLAGS_planted := -O1 -g $(CHECKED) -DPLANTED_ENABLED
FLAGS_asan    := -O1 $(SANITIZE) -fsanitize=address,undefined $(CHECKED)
FLAGS_tsan    := -O1 $(SANITIZE) -fsanitize=thread $(CHECKED)
FLAGS_cover   := -O0 -g --coverage $(CHECKED)
FLAGS_fuzz    := -O1 $(SANITIZE) -fsanitize=fuzzer-no-link,address,undefined $(CHECKED)
$(if $(FLAGS_$(MODE)),,$(error MODE is release, clang, check, asan, tsan, cover, planted or fuzz))

CPPFLAGS := -I. -I$(BUILD)/proto -D_GNU_SOURCE
# ASSERT(!"why this cannot be") is a way of speaking that clang takes for a mistake.
WARNINGS += $(if $(filter clang fuzz,$(MODE)),-Wno-string-conversion)
# Instrumented code misleads gcc's flow warnings; the other modes judge them.
WARNINGS += $(if $(filter asan tsan,$(MODE)),-Wno-format-truncation -Wno-maybe-uninitialized \
            -Wno-stringop-overflow -Wno-array-bounds)
BASE     := -std=c17 $(HARDENING) $(FLAGS_$(MODE))
CFLAGS   := $(WARNINGS) $(BASE)
LDFLAGS  := -pie -Wl,-z,relro,-z,now $(filter -fsanitize=% --coverage,$(FLAGS_$(MODE)))

PROTOS    := $(shell find proto -name '*.proto')
PROTO_C   := $(PROTOS:proto/%.proto=$(BUILD)/proto/%.pb-c.c)
SRC_C     := $(shell find ledger node api tools -name '*.c' 2>/dev/null)
MAINS     := $(wildcard tools/*.c tools/*/main.c)
LIB_O     := $(patsubst %.c,$(BUILD)/%.o,$(filter-out $(MAINS),$(SRC_C))) $(PROTO_C:.c=.o)
SUPPORT_O := $(patsubst %.c,$(BUILD)/%.o,$(wildcard tests/support/*.c tests/support/*/*.c))
UNIT      := $(patsubst %.c,$(BUILD)/%,$(wildcard tests/unit/test_*.c))
NOT_SUITE := tests/unit/% tests/support/% tests/fuzz/% tests/powercut/%
SUITES    := $(patsubst %.c,$(BUILD)/%,$(filter-out $(NOT_SUITE),$(wildcard tests/*/*.c)))
FUZZERS   := $(patsubst %.c,$(BUILD)/%,$(wildcard tests/fuzz/fuzz_*.c))

all: ## build the programs

# A stamp holds one line of text and is touched only when that text changes.
define stamp
$(BUILD)/$1: force
	@mkdir -p $$(@D)
	@echo '$2' | cmp -s - $$@ || echo '$2' > $$@
endef
$(eval $(call stamp,flags,$(filter-out ccache,$(COMPILER)) $(CPPFLAGS) $(CFLAGS) $(LDFLAGS)))
$(eval $(call stamp,sources,$(LIB_O)))

$(BUILD)/proto/%.pb-c.c: proto/%.proto
	@mkdir -p $(@D)
	$(Q)protoc -Iproto --plugin=protoc-gen-c=/usr/bin/protoc-gen-c --c_out=$(BUILD)/proto $<

# Generated code is not held to our warnings.
$(BUILD)/proto/%.o: $(BUILD)/proto/%.c $(BUILD)/flags
	$(Q)$(COMPILER) $(CPPFLAGS) $(BASE) -w -MMD -MP -c -o $@ $<

# The whole schema in one file, for reflection: taken into the program by .incbin.
$(BUILD)/descriptors.bin: $(PROTOS)
	@mkdir -p $(@D)
	$(Q)protoc -Iproto --include_imports --descriptor_set_out=$@ $(PROTOS)
$(BUILD)/api/descriptors_bin.o: $(BUILD)/descriptors.bin
$(BUILD)/api/descriptors_bin.o: CFLAGS += -Wa,-I$(BUILD)

$(BUILD)/%.o: %.c $(BUILD)/flags | $(PROTO_C)
	@mkdir -p $(@D)
	$(Q)$(COMPILER) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<

$(BUILD)/libcivil.a: $(LIB_O) $(BUILD)/sources
	@rm -f $@
	$(Q)ar rcs $@ $(LIB_O)

LINK    = $(Q)$(COMPILER) $(LDFLAGS) -o $@ $(filter %.o,$^) $(filter %.a,$^)

# Each program: its name and the object that holds its main().
define program
$(BUILD)/$1: $(BUILD)/$2.o
PROGRAMS += $(BUILD)/$1
endef
program_name = $(subst _,-,$(notdir $(patsubst %/main,%,$(basename $1))))
$(foreach main,$(MAINS),$(eval $(call program,$(call program_name,$(main)),$(basename $(main)))))

all: $(BUILD)/libcivil.a $(PROGRAMS)

LIBS := $(LIBS_API) $(LIBS_LEDGER)
# The offline verifier must run where neither gRPC nor RocksDB is installed.
$(BUILD)/civil-verify: LIBS := $(LIBS_VERIFY)

# The pattern keeps a list given by hand from naming, and so replacing, a file elsewhere.
$(PROGRAMS): $(BUILD)/%: $(BUILD)/libcivil.a $(BUILD)/flags
	$(LINK) $(LIBS)

$(UNIT) $(SUITES): $(BUILD)/%: $(BUILD)/%.o $(SUPPORT_O) $(BUILD)/libcivil.a $(BUILD)/flags
	$(LINK) $(LIBS_TEST) $(LIBS)

# The next release, as far as formats tell: what knows ledger/format.h is compiled once more.
RAISED_C := $(shell grep -ls '"ledger/format.h"' ledger/*.c node/*.c)
RAISED_O := $(RAISED_C:%.c=$(BUILD)/raised/%.o)
RAISED   := $(BUILD)/civild-raised $(BUILD)/civilctl-raised
$(BUILD)/raised/%.o: %.c $(BUILD)/flags | $(PROTO_C)
	@mkdir -p $(@D)
	$(Q)$(COMPILER) $(CPPFLAGS) $(CFLAGS) -DFORMAT_RAISED -MMD -MP -c -o $@ $<
$(BUILD)/civild-raised: $(RAISED_O) $(patsubst %.c,$(BUILD)/raised/%.o,$(wildcard tools/civild/*.c))
$(BUILD)/civilctl-raised: $(RAISED_O) $(BUILD)/tools/civilctl/main.o
$(RAISED): $(BUILD)/%: $(BUILD)/libcivil.a $(BUILD)/flags
	$(LINK) $(LIBS)

$(FUZZERS): $(BUILD)/%: $(BUILD)/%.o $(SUPPORT_O) $(BUILD)/libcivil.a $(BUILD)/flags
	$(LINK) -fsanitize=fuzzer $(LIBS_TEST) $(LIBS)

demo: ## start a node and register a small country on it
	$(Q)tools/setup build
	$(Q)$(MAKE) --no-print-directory all
	$(Q)tools/demo

demo-cluster: ## three data centres and a province: one killed, one cut off, nothing lost
	$(Q)tools/setup cluster
	$(Q)$(MAKE) --no-print-directory all
	$(Q)tools/demo-cluster

unit: $(UNIT) ## build and run the unit tests; TEST=chain for one, MODE=asan for another build
	$(Q)tests/run unit $(BUILD) $(if $(TEST),$(BUILD)/tests/unit/test_$(TEST),$(UNIT))

check: ## install what is missing, build, lint and test everything
	$(Q)tools/setup check
	$(Q)CC="$(CC)" tests/run check

asan: ## the unit tests under address and undefined-behaviour sanitizers
	$(Q)$(MAKE) --no-print-directory unit MODE=asan

tsan: ## the unit tests under the thread sanitizer
	$(Q)$(MAKE) --no-print-directory unit MODE=tsan

cover: ## which lines the unit tests reach
	$(Q)$(MAKE) --no-print-directory unit MODE=cover
	$(Q)tools/cover

soak: ## every suite in its long form, both sanitizers, long fuzzing
	$(Q)tools/setup check
	$(Q)CC="$(CC)" tests/run soak

fuzz: ## every fuzz target for FUZZ_SECONDS each (60)
	$(Q)$(MAKE) --no-print-directory test-programs MODE=fuzz
	$(Q)FUZZ_SECONDS=$(or $(FUZZ_SECONDS),60) tests/fuzz/run

simulate: ## SEEDS simulated worlds (2000), and whether planted bugs are found in them
	$(Q)$(MAKE) --no-print-directory build/check/tests/simulate/simulate MODE=check
	$(Q)$(MAKE) --no-print-directory build/planted/tests/simulate/simulate MODE=planted
	$(Q)tests/simulate/run planted

chaos: ## CHAOS_FAULTS faults (1000) on a real cluster under load, then planted bugs
	$(Q)tools/setup check
	$(Q)$(MAKE) --no-print-directory all MODE=check
	$(Q)tests/cluster/run --faults $(or $(CHAOS_FAULTS),1000) --table build/chaos.json
	$(Q)$(MAKE) --no-print-directory simulate

bench: all ## speeds of a node and a cluster against the limits of this machine
	$(Q)tools/setup cluster
	$(Q)$(MAKE) --no-print-directory suites
	$(Q)tests/bench/run

LINT := # make knows a program of this name
lint: ## every analyser; LINT=tidy for one of them
	$(Q)tools/lint $(LINT)

check-layers: ## layers, one door per library, include cycles
	$(Q)tools/tidy.py layers doors cycles

format: ## say which files clang-format would change
	$(Q)tools/lint format

format-fix: ## change them
	$(Q)git ls-files '*.c' '*.h' | xargs clang-format-14 -i

# What the suites run besides the programs.
test-programs: $(if $(filter fuzz,$(MODE)),$(FUZZERS),$(UNIT) $(SUITES) $(RAISED))

# Of these what measures: unit tests are not for the optimiser.
suites: $(SUITES)

# What an analyser needs before it can read our sources.
proto-headers: $(PROTO_C)

DEST  = $(DESTDIR)$(PREFIX)
install: all ## install programs, man pages, completion, gazetteer, units; PREFIX, DESTDIR
	install -d $(DEST)/bin $(DEST)/share/man/man1 $(DEST)/share/bash-completion/completions
	install $(PROGRAMS) $(DEST)/bin
	$(BUILD)/civilctl man > $(DEST)/share/man/man1/civilctl.1
	install -d $(DEST)/share/man/man5 $(DEST)/share/man/man8
	$(BUILD)/civild man 8 > $(DEST)/share/man/man8/civild.8
	$(BUILD)/civild man 5 > $(DEST)/share/man/man5/civild.conf.5
	$(BUILD)/civilctl completion bash > $(DEST)/share/bash-completion/completions/civilctl
	install -Dm644 -t $(DEST)/share/civil-ledger tools/data/gazetteer.tsv
	install -Dm644 -t $(DEST)/share/civil-ledger/units $(wildcard tools/units/*)

clean: ## remove what was built
	rm -rf build

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  \1\t\2/p' Makefile | expand -t 16
	@echo 'MODE is release, clang, check, asan, tsan, cover, planted or fuzz.'
	@echo 'Start with: make demo'

force:
.PHONY: all demo demo-cluster unit check asan tsan cover soak fuzz simulate chaos bench suites lint \
        check-layers format format-fix test-programs proto-headers install clean help force

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)
