# Everything that a person, CI or Netlify does with this repository.
# `make` alone prints the list.

HUGO     := .bin/hugo
EXTRACT  := .bin/extract
PACK     := .bin/pack

# On Linux the race detector needs a C compiler. A reader may lack one; CI
# may not.
CC_FOUND := $(shell command -v $$(go env CC) 2>/dev/null)
RACE     := $(if $(CC_FOUND),-race)

# What a machine may lack, each with what is not proved without it. On Debian
# one command brings all.
has = $(shell { $(1); } >/dev/null 2>&1 && echo yes)
UNPROVED = $(if $(CC_FOUND),,"no C compiler: the race detector") \
	$(if $(call has,python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))'),,"no Python 3.11: the asyncio originals") \
	$(if $(call has,python3 -c 'import aiohttp' || /usr/bin/python3 -c 'import aiohttp'),,"no aiohttp: its originals") \
	$(if $(call has,node --version),,"no Node.js: js/wasm and the search") \
	$(if $(call has,ls site/node_modules/axe-core),,"no npm packages: the rules of HTML and accessibility") \
	$(if $(call has,command -v chromium || command -v chromium-browser || command -v google-chrome),,"no Chromium: the site in a browser")

CHAPTERS        := $(addprefix ./,$(sort $(dir $(wildcard examples/*/*.go))))
SOURCES         := $(shell find content examples testdata/scripts -type f)
EXTRACT_SOURCES := $(shell find tools internal -name '*.go' -o -name '*.py' -o -name check.sh)

# Pages show when they last changed, where git knows: a tarball has no dates,
# and a shallow clone would give all pages that of its one commit.
export HUGO_ENABLEGITINFO := $(if $(filter false,$(shell git rev-parse --is-shallow-repository 2>/dev/null)),true,false)

# A host that does not know its repository leaves the one of hugo.toml. Another
# knows how it was cloned: git@github.com:a/b.git, or with a password inside.
ifeq ($(HUGO_PARAMS_REPOSITORY),)
unexport HUGO_PARAMS_REPOSITORY
else
override HUGO_PARAMS_REPOSITORY := $(shell echo '$(HUGO_PARAMS_REPOSITORY)' | sed -E \
	-e 's!^(ssh|git)://([^@/]*@)?([^:/]+)(:[0-9]+)?/!https://\3/!' -e 's!^(https?://)[^@/]*@!\1!' \
	-e 's!^[^@/:]+@([^:/]+):!https://\1/!' -e 's!/$$!!' -e 's!\.git$$!!')
export HUGO_PARAMS_REPOSITORY
endif

# The site says what it was built from, where git knows.
export HUGO_PARAMS_COMMIT ?= $(shell git rev-parse HEAD 2>/dev/null)

.PHONY: help serve site machines test packages lint cover check sync bench flake orders axe mutants clean

help: ## print this list
	@sed -n 's/^\([a-z]*\):.*## /\1	/p' $(MAKEFILE_LIST) | expand -t 10

# Hugo watches the pages. Beside it, a loop makes again what is made of them and
# of the code. It prints a message when it differs from the one before.
serve: $(HUGO) machines ## build the site, serve it, reload on changes
	@{ while sleep 2; do \
		now=$$($(MAKE) --no-print-directory -s machines 2>&1); \
		test "$$now" = "$$said" || { said=$$now; test -z "$$now" || echo "$$now" >&2; }; \
	done; } & trap "kill $$!" EXIT; $(HUGO) server --source site

site: $(HUGO) machines ## build the site to site/public (HUGO_BASEURL says for where)
	@$(HUGO) --source site --cleanDestinationDir --minify --panicOnWarning --quiet
	@$(PACK) site/public "$$HUGO_BASEURL"
	@echo "built site/public"

# The Markdown of each page, llms.txt and the agent skill, for the same address.
machines: $(PACK) .bin/programs
	@$(PACK) -machines . "$$HUGO_BASEURL"

# What has no goroutines of ours, the lessons, the built site and what is made
# of its pages, runs beside the rest, and without the race detector, which would
# only slow it down: lexers take five times as long under it.
test: lint check site cover packages ## run everything that proves the project
	go test -timeout 30m ./examples ./site ./tools/pack & plain=$$!; \
	go test $(RACE) -timeout 30m ./internal/... $(filter-out ./tools/pack/,$(wildcard ./tools/*/)); raced=$$?; \
	wait $$plain && exit $$raced
	@set -- $(UNPROVED); test $$# = 0 || { printf 'not proved here: %s\n' "$$@"; \
		echo "on Debian: sudo apt-get install $$(tr '\n' ' ' < .ci/tools)"; test -z "$$REQUIRE_TOOLS"; }

packages: # what npm can install by itself, for the tests of the site
	@if command -v npm >/dev/null && [ ! site/node_modules -nt site/package-lock.json ]; then \
		npm ci --prefix site --no-audit --no-fund --silent && touch site/node_modules; fi

lint: ## gofmt, go vet, staticcheck
	@unformatted=$$(gofmt -l examples internal tools site); \
	test -z "$$unformatted" || { echo "not gofmt-ed: $$unformatted"; exit 1; }
	go vet ./...
	go tool staticcheck ./...

cover: ## the tests of the chapters: at least 95 % of the statements of each
	@go test $(RACE) -cover -timeout 30m $(CHAPTERS) | awk '{ print } /FAIL/ { bad = 1 } \
	match($$0, /coverage: [0-9.]+/) && substr($$0, RSTART+10, RLENGTH-10)+0 < 95 { \
		print $$2 ": coverage is below 95 %; test what is not covered"; bad = 1 } \
	END { exit bad }'

check: $(EXTRACT) ## print where pages and code differ
	@$(EXTRACT)

sync: $(EXTRACT) ## copy the code into the pages (UPDATE_SCRIPTS=1: what the tools print into the scripts first)
	@test -z "$$UPDATE_SCRIPTS" || go test -count=1 -run '^TestLessons$$' ./examples
	@$(EXTRACT) -w

bench: ## compare the extractor with embedmd
	go test -run '^$$' -bench . ./tools/extract

flake: ## under load: 50 rounds of the tests, 10 of the lessons, and 40 of the Examples with hardly any processor
	@for loop in 1 2 3 4; do while :; do :; done & busy="$$busy $$!"; done; \
	trap 'kill $$busy' EXIT; \
	go run ./tools/orders -seeds 20 || exit; \
	go test $(RACE) -count=50 -timeout 3h $(CHAPTERS) || exit; \
	go test $(RACE) -count=10 -timeout 3h ./examples || exit; \
	go test $(RACE) -c -o .bin/flake/ $(CHAPTERS) || exit; \
	for round in $$(seq 40); do \
		echo $(CHAPTERS) | nice -n 19 xargs -n 1 -P 4 sh -c \
			'cd $$0 && $(CURDIR)/.bin/flake/$$(basename $$0).test -test.run Example' || exit; \
	done # -count does not repeat Examples

orders: ## every Example under 1000 orders of goroutines, select, timers and maps
	@go run ./tools/orders

axe: packages ## accessibility in every width, scheme and medium (20 minutes)
	EVERY_VIEW=1 go test -count=1 -timeout 2h -run '^TestEveryView$$' ./site

mutants: ## small faults in the taught code: the tests notice 98 % (CHANGED=rev: of what changed since)
	@go build -o .bin/mutants ./tools/mutants
	@.bin/mutants $(RACE) -equivalent testdata/equivalent.txt $(if $(CHANGED),-changed '$(CHANGED)')

clean: ## remove what was built
	rm -rf .bin site/public site/resources

$(HUGO): go.mod
	@echo "building Hugo from source (about a minute, the first time only) ..."
	@go build -o $@ github.com/gohugoio/hugo
	@touch $@

# Recordings are keyed by the executable that made them, so it must not hold the
# commit: each commit would record all again.
$(EXTRACT) $(PACK): go.mod $(EXTRACT_SOURCES)
	@go build -buildvcs=false -o $@ ./tools/$(@F)
	@touch $@

# The whole program of each Example, for "Copy program", and where each block
# comes from. The file .bin/programs only says when they were made.
.bin/programs: $(EXTRACT) $(SOURCES)
	@$(EXTRACT) -programs .bin/site/programs
	@touch $@
