"""Fills the texts of the library's papers: the memo's costs and dates, the line on the agenda, the notice, the letter."""
