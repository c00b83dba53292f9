"""Rounds: nobody can read a vote before the reveal, nothing that is in is lost, and everything is in the record."""

from __future__ import annotations

import json
import re
import stat
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partnerwizard.case.file import case_from, dump_case
from partnerwizard.case.model import Case, Decision
from partnerwizard.case.workshop import Asked, LogEntry, Round, Workshop
from partnerwizard.workshop import rounds
from partnerwizard.workshop.ballot import questions
from partnerwizard.workshop.codes import vote_code
from partnerwizard.workshop.desk import Desk
from partnerwizard.workshop.plan import suggested_plan
from partnerwizard.workshop.problems import Refused
from partnerwizard.workshop.record import check_record, noted, receipt, seal_of
from partnerwizard.workshop.sealing import new_key, recovered
from partnerwizard.workshop.vault import Vault
from tests.support import guidance
from tests.workshop.cases import AT, FORMS, WORKSHOP, desk, later, opened, revealed, two_trusts, vote_of, voted


def last(case: Case) -> Round:
    assert case.workshop is not None
    return case.workshop.rounds[-1]


def workshop_of(case: Case) -> Workshop:
    assert case.workshop is not None
    return case.workshop


def told(case: Case) -> list[str]:
    return [entry.what for entry in workshop_of(case).record]


def test_no_vote_is_readable_before_the_reveal_in_the_case_its_log_or_the_vault(tmp_path: Path) -> None:
    at_desk, case = voted(tmp_path)
    everything = dump_case(case) + b"".join(path.read_bytes() for path in (tmp_path / "vault").glob("*.votes"))
    before = dump_case(two_trusts())
    key = at_desk.vault.key(WORKSHOP, 1)
    assert key.secret not in everything
    assert key.secret.hex().encode() not in everything
    for number in range(1, 13):
        vote = vote_of(guidance(), case, number)
        token = key.token(vote.participant)
        assert token.hex().encode() not in everything
        asked = at_desk.ballot(case, vote.participant)
        if asked.weights_alone:
            code = vote_code(asked, token, vote)
            assert code.encode() not in everything
            assert code.replace("-", "").encode() not in everything
    # What people ranked first, how they set aims against terms and what they rated stand nowhere but in the questions.
    asked_of_all = json.dumps(last(case).questions.model_dump(mode="json"))
    for word in ("fragile-services", "equity-and-travel", "time-to-effect", "diagnosis"):
        assert everything.count(word.encode()) <= before.count(word.encode()) + 2 * asked_of_all.count(word)
    assert b'"swing"' not in everything
    assert b'"swing"' in dump_case(at_desk.reveal(case, later(30)))


def test_the_vault_is_for_its_user_alone(tmp_path: Path) -> None:
    opened(tmp_path)
    assert all(stat.S_IMODE(path.stat().st_mode) == 0o600 for path in (tmp_path / "vault").iterdir())
    assert stat.S_IMODE((tmp_path / "vault").stat().st_mode) == 0o700


def test_sealed_votes_do_not_tell_by_their_length_who_said_much(tmp_path: Path) -> None:
    _, case = voted(tmp_path)
    assert len({len(each.box) for each in last(case).sealed}) == 1


def test_the_reveal_shows_every_vote_as_it_was_given(tmp_path: Path) -> None:
    case = revealed(tmp_path)
    found = last(case)
    assert found.state == "revealed"
    assert found.sealed == ()
    assert [each.vote for each in found.votes] == [vote_of(guidance(), case, n) for n in range(1, 13)]
    assert check_record(workshop_of(case)) == ()
    assert case_from(json.loads(dump_case(case)), "case") == case


def test_a_case_with_votes_does_not_move_the_day_of_the_advice(tmp_path: Path) -> None:
    assert revealed(tmp_path).as_of == two_trusts().as_of == date(2026, 11, 23)


def test_each_receipt_is_in_the_published_list_once(tmp_path: Path) -> None:
    at_desk, case = opened(tmp_path)
    kept = []
    for n in range(1, 6):
        taken = at_desk.take(case, vote_of(guidance(), case, n), "laptop", later(n))
        case = taken.case
        kept.append(taken.receipt)
    case = at_desk.reveal(case, later(20))
    assert sorted(kept) == sorted(receipt(each.commitment) for each in last(case).votes)


