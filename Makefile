# Everything a person does with this tree. `make help` lists it.

.DEFAULT_GOAL := help

# The first Python on this machine that is new enough.
CANDIDATES := python3 python3.11 python3.12 python3.13 python3.14 python
NEW_ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(or $(shell for p in $(CANDIDATES); do \
	$$p -c '$(NEW_ENOUGH)' >/dev/null 2>&1 && echo $$p && break; done),$(error 需要 Python 3.11 以上版本))
IN := .venv/bin/python
FLASK := $(IN) -m flask --app app

# Where it is set, each process a test starts would compile the whole tree anew.
unexport PYTHONDONTWRITEBYTECODE

# One start, one business date: the example's own, unless told otherwise.
run run-scale seed jobs: export DEMO ?= 1

.PHONY: run run-scale test faults bundle-check lint fix bench migrate rollback seed jobs sbom help setup setup-dev check

run: setup ## 安装、迁移、装入示例数据，在 http://127.0.0.1:8000 启动
	@$(IN) -u -m tools.serve

run-scale: setup-dev ## 在本机按多进程试运行：PostgreSQL、S3，网页和任务各两个进程
	@exec $(IN) -u -m tools.scale

test: check ## 安装，检查代码和模板，运行全部测试
	@$(IN) -m pytest -n 2 --dist loadfile --no-loadscope-reorder --durations=10

faults: setup-dev ## 长时间的故障试验（数小时），最后打印一张表；MOST=50 每项至多五十次
	@$(IN) -m bench.figures.faults $(if $(MOST),--most $(MOST))

bundle-check: setup ## 做一个离线包，在没有网络的命名空间里安装、启动、自检
	@$(IN) -u -m tools.bundle.trial

lint: check ## 只检查代码和模板

fix: setup-dev ## 自动改正格式和能自动改正的问题
	@$(IN) -m ruff check --fix .
	@$(IN) -m ruff format .

bench: setup-dev ## 性能测试：终端上一张比例表，结果写入 bench/results.json
	@$(IN) -m bench

migrate: setup ## 把数据库升级到最新结构，先存一份副本
	@$(FLASK) migrate
	@$(FLASK) ledger backfill
	-@$(FLASK) secrets rotate

rollback: setup ## 退回最近一次升级前的副本
	@$(FLASK) rollback

seed: migrate ## 装入示例城市
	@$(FLASK) seed example

jobs: migrate ## 启动定时任务进程
	@$(FLASK) jobs run

sbom: setup-dev ## 部件清单（CycloneDX）和许可清单，写入 sbom/
	@$(IN) -m tools.sbom

help: ## 列出这些命令
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/'

setup: ## 只安装
	@$(PYTHON) -m tools.setup

setup-dev:
	@$(PYTHON) -m tools.setup --dev

check: setup-dev
	@$(IN) -m ruff check .
	@$(IN) -m ruff format --check .
	@$(IN) -m djlint --quiet --lint templates
	@$(IN) -m mypy --no-error-summary
