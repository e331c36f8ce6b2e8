"""What chengguo handed out and comes back: exports, forms of departments, and the reports in them."""
