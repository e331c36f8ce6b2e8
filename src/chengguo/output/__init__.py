"""What is shown and written: views, formats of reports and findings, exported tables."""
