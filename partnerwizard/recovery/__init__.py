"""What keeps work from being lost: drafts of what is not saved yet, earlier versions, and who has a case open."""
