"""Which steps have a part of their own, beside their questions."""

from __future__ import annotations

from ui.pages.names import Names
from ui.pages.partners import Partners
from ui.pages.problem import Causes, ProblemText
from ui.pages.ranks import Aims, Terms
from ui.pages.red_lines import RedLines
from ui.pages.typology import TypologyMap
from ui.session import Session
from ui.widgets.topic import Topic

_TOPICS: dict[str, tuple[type[Topic], ...]] = {
    "problem": (ProblemText, Causes),
    "trust": (Names,),
    "reach": (TypologyMap,),
    "partners": (Partners,),
    "aims": (Aims,),
    "terms": (Terms,),
    "red-lines": (RedLines,),
}


def topics_of(session: Session, step: str) -> tuple[Topic, ...]:
    """The parts of a step, in order; a step of another pack has only its questions."""
    return tuple(topic(session) for topic in _TOPICS.get(step, ()))
