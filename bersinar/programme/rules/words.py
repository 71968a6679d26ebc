"""Obstacles as sentences."""

from __future__ import annotations

from bersinar.programme.rules.stages import Obstacle, ObstacleKind


def sentence(obstacle: Obstacle) -> str:
    """What stands in the way, without blame."""
    return {
        ObstacleKind.BUKTI: f"Bukti “{obstacle.title}” belum ada.",
        ObstacleKind.TERLEWAT: f"Tahap {obstacle.title} belum dicatat.",
        ObstacleKind.URUTAN: f"Tanggalnya mendahului tahap {obstacle.title}.",
    }[obstacle.kind]
