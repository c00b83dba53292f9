"""The window: shows a frozen case and turns gestures into new cases; decides nothing itself."""
