from registry.models.building import Building

__all__ = ["Building"]
