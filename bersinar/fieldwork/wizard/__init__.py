"""The way of a file that is not our template: sheet, columns, villages, meaning, preview. What is chosen is kept."""
