"""Sheets of what stands beside the scores and never enters them: the partners' readiness and decided cases."""

from __future__ import annotations

from partnerwizard.report.blocks import Report, Table
from partnerwizard.report.chapters.precedents import near
from partnerwizard.report.excel.sheets import Field, Numbers, Sheet, words_of
from partnerwizard.report.view import View, told
from partnerwizard.report.words import READINESS, STEP, SURENESS, sentence


def route(view: View) -> Sheet:
    """The advised steps: now, with it, next and fallback."""
    fields = (Field("Step", 14, "strong"), Field("Form", 34), Field("In words", 100), Field("Form id", 30, "key"))
    rows = tuple(
        (STEP[each.step], view.form_name(each.form), sentence(each.sentence), each.form)
        for each in view.appraisal.route
    )
    return Sheet("Route", "What to do now, what goes with it, what it can lead to, and the fallback.", fields, rows)


def what_ifs(report: Report) -> Sheet:
    """The case and its saved what-ifs side by side, as the paper has them."""
    tables = (
        block
        for chapter in report.chapters
        if chapter.heading.anchor == "scenarios"
        for block in chapter.blocks
        if isinstance(block, Table)
    )
    rows = tuple(tuple(map(words_of, row)) for table in tables for row in table.rows)
    fields = (
        Field("What if", 34, "strong"),
        Field("What differs", 70),
        Field("Verdict", 20),
        Field("Options named", 50),
    )
    return Sheet("What if", "The case and its saved what-ifs, each worked out on the same day.", fields, rows)


def readiness(view: View, numbers: Numbers) -> Sheet:
    """Every ingredient of success with every partner."""
    fields = (
        Field("Partner", 36, "strong"),
        Field("Ingredient", 34),
        Field("State", 18),
        Field("The named form leans on it", 14),
        Field("How to put it in place", 80),
        Field("Sources", 12),
    )
    known = {each.id: each for each in view.pack.ingredients}
    rows = tuple(
        (
            view.partner_name(each.partner),
            ingredient.name,
            READINESS[each.state],
            "Yes" if each.leaned_on else "No",
            sentence(ingredient.builds),
            numbers.cited(ingredient.sources),
        )
        for each in view.appraisal.readiness
        if (ingredient := known.get(each.ingredient)) is not None
    )
    return Sheet(
        "Readiness", "What makes any form work. It adds nothing to a score, and there is no total.", fields, rows
    )


def precedents(view: View, numbers: Numbers) -> Sheet:
    """The nearest decided cases."""
    fields = (
        Field("Case", 36, "strong"),
        Field("Years", 12),
        Field("Form", 24),
        Field("Chosen", 44),
        Field("What happened", 50),
        Field("Lesson", 44),
        Field("Why it is near", 40),
        Field("Confidence", 12),
        Field("Sources", 12),
    )
    rows = tuple(
        (
            each.title,
            each.years,
            view.form_name(each.form),
            sentence(each.chosen),
            sentence(each.outcome),
            sentence(each.lesson),
            sentence(told(why)),
            SURENESS[each.confidence],
            numbers.cited(each.sources),
        )
        for each, why in near(view)
    )
    return Sheet(
        "Precedents", "The nearest decided cases. They illustrate and challenge; they moved no figure.", fields, rows
    )
