from analytics.models.goal import Goal

__all__ = ["Goal"]
