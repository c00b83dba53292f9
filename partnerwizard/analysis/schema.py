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
_OWN_VALUES: Final = {
    **_by_id(_by_id(_CELL, "criterion"), "option"),
    "description": "the person's own ratings, only those that differ from the table's",
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
                            },
                            {"organisation": _or_null(_ID), "values": _or_null(_OWN_VALUES)},
                        ),
                        _object(
                            {"id": _ID, "ranks": _by_id({"type": "number", "minimum": 1}, "option")},
                            {"organisation": _or_null(_ID), "values": {"type": "null"}},
                        ),
                    ]
                }
            ),
        },
    ),
}

_RANK: Final = {"type": "integer", "minimum": 1}
_WEIGHT_BY_ID: Final = _by_id(_SHARE, "criterion")
_SHARE_BY_ID: Final = _by_id(_SHARE, "option")
_PAIRS: Final = _by_id(_SHARE_BY_ID, "option")
_POINTS_BY_CRITERION: Final = _by_id(_NUMBER, "criterion")
_LEADERS: Final = _list(_ID, 1)
_VOICE: Final = {"leaders": _LEADERS, "top_choice_split": _SHARE_BY_ID, "pairwise": _PAIRS}
_PART: Final = _object({"criterion": _ID, "points": _NUMBER})
_SETTLEMENT: Final = _object(
    {
        "at": {"anyOf": [_NUMBER, _ID], "description": "a weight, a rating, or the criterion that counts for more"},
        "held_by": _list(_ID),
        "leaders": _LEADERS,
        "top_choice_split": _SHARE_BY_ID,
        "moved": {**_SHARE, "description": "share of the voices whose first choice would be another"},
        "shift": {**_SHARE, "description": "mean change of the group's pairwise shares"},
        "changes_leaders": {"type": "boolean"},
    }
)
_DISAGREEMENT: Final = _object(
    {
        "kind": {"enum": ["weight", "statement", "rating"]},
        "criterion": _ID,
        "other": {**_or_null(_ID), "description": "the second criterion of a statement, the option of a rating"},
        "low": _NUMBER,
        "high": _NUMBER,
        "middle": _or_null(_SETTLEMENT),
        "sides": {"type": "array", "items": _SETTLEMENT, "minItems": 2, "maxItems": 2},
    }
)

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
            "contributions": {
                **_by_id(_POINTS_BY_CRITERION, "option"),
                "description": "w·v at central weights and likely ratings; they add up to the likely value",
            },
            "reasons": _list(
                _object(
                    {
                        "option": _ID,
                        "beside": _ID,
                        "points": _NUMBER,
                        "for": _list(_PART),
                        "against": _list(_PART),
                    }
                )
            ),
            "sensitivities": _list(
                _object(
                    {
                        "what": {"enum": ["equal-weights", "without"]},
                        "criterion": _or_null(_ID),
                        "first": _LEADERS,
                        "same": {"type": "boolean"},
                    }
                )
            ),
            "enough": {
                **_or_null(
                    _object(
                        {
                            "option": _ID,
                            "meaning": {"enum": ["throughout", "at-likely-ratings", "at-central-weights"]},
                            "answers": _list({"type": "string"}),
                            "of": {"type": "integer", "minimum": 0},
                            "fewest": {"type": "boolean"},
                        }
                    )
                ),
                "description": "the fewest answers about the weights that keep the first option first",
            },
            "equivalent_changes": _list(
                _object({"lost": _ID, "gained": _ID, "points": _NUMBER}, {"low": _NUMBER, "high": _or_null(_NUMBER)})
            ),
            "group": _or_null(
                _object(
                    {
                        "samples": {"type": "integer", "minimum": 1},
                        "standard_error": _NUMBER,
                        "participants": _by_id(
                            _object(
                                {
                                    "values": _or_null(_by_id(_NUMBER, "option")),
                                    "ranks": _by_id(_RANK, "option"),
                                    "weights": _or_null(_WEIGHT_BY_ID),
                                    "organisation": _or_null(_ID),
                                    "first_choice": _SHARE_BY_ID,
                                    "pairwise": _PAIRS,
                                }
                            ),
                            "participant",
                        ),
                        "rank_sums": _by_id(_NUMBER, "option"),
                        "top_choice_split": _SHARE_BY_ID,
                        "kendall_w": _or_null(_SHARE),
                        "agreement": _list(
                            _object(
                                {
                                    "participants": _list(_ID, 2),
                                    "tau_b": _or_null({"type": "number", "minimum": -1, "maximum": 1}),
                                    "same_first_choice": {"type": "boolean"},
                                    "distance": _SHARE,
                                }
                            )
                        ),
                        "one_voice_each": _object(_VOICE),
                        "one_voice_per_organisation": _or_null(_object(_VOICE)),
                        "clusters": _list(
                            _object(
                                {
                                    "participants": _list(_ID, 1),
                                    "largest_distance": _SHARE,
                                    "weights": _or_null(_WEIGHT_BY_ID),
                                    **_VOICE,
                                }
                            ),
                            1,
                        ),
                        "agenda": _or_null(_list(_DISAGREEMENT)),
                    }
                )
            ),
        }
    ),
}
