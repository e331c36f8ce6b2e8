"""What is no table with a header, to rows under one: lists, cards, paragraphs, tables on their side."""
