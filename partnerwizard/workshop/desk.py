"""The facilitator's desk: rounds together with the vault, so that keys are kept and votes are on disk first.

The window calls this; everything that it decides is in `rounds`, which is pure.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from partnerwizard.case.model import Case
from partnerwizard.case.workshop import Questions, Vote, Way
from partnerwizard.files import read_bytes, read_json
from partnerwizard.pack.model import Pack
from partnerwizard.workshop import rounds, spreadsheet
from partnerwizard.workshop.ballot import Ballot, ballot, required
from partnerwizard.workshop.codes import vote_from_code
from partnerwizard.workshop.problems import Refused
from partnerwizard.workshop.returns import LIMIT, asked_of, ballot_file, vote_from_file
from partnerwizard.workshop.rounds import Taken
from partnerwizard.workshop.sealing import RoundKey, new_key, recovered
from partnerwizard.workshop.vault import Kept, Vault
from partnerwizard.workshop.workbook import vote_from_workbook


class Desk:
    """Rounds of any workshop whose keys are in a vault. Every method raises Refused or NotWritten and then changes
    nothing.
    """

    def __init__(self, pack: Pack, vault: Vault) -> None:
        self.pack = pack
        self.vault = vault

    def open_round(self, case: Case, questions: Questions, at: datetime) -> Case:
        """Opens the next round under a key of its own."""
        opened = rounds.open_round(case, questions, at)
        workshop = required(opened.workshop)
        number = len(workshop.rounds)
        self.vault.keep_key(new_key(workshop.id, number))
        self.vault.keep(Kept(workshop=workshop.id, round=number, at=at, questions=questions))
        return opened

    def ballot(self, case: Case, participant: str) -> Ballot:
        """The ballot of a participant in the latest round."""
        workshop = required(case.workshop)
        if not workshop.rounds:
            raise Refused("No round has been opened yet. Open one to see its ballots.")
        if participant not in workshop.participant_by_id:
            raise Refused(f"{participant.upper()} does not take part in this workshop. Check the code.")
        return ballot(self.pack, case, workshop.rounds[-1], workshop.participant_by_id[participant])

    def token(self, case: Case, participant: str) -> bytes:
        """The participant's own secret of the latest round, for their ballot."""
        return self._key(case).token(participant)

    def vote_from_code(self, case: Case, participant: str, code: str) -> Vote:
        """The vote that a code read out by a participant says."""
        asked = self.ballot(case, participant)
        if not asked.weights_alone:
            raise Refused(f"{asked.code} is asked for more than weights, which no code can hold. Use the ballot file.")
        try:
            return vote_from_code(asked, self.token(case, participant), code)
        except Refused:
            for other in required(case.workshop).participants:
                if other.id != participant and self._fits(case, other.id, code):
                    raise Refused(
                        f"Code of {asked.code}: this is the code of {other.code}. Choose {other.code} and type it."
                    ) from None
            raise

    def vote_from_file(self, case: Case, path: Path) -> tuple[Vote, Way]:
        """The vote in a returned ballot, saved by the ballot page (.json) or filled in in Excel (.xlsx)."""
        data = read_bytes(path, LIMIT if path.suffix.lower() == ".json" else spreadsheet.LIMIT)
        if data[:2] == b"PK":
            return vote_from_workbook(self.pack, case, self._key(case), data, path.name), "excel"
        returned = ballot_file(read_json(path, LIMIT), path.name)
        asked_of(self.pack, case, returned, path.name)
        return vote_from_file(self.pack, case, self._key(case, returned.round), returned, path.name), "file"

    def take(self, case: Case, vote: Vote, way: Way, at: datetime, *, replace: bool = False) -> Taken:
        """Takes a vote in: sealed, in the journal on disk, then in the case."""
        taken = rounds.cast(case, self._key(case, vote.round), vote, way, at, replace=replace)
        if taken.sealed is not None:
            workshop = required(case.workshop)
            self.vault.keep(Kept(workshop=workshop.id, round=vote.round, at=at, sealed=taken.sealed))
        return taken

    def reveal(self, case: Case, at: datetime) -> Case:
        """Reveals the running round."""
        return rounds.reveal(case, self._key(case), at)

    def restored(self, case: Case, at: datetime) -> Case:
        """The case with whatever a crash kept out of its file; call it whenever a case is opened."""
        return case if case.workshop is None else rounds.restored(case, self.vault.kept(case.workshop.id), at)

    def recovery_code(self, case: Case) -> str:
        """The recovery code of the latest round, to be noted on paper: with it and the case file votes can be read."""
        return self._key(case).recovery_code

    def recover(self, case: Case, code: str) -> None:
        """Puts the key of the latest round into the vault from its recovery code."""
        workshop = required(case.workshop)
        key = recovered(workshop.id, len(workshop.rounds), code)
        self.vault.keep_key(key)

    def has_key(self, case: Case) -> bool:
        """Whether votes of the latest round can be taken in and revealed on this computer."""
        workshop = required(case.workshop)
        return bool(workshop.rounds) and self.vault.has_key(workshop.id, len(workshop.rounds))

    def forget(self, case: Case) -> None:
        """Deletes keys and journal of the workshop when it is over; what is not revealed can then never be read."""
        self.vault.forget(required(case.workshop).id)

    def _fits(self, case: Case, participant: str, code: str) -> bool:
        try:
            vote_from_code(self.ballot(case, participant), self.token(case, participant), code)
        except Refused:
            return False
        return True

    def _key(self, case: Case, number: int | None = None) -> RoundKey:
        workshop = required(case.workshop)
        if not workshop.rounds:
            raise Refused("No round has been opened yet. Open one first.")
        wanted = len(workshop.rounds) if number is None else number
        return self.vault.key(workshop.id, wanted)
