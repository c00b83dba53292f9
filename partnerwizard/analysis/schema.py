"""The JSON Schemas of the decision table and of its answer (draft 2020-12), for other programs.

What a schema cannot say (ids that must match, missing cells, contradictions) `table_from` says.
"""

from __future__ import annotations

from typing import Any, Final

from partnerwizard.analysis import document, table

_DRAFT: Final = "https://json-schema.org/draft/2020-12/schema"
_ID: Final = {"type": "string", "minLength": 1}
_NUMBER: Final = {"type": "number"}
_SHARE: Final = {"type": "number", "minimum": 0, "maximum": 1}


def _object(required: dict[str, Any], optional: dict[str, Any] | None = None) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {**required, **(optional or {})},
        "required": list(required),
        "additionalProperties": False,
    }


def _by_id(value: dict[str, Any], key: str) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": value, "description": f"by {key} id"}


def _list(items: dict[str, Any], least: int = 0) -> dict[str, Any]:
    return {"type": "array", "items": items, **({"minItems": least} if least else {})}


def _or_null(value: dict[str, Any]) -> dict[str, Any]:
    return {"anyOf": [value, {"type": "null"}]}


def _range(most: float | None) -> dict[str, Any]:
    number = {"type": "number", "minimum": 0, **({} if most is None else {"maximum": most})}
    return {"anyOf": [number, {"type": "array", "items": number, "minItems": 1, "maxItems": 2}]}


_CELL_NUMBER: Final = {"type": "number", "minimum": 0, "maximum": 100}
_CELL: Final = {
    "anyOf": [_CELL_NUMBER, {"type": "array", "items": _CELL_NUMBER, "minItems": 1, "maxItems": 3}],
    "description": "a number, [low, high] or [low, likely, high] on a 0-100 value scale",
}
_ORDER: Final = {
    **_list({"anyOf": [_ID, _list(_ID, 1)]}),
    "description": "most important first; a nested list is a tie",
}
_STATEMENTS: Final = {
    "statements": _list(_object({"more": _ID, "less": _ID, "times": {"type": "number", "exclusiveMinimum": 0}}))
}
_WEIGHTS: Final = {
    "oneOf": [
        _object(
            {"kind": {"const": "exact"}, "values": _by_id({"type": "number", "minimum": 0}, "criterion")}, _STATEMENTS
        ),
        _object({"kind": {"const": "ordinal"}, "order": _ORDER}, _STATEMENTS),
        _object(
            {"kind": {"const": "intervals"}, "values": _by_id(_range(1), "criterion")}, {"order": _ORDER, **_STATEMENTS}
        ),
        _object({"kind": {"const": "points"}, "values": _by_id(_range(None), "criterion")}, _STATEMENTS),
        _object({"kind": {"const": "none"}}, _STATEMENTS),
    ]
}

TABLE: Final[dict[str, Any]] = {
    "$schema": _DRAFT,
    "title": table.FORMAT,
    **_object(
        {
            "format": {"const": table.FORMAT},
            "criteria": _list(_object({"id": _ID, "direction": {"enum": ["max", "min"]}}), 1),
            "options": _list(_ID, 1),
            "values": _by_id(_by_id(_CELL, "criterion"), "option"),
            "weights": _WEIGHTS,
        },
        {
            "draw_with": _by_id(_ID, "option"),
            "participants": _list(
                {
                    "oneOf": [
                        _object(
                            {
                                "id": _ID,
                                "weights": {"anyOf": [_WEIGHTS, _by_id({"type": "number", "minimum": 0}, "criterion")]},
                            }
                        ),
                        _object({"id": _ID, "ranks": _by_id({"type": "number", "minimum": 1}, "option")}),
                    ]
                }
            ),
        },
    ),
}

_RANK: Final = {"type": "integer", "minimum": 1}
_WEIGHT_BY_ID: Final = _by_id(_SHARE, "criterion")

ANALYSIS: Final[dict[str, Any]] = {
    "$schema": _DRAFT,
    "title": document.FORMAT,
    **_object(
        {
            "format": {"const": document.FORMAT},
            "samples": {"type": "integer", "minimum": 1},
            "seed": {"type": "integer", "minimum": 0},
            "central_weights": _WEIGHT_BY_ID,
            "values": _by_id(_object({"low": _NUMBER, "likely": _NUMBER, "high": _NUMBER}), "option"),
            "ranks": _by_id(_RANK, "option"),
            "rank_shares": _by_id(_list(_SHARE, 1), "option"),
            "weights_when_first": _by_id(_or_null(_WEIGHT_BY_ID), "option"),
            "confidence": _by_id(_or_null(_SHARE), "option"),
            "pairwise": _by_id(_by_id(_SHARE, "option"), "option"),
            "standard_error": _NUMBER,
            "necessary": _list({"type": "array", "items": _ID, "minItems": 2, "maxItems": 2}),
            "possibly_best": _list(_ID),
            "necessarily_best": _list(_ID),
            "tipping": _list(
                _object(
                    {
                        "criterion": _ID,
                        "weight": _SHARE,
                        "stable_from": _SHARE,
                        "stable_to": _SHARE,
                        "below": _list(_ID),
                        "above": _list(_ID),
                    }
                )
            ),
            "smallest_weight_change": _or_null(_object({"distance": _NUMBER, "winner": _ID, "weights": _WEIGHT_BY_ID})),
            "smallest_rating_changes": _list(
                _object({"option": _ID, "criterion": _ID, "from": _CELL_NUMBER, "to": _CELL_NUMBER, "winner": _ID})
            ),
            "group": _or_null(
                _object(
                    {
                        "participants": _by_id(
                            _object({"values": _or_null(_by_id(_NUMBER, "option")), "ranks": _by_id(_RANK, "option")}),
                            "participant",
                        ),
                        "rank_sums": _by_id(_NUMBER, "option"),
                        "top_choice_split": _by_id(_SHARE, "option"),
                        "kendall_w": _or_null(_SHARE),
                    }
                )
            ),
        }
    ),
}