def test_the_same_vote_again_changes_nothing_and_another_one_asks_first(tmp_path: Path) -> None:
    at_desk, case = voted(tmp_path, range(1, 3))
    again = at_desk.take(case, vote_of(guidance(), case, 1), "file", later(9))
    assert again.again
    assert again.case is case
    other = vote_of(guidance(), case, 1, {"aims": [["finance"]]})
    with pytest.raises(Refused, match="has voted in this round already"):
        at_desk.take(case, other, "file", later(9))
    replaced = at_desk.take(case, other, "file", later(9), replace=True).case
    shown = at_desk.reveal(replaced, later(10))
    assert last(shown).votes[0].vote == other
    assert len(last(shown).votes) == 2
    assert check_record(workshop_of(shown)) == ()


def test_a_late_vote_is_told_to_wait_and_reopening_is_recorded(tmp_path: Path) -> None:
    at_desk, case = voted(tmp_path, range(1, 4))
    closed = rounds.close_round(case, later(20))
    late = vote_of(guidance(), closed, 4)
    with pytest.raises(Refused, match="is closed, and the vote of P04 came late"):
        at_desk.take(closed, late, "file", later(21))
    again = rounds.reopen_round(closed, 1, later(22))
    assert "round-reopened" in told(again)
    assert "p04" in rounds.standing(workshop_of(at_desk.take(again, late, "file", later(23)).case)).voted


def test_a_vote_after_the_reveal_is_marked_as_given_with_the_results_known(tmp_path: Path) -> None:
    at_desk, case = voted(tmp_path, range(1, 4))
    case = at_desk.reveal(case, later(20))
    with pytest.raises(Refused, match="has been revealed"):
        at_desk.take(case, vote_of(guidance(), case, 4), "file", later(21))
    case = rounds.reopen_round(case, 1, later(22))
    case = at_desk.take(case, vote_of(guidance(), case, 4), "file", later(23)).case
    case = at_desk.reveal(case, later(24))
    assert [each.late for each in last(case).votes] == [False, False, False, True]
    assert "round-reopened-after-reveal" in told(case)
    assert last(case).revealed == later(20)


def test_absent_abstaining_and_withdrawn_are_told_apart(tmp_path: Path) -> None:
    at_desk, case = voted(tmp_path, range(1, 4))
    with pytest.raises(Refused, match="Withdraw the vote first"):
        rounds.mark(case, "p01", "abstains", later(10))
    case = rounds.mark(case, "p01", "withdrawn", later(10))
    case = rounds.mark(case, "p05", "absent", later(10))
    case = rounds.mark(case, "p06", "abstains", later(10))
    found = rounds.standing(workshop_of(case))
    assert found.voted == ("p02", "p03")
    assert found.away == (("p01", "withdrawn"), ("p05", "absent"), ("p06", "abstains"))
    assert "p04" in found.awaited
    assert [each.participant for each in last(at_desk.reveal(case, later(20))).votes] == ["p02", "p03"]


def test_a_vote_withdrawn_after_the_reveal_is_nowhere_in_the_case(tmp_path: Path) -> None:
    at_desk, case = opened(tmp_path)
    rare = vote_of(guidance(), case, 4, {"aims": [["estate"]], "terms": [["reversibility"]], "swing": [115, 185]})
    case = at_desk.take(case, rare, "laptop", later(2)).case
    case = at_desk.take(case, vote_of(guidance(), case, 5), "laptop", later(3)).case
    case = rounds.mark(at_desk.reveal(case, later(4)), "p04", "withdrawn", later(5))
    assert re.search(rb"(?<!\w)(115|185)(?!\w)", dump_case(case)) is None
    assert check_record(workshop_of(case)) == ()


def test_a_crash_in_the_middle_of_a_round_loses_nothing(tmp_path: Path) -> None:
    at_desk, case = opened(tmp_path)
    on_disk = dump_case(case)
    for n in range(1, 6):
        case = at_desk.take(case, vote_of(guidance(), case, n), "laptop", later(n)).case
    # The window ends here without having saved; the journal's last line is cut short as well.
    journal = tmp_path / "vault" / f"{WORKSHOP}.votes"
    journal.write_bytes(journal.read_bytes() + b'\n{"workshop": "01')
    after = desk(tmp_path)
    again = after.restored(case_from(json.loads(on_disk), "case"), later(30))
    assert rounds.standing(workshop_of(again)).voted == ("p01", "p02", "p03", "p04", "p05")
    assert told(again).count("vote-restored") == 5
    again = after.take(again, vote_of(guidance(), again, 6), "laptop", later(31)).case
    lost_again = after.restored(case_from(json.loads(on_disk), "case"), later(32))
    assert len(rounds.standing(workshop_of(lost_again)).voted) == 6
    shown = after.reveal(again, later(33))
    assert [each.vote for each in last(shown).votes] == [vote_of(guidance(), shown, n) for n in range(1, 7)]
    assert check_record(workshop_of(shown)) == ()


