"""How good predictions are: layers of scores against gold, intervals, comparison, floors, agreement, reports."""
