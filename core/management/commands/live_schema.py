"""`manage.py live_schema`: the live updates as a schema, from which the pages' types are generated."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.module_loading import autodiscover_modules
from pydantic.json_schema import models_json_schema

from core.live.publish import REGISTRY


class Command(BaseCommand):
    help = "Write the schema of all live updates (an OpenAPI document with components only)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--file", type=Path, required=True, help="where to write it")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        autodiscover_modules("live")
        updates = [REGISTRY[name] for name in sorted(REGISTRY)]
        _, schema = models_json_schema(
            [(update, "serialization") for update in updates], ref_template="#/components/schemas/{model}"
        )
        schemas = schema.get("$defs", {})
        schemas["Payloads"] = {
            "description": "Each type of update with its payload.",
            "type": "object",
            "properties": {u.type: {"$ref": f"#/components/schemas/{u.__name__}"} for u in updates},
            "required": [update.type for update in updates],
        }
        document = {
            "openapi": "3.1.0",
            "info": {"title": "Yiwang live updates", "version": "1"},
            "paths": {},
            "components": {"schemas": {name: schemas[name] for name in sorted(schemas)}},
        }
        file.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n")
        self.stdout.write(f"{len(updates)} updates written to {file}")
