"""From pack and case to an appraisal: a pure function of both, the day, the seed and the number of draws."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np

from partnerwizard.appraisal import duties, explain, find_out, gates, precedents, readiness, route, sensitivity
from partnerwizard.appraisal.assess import Assessed, Assessment, contestants
from partnerwizard.appraisal.deciding import (
    decide,
    draw,
    draw_weights,
    in_the_contest,
    reach_verdict,
    scored_and_valued,
)
from partnerwizard.appraisal.local import local_option
from partnerwizard.appraisal.model import (
    Appraisal,
    CaseName,
    Interval,
    MoneyRange,
    OnEvidenceAlone,
    OptionResult,
    PackName,
    Reference,
    RestsOn,
    WeightRange,
)
from partnerwizard.case.model import Case
from partnerwizard.decision.arrays import FloatArray
from partnerwizard.decision.contributions import contributions
from partnerwizard.decision.regions import Region
from partnerwizard.decision.robustness import extremes, necessarily_best, possibly_best
from partnerwizard.pack.model import Ground, Pack

AUTHORITY = "authority"
NOT_EVIDENCE: tuple[Ground, ...] = ("judgement", "unknown")


def appraise(pack: Pack, case: Case, *, as_of: date, samples: int, seed: int, file: str | None = None) -> Appraisal:
    """Appraises a case under a pack on a day. The same arguments give the same appraisal.

    `file`: the case file's name as it is to be shown. The case must fit the pack (`partnerwizard.appraisal.fit`).
    """
    assessment = Assessment(pack, case, as_of)
    pack = assessment.pack
    weights = draw_weights(assessment, samples, seed)
    region = assessment.weights.region()
    scored, valued = scored_and_valued(assessment)
    value = {each.option.id: assessment.likely_value(each) for each in valued}
    drawn = draw(assessment, valued, len(scored), weights, seed)
    entered = contestants(pack, assessment.assessed, value)
    results, reference = _options(assessment, scored, valued, value, region, drawn.ranks)
    verdict = reach_verdict(assessment, entered, valued, value, drawn, weights)
    forms = in_the_contest(entered, verdict, drawn)
    leader = next((each for each in entered if each.option.id == verdict.leader), None)
    recommended = [each for each in entered if each.option.id in verdict.options]
    steps = route.route(assessment, verdict, entered, drawn.common)
    tried = find_out.trials(assessment)
    axes = np.eye(len(pack.criteria))
    low, high = 0.0 - region.most(-axes), region.most(axes)
    return Appraisal(
        case=CaseName(title=case.title, file=file),
        pack=PackName(
            id=pack.head.id, version=pack.head.version, checked=pack.head.checked, content_hash=pack.content_hash
        ),
        as_of=as_of,
        samples=samples,
        seed=seed,
        standard_error=0.5 / samples**0.5,
        verdict=verdict,
        forms=forms,
        options=results,
        reference=reference,
        weights={
            criterion.id: WeightRange(low=float(low[n]), central=float(assessment.central[n]), high=float(high[n]))
            for n, criterion in enumerate(pack.criteria)
            if assessment.central[n] > 0
        },
        tipping=sensitivity.tipping(assessment, entered),
        sensitivities=sensitivity.plain_tests(assessment, entered),
        smallest_changes=(
            *sensitivity.smallest_changes(assessment, entered, value),
            *find_out.fact_changes(assessment, tried),
        ),
        rests_on=_rests_on(assessment, leader, entered, value),
        on_evidence_alone=_on_evidence_alone(assessment, entered, valued, weights, seed),
        find_out=find_out.find_out(tried),
        route=steps,
        readiness=readiness.readiness(assessment, leader),
        duties=duties.duties(assessment, recommended),
        precedents=precedents.nearest(pack, case),
        cautions=explain.cautions(assessment, verdict, recommended, entered, value),
        overdue=_overdue(pack, as_of),
    )


def _options(
    assessment: Assessment,
    scored: Sequence[Assessed],
    valued: Sequence[Assessed],
    value: Mapping[str, float],
    region: Region,
    ranks: FloatArray,
) -> tuple[tuple[OptionResult, ...], Reference]:
    """The result of every option, and of carrying on as the reference."""
    pack, central = assessment.pack, assessment.central
    table = assessment.table(valued)
    lows, highs = extremes(table, region)
    intervals = {
        each.option.id: Interval(low=float(lows[n]), likely=value[each.option.id], high=float(highs[n]))
        for n, each in enumerate(valued)
    }
    if scored:
        among = assessment.table(scored)
        necessary, possible = necessarily_best(among, region), possibly_best(among, region)
    reference_ratings = table.likely[list(valued).index(assessment.reference)]
    reference_value = value[assessment.reference.option.id]
    aims = np.array([criterion.branch == "aims" for criterion in pack.criteria])
    aims_weight = float(central[aims].sum())
    # A swing of nothing leaves the terms without weight; within the branch they still have their proportions.
    terms_shares = central[~aims] / (1 - aims_weight) if aims_weight < 1 else np.full((~aims).sum(), 1 / (~aims).sum())
    results: list[OptionResult] = []
    for each in assessment.assessed:
        option = each.option
        money = option.form.money
        cells = assessment.rater.cells(assessment.judge, option)
        shared = OptionResult(
            id=option.id,
            form=option.form.id,
            name=option.name,
            local=local_option(assessment.case, option.form.id) is not None,
            partner=option.partner,
            partners=option.partners,
            direction=option.direction,
            status=each.status,
            gates=tuple(gates.in_words(assessment.judge, option, standing) for standing in each.standings),
            causes_touched=gates.causes_touched(assessment.judge, option),
            authority_need=each.authority_need,
            authority_shortfall=each.shortfall,
            money=None if money.low is None or money.high is None else MoneyRange(low=money.low, high=money.high),
        )
        if each not in scored:
            results.append(shared)
            continue
        n = scored.index(each)
        ratings = among.likely[n]
        own = value[option.id]
        parts, remainder = contributions(ratings, reference_ratings, central, own, reference_value)
        cost = float(ratings @ central) - own
        results.append(
            shared.model_copy(
                update={
                    "value": intervals[option.id],
                    "benefit": float(ratings[aims] @ central[aims]) / aims_weight - cost / aims_weight,
                    "terms": float(ratings[~aims] @ terms_shares),
                    "rank": 1 + sum(value[other.option.id] > own + 1e-9 for other in scored),
                    "rank_shares": tuple(float(share) for share in ranks[n]),
                    "necessarily_best": bool(necessary[n]),
                    "possibly_best": bool(possible[n]),
                    "contributions": {
                        **{
                            criterion.id: float(parts[c]) for c, criterion in enumerate(pack.criteria) if central[c] > 0
                        },
                        AUTHORITY: remainder,
                    },
                    "ratings": {c.id: cells[c.id] for c, w in zip(pack.criteria, central, strict=True) if w > 0},
                }
            )
        )
    comparator = explain.comparator(assessment, value)
    return tuple(results), Reference(
        id=assessment.reference.option.id,
        value=intervals[assessment.reference.option.id],
        closed=assessment.closed,
        comparator=comparator,
    )


def _rests_on(
    assessment: Assessment, leader: Assessed | None, entered: Sequence[Assessed], value: Mapping[str, float]
) -> RestsOn | None:
    """Shares by ground of the absolute contributions to the leader's difference from carry-on (or the runner-up)."""
    if leader is None:
        return None
    form, other = leader, assessment.reference
    if leader is assessment.reference:
        rivals = [each for each in entered if each is not leader]
        if not rivals:
            return None
        form = max(rivals, key=lambda each: value[each.option.id])
    by_ground: dict[Ground, float] = dict.fromkeys(("studied", "by-design", "judgement", "unknown"), 0.0)
    weighed = 0.0
    for criterion, weight in zip(assessment.pack.criteria, assessment.central, strict=True):
        part = float(weight) * (form.intervals[criterion.id].likely - other.intervals[criterion.id].likely)
        by_ground[form.grounds[criterion.id]] += abs(part)
        weighed += part
    difference = assessment.likely_value(form) - assessment.likely_value(other)
    by_ground["by-design"] += abs(difference - weighed)
    total = sum(by_ground.values())
    if total < 1e-9:
        return None
    return RestsOn(**{ground.replace("-", "_"): amount / total for ground, amount in by_ground.items()})


