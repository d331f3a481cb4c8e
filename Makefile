.PHONY: lint format

lint: ## everything that pre-commit checks, on all files
	ruff check .
	ruff format --check .
	mypy
	mypy examples
	lint-imports
	cd labextension && jlpm lint:check

format: ## what can be put right by itself
	ruff check --fix .
	ruff format .
	cd labextension && jlpm lint
