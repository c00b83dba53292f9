"""Charts: laid out once as marks, drawn as SVG in any palette for the window and every format of the report."""