def test_a_round_opened_just_before_a_crash_is_put_back(tmp_path: Path) -> None:
    at_desk, case = opened(tmp_path)
    case = at_desk.take(case, vote_of(guidance(), case, 1), "laptop", later(2)).case
    again = desk(tmp_path).restored(two_trusts(), later(9))
    assert last(again).questions == last(case).questions
    assert rounds.standing(workshop_of(again)).voted == ("p01",)


def test_what_was_replaced_or_withdrawn_does_not_come_back(tmp_path: Path) -> None:
    at_desk, case = voted(tmp_path, range(1, 4))
    other = vote_of(guidance(), case, 1, {"aims": [["finance"]]})
    case = at_desk.take(case, other, "file", later(9), replace=True).case
    case = rounds.mark(case, "p02", "withdrawn", later(10))
    assert desk(tmp_path).restored(case, later(11)) == case


def test_without_its_key_a_round_says_what_to_do_and_the_recovery_code_opens_it(tmp_path: Path) -> None:
    at_desk, case = voted(tmp_path, range(1, 4))
    code = at_desk.recovery_code(case)
    elsewhere = Desk(guidance(), Vault(tmp_path / "other laptop"))
    assert not elsewhere.has_key(case)
    with pytest.raises(Refused, match="its key is not on this computer"):
        elsewhere.reveal(case, later(20))
    with pytest.raises(Refused, match="not the code of round 1"):
        elsewhere.recover(case, code[:-1] + ("0" if code[-1] != "0" else "1"))
    elsewhere.recover(case, code.lower().replace("-", " "))
    assert len(last(elsewhere.reveal(case, later(20))).votes) == 3


@given(st.binary(min_size=16, max_size=16), st.integers(1, 20))
def test_a_recovery_code_gives_back_the_key(secret: bytes, number: int) -> None:
    from partnerwizard.workshop.sealing import RoundKey

    key = RoundKey(WORKSHOP, number, secret)
    assert recovered(WORKSHOP, number, key.recovery_code) == key
    with pytest.raises(Refused):
        recovered(WORKSHOP, number + 1, key.recovery_code)


def test_a_sealed_vote_that_was_altered_or_moved_stops_the_reveal(tmp_path: Path) -> None:
    at_desk, case = voted(tmp_path, range(1, 3))
    found = last(case)
    one, two = found.sealed
    for sealed in (
        (one.model_copy(update={"box": two.box}), two),
        (one.model_copy(update={"participant": "p09"}), two),
        (one.model_copy(update={"commitment": two.commitment}), two),
    ):
        broken = found.model_copy(update={"sealed": sealed})
        workshop = workshop_of(case).model_copy(update={"rounds": (broken,)})
        with pytest.raises(Refused, match="altered"):
            at_desk.reveal(case.model_copy(update={"workshop": workshop}), later(20))


entries = st.lists(
    st.tuples(st.sampled_from(["set-up", "vote-note", "remark"]), st.text(max_size=20)), min_size=1, max_size=8
)


@settings(deadline=None)
@given(entries, st.data())
def test_a_changed_dropped_or_added_line_of_the_record_is_noticed(
    lines: list[tuple[str, str]], data: st.DataObject
) -> None:
    workshop = Workshop(id=WORKSHOP)
    for n, (what, text) in enumerate(lines):
        workshop = noted(workshop, what, later(n), text=text)
    assert check_record(workshop) == ()
    place = data.draw(st.integers(0, len(lines) - 1))
    record = list(workshop.record)
    how = data.draw(st.sampled_from(["change", "drop", "double"]))
    if how == "change":
        record[place] = record[place].model_copy(update={"detail": {"text": lines[place][1] + "!"}})
    elif how == "drop":
        record.pop(place)
    else:
        record.insert(place, record[place])
    broken = workshop.model_copy(update={"record": tuple(record)})
    # The last line can be dropped unnoticed but for the seal, which people have noted on paper.
    assert check_record(broken) != () or seal_of(broken) != seal_of(workshop)


