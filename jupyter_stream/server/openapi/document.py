"""Writing the OpenAPI document."""

from __future__ import annotations

import re
from typing import Any

import msgspec

from jupyter_stream.server.openapi.known_parameters import IN_PATH
from jupyter_stream.server.openapi.operation import File, Operation, Parameter
from jupyter_stream.server.openapi.operations import OPERATIONS

API = "/jupyter-stream/api"
TEMPLATE = "#/components/schemas/{name}"
_IN_BRACES = re.compile(r"\{(\w+)\}")
_ERROR = {
    "type": "object",
    "required": ["message", "reason", "remedy"],
    "properties": {
        "message": {"type": "string"},
        "reason": {"type": ["string", "null"]},
        "remedy": {"type": ["string", "null"]},
    },
}


def openapi_document() -> dict[str, Any]:
    """Return the document, as JSON can hold it."""
    schemas, components = _schemas()
    paths = {
        API + path: {one.method: _described(path, one, schemas) for one in operations}
        for path, operations in OPERATIONS.items()
    }
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "jupyter_stream",
            "version": "1",
            "description": "What the sidebar asks the Jupyter server.",
        },
        "paths": paths,
        "components": {"schemas": {**components, "Error": _ERROR}},
    }


def _schemas() -> tuple[dict[Any, Any], dict[str, Any]]:
    """Return the schema of each type that is taken or given, and those that they refer to."""
    types = [
        kind
        for operations in OPERATIONS.values()
        for one in operations
        for kind in (*one.answers, one.body)
        if kind is not None and kind is not File
    ]
    found, components = msgspec.json.schema_components(types, ref_template=TEMPLATE)
    return dict(zip(types, found, strict=True)), components


def _described(path: str, one: Operation, schemas: dict[Any, Any]) -> dict[str, Any]:
    in_path = [IN_PATH[name] for name in _IN_BRACES.findall(path)]
    described: dict[str, Any] = {
        "summary": one.summary,
        "x-action": one.action,
        "parameters": [_parameter(each) for each in (*in_path, *one.parameters)],
        "responses": {
            str(one.status if one.answers else 101): _answer(one, schemas),
            "default": {
                "description": "Why not.",
                "content": _json({"$ref": TEMPLATE.format(name="Error")}),
            },
        },
    }
    if one.body is not None:
        described["requestBody"] = {"required": True, "content": _json(schemas[one.body])}
    if one.messages is not None:
        described["x-messages"] = one.messages
    return described


def _parameter(one: Parameter) -> dict[str, Any]:
    return {
        "name": one.name,
        "in": one.place,
        "required": one.required,
        "description": one.description,
        "schema": one.schema,
    }


def _answer(one: Operation, schemas: dict[Any, Any]) -> dict[str, Any]:
    if not one.answers:
        return {"description": "A WebSocket of JSON messages, each with a type."}
    if one.answers == (File,):
        content: dict[str, Any] = {"application/octet-stream": {"schema": {}}}
        return {"description": "A file.", "content": content}
    schema = _one_of([schemas[kind] for kind in one.answers])
    if one.collected is not None:
        by_name = {"type": "object", "additionalProperties": schema}
        schema = {
            "type": "object",
            "required": [one.collected],
            "properties": {one.collected: by_name},
        }
    return {"description": one.summary, "content": _json(schema)}


def _one_of(schemas: list[dict[str, Any]]) -> dict[str, Any]:
    return schemas[0] if len(schemas) == 1 else {"oneOf": schemas}


def _json(schema: dict[str, Any]) -> dict[str, Any]:
    return {"application/json": {"schema": schema}}