def _on_evidence_alone(
    assessment: Assessment, entered: Sequence[Assessed], valued: Sequence[Assessed], weights: FloatArray, seed: int
) -> OnEvidenceAlone:
    """The verdict with judged cells treated exactly as unknown ones; a check, never the firmer answer."""
    pack = assessment.pack
    drawn = draw(assessment, valued, 0, weights, seed, NOT_EVIDENCE)
    table = assessment.table(valued, NOT_EVIDENCE)
    likely = table.values(table.likely, assessment.central)
    value = {each.option.id: float(likely[n]) for n, each in enumerate(valued)}
    again = contestants(pack, valued, value)
    decision = decide(assessment, again, valued, value, drawn)
    set_aside = sum(
        each.grounds[criterion.id] in NOT_EVIDENCE
        for each in entered
        for criterion, weight in zip(pack.criteria, assessment.central, strict=True)
        if weight > 0
    )
    return OnEvidenceAlone(kind=decision.kind, options=decision.options, cells_set_aside=set_aside)


def _overdue(pack: Pack, as_of: date) -> tuple[str, ...]:
    """Gates, duties and sources whose review day is past."""
    gates_due = [gate.id for gate in pack.gates if gate.review_by < as_of]
    duties_due = [duty.id for duty in pack.duties if duty.review_by < as_of]
    sources_due = [source.id for source in pack.sources if source.review_by is not None and source.review_by < as_of]
    return (*gates_due, *duties_due, *sources_due)