def test_a_vote_changed_after_the_reveal_is_noticed(tmp_path: Path) -> None:
    case = revealed(tmp_path)
    found = last(case)
    first, *others = found.votes
    changed = first.model_copy(update={"vote": first.vote.model_copy(update={"aims": (("finance",),)})})
    broken = found.model_copy(update={"votes": (changed, *others)})
    workshop = workshop_of(case).model_copy(update={"rounds": (broken,)})
    assert any("not the one that came in" in each for each in check_record(workshop))


def test_rounds_go_in_order(tmp_path: Path) -> None:
    at_desk = desk(tmp_path)
    with pytest.raises(Refused, match="no workshop yet"):
        rounds.close_round(Case(), AT)
    with pytest.raises(Refused, match="Nobody takes part yet"):
        at_desk.open_round(rounds.new_workshop(Case(), WORKSHOP, AT), questions(guidance()), AT)
    at_desk, case = opened(tmp_path)
    with pytest.raises(Refused, match="Round 1 is not revealed yet"):
        at_desk.open_round(case, questions(guidance()), later(2))
    with pytest.raises(Refused, match="No vote is in yet"):
        at_desk.reveal(case, later(2))
    case = at_desk.take(case, vote_of(guidance(), case, 1), "laptop", later(2)).case
    case = at_desk.open_round(at_desk.reveal(case, later(3)), questions(guidance(), FORMS), later(4))
    with pytest.raises(Refused, match="followed by another"):
        rounds.reopen_round(case, 1, later(5))
    assert [each.number for each in workshop_of(case).rounds] == [1, 2]
    assert at_desk.token(case, "p01") != at_desk.vault.key(WORKSHOP, 1).token("p01")


def test_the_set_up_stays_where_votes_rest_on_it(tmp_path: Path) -> None:
    _, case = voted(tmp_path, range(1, 3))
    people = workshop_of(case).participants
    with pytest.raises(Refused, match="P01 has voted in round 1"):
        rounds.set_up(case, later(9), participants=people[1:])
    other = people[4].model_copy(update={"asked": Asked(weights="points")})
    with pytest.raises(Refused, match="P05: round 1 is running"):
        rounds.set_up(case, later(9), participants=(*people[:4], other, *people[5:]))
    with pytest.raises(Refused, match="named more than once"):
        rounds.set_up(case, later(9), participants=(*people, people[0]))
    renamed = people[4].model_copy(update={"role": "Chair"})
    changed = rounds.set_up(case, later(9), participants=(*people[:4], renamed, *people[5:]), names="roles")
    assert workshop_of(changed).record[-1].detail["changed"] == "names, participants"
    assert rounds.next_id(workshop_of(changed)) == "p13"


def test_decision_against_the_advice_and_dissent_are_recorded(tmp_path: Path) -> None:
    case = revealed(tmp_path)
    case = rounds.remark(case, "  We should have waited.  ", "p07", later(40))
    decision = Decision(option="merger:p1", decided_by="Both boards", day=date(2026, 11, 24))
    case = rounds.decide(case, decision, ["carry-on"], later(41))
    assert case.decision == decision
    assert workshop_of(case).remarks[0].text == "We should have waited."
    assert workshop_of(case).record[-1].detail["against-advice"] == "yes"
    assert check_record(workshop_of(case)) == ()
    with pytest.raises(Refused, match="P99"):
        rounds.remark(case, "x", "p99", later(42))


def test_when_it_is_over_keys_and_journal_go(tmp_path: Path) -> None:
    at_desk, case = voted(tmp_path, range(1, 3))
    at_desk.forget(at_desk.reveal(case, later(20)))
    assert list((tmp_path / "vault").iterdir()) == []


def test_the_suggested_plan_has_a_vote_and_a_reveal_for_each_round() -> None:
    plan = suggested_plan(workshop_of(two_trusts()), rounds=2)
    assert [each.round for each in plan if each.kind == "vote"] == [1, 2]
    assert [each.round for each in plan if each.kind == "reveal"] == [1, 2]
    assert plan[-1].kind == "decision"


def test_keys_differ_between_rounds_and_people() -> None:
    one, other = new_key(WORKSHOP, 1), new_key(WORKSHOP, 1)
    assert one.secret != other.secret
    assert one.token("p01") != one.token("p02")


def test_a_line_of_the_record_covers_all_its_fields() -> None:
    workshop = noted(Workshop(id=WORKSHOP), "set-up", AT, changed="names")
    for field, value in (("at", later(1)), ("what", "other"), ("before", "1" * 64), ("number", 2)):
        changed: LogEntry = workshop.record[0].model_copy(update={field: value})
        assert check_record(workshop.model_copy(update={"record": (changed,)})) != ()
