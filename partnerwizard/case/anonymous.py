"""A case without names, to show to others: the advice stays the same, people and organisations are told by letters.

Words that somebody typed may still give them away, so the copy should be read through before it is sent. What is only
about people, or for the trust's own eyes, is left out: notes, front sheet, look, workshop.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from string import ascii_uppercase
from typing import Any

from partnerwizard.case.model import Case, Decision, Lifted, Partner, RedLine, Scenario

TRUST = "The trust"
OWNER = "One of those asked"
MANY = 26


def without_names(case: Case) -> Case:
    """The case with the trust, its partners and persons told by letters, in ids and in typed words alike."""
    ids = {partner.id: f"partner-{_letter(number).lower()}" for number, partner in enumerate(case.partners)}
    names = {
        **{partner.name: f"Partner {_letter(number)}" for number, partner in enumerate(case.partners)},
        case.organisation: TRUST,
    }
    names |= {line.owner: OWNER for line in case.red_lines}
    if case.decision is not None:
        names[case.decision.decided_by] = "The board"
    plain = _replacer(names)
    option = _option_renamer(ids)
    groupings = {grouping.id: f"grouping-{_letter(number).lower()}" for number, grouping in enumerate(case.groupings)}

    def lines(given: tuple[RedLine, ...]) -> tuple[RedLine, ...]:
        return tuple(line.model_copy(update={"text": plain(line.text), "owner": OWNER}) for line in given)

    def lifted(given: tuple[Lifted, ...]) -> tuple[Lifted, ...]:
        return tuple(
            each.model_copy(update={"option": option(each.option), "reason": plain(each.reason)}) for each in given
        )

    def reasoned(given: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(each.model_copy(update={"reason": plain(each.reason)}) for each in given)

    def answers(given: Mapping[str, Any]) -> dict[str, Any]:
        return {
            question: answer.model_copy(update={"value": plain(answer.value)})
            if answer is not None and isinstance(answer.value, str)
            else answer
            for question, answer in given.items()
        }

    def scenario(number: int, each: Scenario) -> Scenario:
        return each.model_copy(
            update={
                "id": f"scenario-{number}",
                "name": plain(each.name),
                "answers": answers(each.answers),
                "partner_answers": {ids.get(who, who): answers(given) for who, given in each.partner_answers.items()},
                "red_lines": None if each.red_lines is None else lines(each.red_lines),
                "lifted": None if each.lifted is None else lifted(each.lifted),
                "overrides": None if each.overrides is None else reasoned(each.overrides),
            }
        )

    def partner(each: Partner) -> Partner:
        return each.model_copy(update={"id": ids[each.id], "name": names[each.name], "answers": answers(each.answers)})

    decision: Decision | None = None
    if case.decision is not None:
        given = case.decision
        decision = given.model_copy(
            update={
                "option": None if given.option is None else option(given.option),
                "decided_by": "The board",
                **{name: plain(getattr(given, name)) for name in ("text", "reasons", "minority_view")},
            }
        )
    return Case(
        **{
            **{name: getattr(case, name) for name in Case.model_fields},
            "title": plain(case.title),
            "organisation": TRUST if case.organisation else "",
            "problem": plain(case.problem),
            "answers": answers(case.answers),
            "partners": tuple(map(partner, case.partners)),
            "groupings": tuple(
                each.model_copy(
                    update={"id": groupings[each.id], "partners": tuple(ids[member] for member in each.partners)}
                )
                for each in case.groupings
            ),
            "red_lines": lines(case.red_lines),
            "lifted": lifted(case.lifted),
            "overrides": reasoned(case.overrides),
            "local_options": tuple(
                each.model_copy(
                    update={
                        "name": plain(each.name),
                        "text": plain(each.text),
                        "ratings": {
                            criterion: rating.model_copy(update={"reason": plain(rating.reason)})
                            for criterion, rating in each.ratings.items()
                        },
                    }
                )
                for each in case.local_options
            ),
            "scenarios": tuple(scenario(number, each) for number, each in enumerate(case.scenarios, 1)),
            "hunch": None if case.hunch is None else case.hunch.model_copy(update={"text": plain(case.hunch.text)}),
            "decision": decision,
            "notes": "",
            "front": None,
            "look": None,
            "advised": None,
            "workshop": None,
        }
    )


def _letter(number: int) -> str:
    """A, B … Z, AA, AB …"""
    before, last = divmod(number, MANY)
    return (_letter(before - 1) if before else "") + ascii_uppercase[last]


def _replacer(names: Mapping[str, str]) -> Callable[[str], str]:
    """Puts the new words in the place of names, however they are written in small and capital letters."""
    known = {name.strip().casefold(): new for name, new in names.items() if name.strip()}
    if not known:
        return lambda text: text
    pattern = re.compile("|".join(re.escape(name) for name in sorted(known, key=len, reverse=True)), re.IGNORECASE)
    return lambda text: pattern.sub(lambda found: known.get(found[0].casefold(), TRUST), text)


def _option_renamer(ids: Mapping[str, str]) -> Callable[[str], str]:
    """An option's id with its partners' new ids: form, partners joined by +, direction."""
    return lambda option: ":".join(
        "+".join(ids.get(each, each) for each in part.split("+")) for part in option.split(":")
    )
