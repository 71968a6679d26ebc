"""The Belitung story 2021-2023 with invented people and generated values."""
