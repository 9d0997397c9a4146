"""Fills the library's texts: the memo's costs and dates, the line on the agenda, the notice, the letter."""
