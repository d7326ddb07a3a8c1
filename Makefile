# Yiwang's commands. Each sets up what it needs, says what it does, and may be repeated at any time.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 /usr/bin/python3; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
LOCAL = $(or $(PYTHON),python3) -m deploy.local
export FRONT_PORT LISTEN PUBLIC_HOST

.DEFAULT_GOAL := help
.PHONY: help run stop loop simulate algorithms test check format generate lock

help:
	@echo "make run      set up and start everything; Ctrl-C stops it   (FRONT_PORT=8000 LISTEN=127.0.0.1)"
	@echo "make stop     stop a stack that runs elsewhere"
	@echo "make loop     play the main job once: camera to evaluated event   (ARGS=--json)"
	@echo "make simulate SCENARIO=all   play the 22 scenarios (or one: SCENARIO=17); SPEED=60 MINUTES=10 a district at work"
	@echo "make algorithms   try the ten video algorithms on their test clips   (ARGS=fire_lane_blocked for one; ARGS=--write)"
	@echo "make test     set up, then every test   (ARGS='tests/core -k history' for some)"
	@echo "make check    format, lint, types, import contracts, drift"
	@echo "make format   put the code into the agreed format"
	@echo "make generate make the API description and the page types anew"
	@echo "make lock     compute requirements/*.txt anew   (ARGS=--upgrade)"
	@echo "make bench-report | bench-fanout | bench-cameras | bench-board | bench-city | bench-sweep | bench-export | bench-locate | bench-tiles | bench-wall"

run:
	@$(LOCAL) run

stop:
	@$(LOCAL) down

loop:
	@$(LOCAL) loop $(ARGS)

simulate:
	@$(LOCAL) simulate $(if $(SCENARIO),--scenario $(SCENARIO),--city $(if $(SPEED),--speed $(SPEED)) \
		$(if $(MINUTES),--minutes $(MINUTES))) $(ARGS)

algorithms:
	@$(LOCAL) algorithms $(ARGS)

test:
	@$(LOCAL) test $(ARGS)

check:
	@$(LOCAL) check

format:
	@$(LOCAL) format

generate:
	@$(LOCAL) generate

lock:
	@$(LOCAL) lock $(ARGS)

bench-%:
	@$(LOCAL) bench $* $(ARGS)
