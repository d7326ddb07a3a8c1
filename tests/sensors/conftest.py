from tests.grids.conftest import dispatcher, grid_admin, grid_worker, own_tile_folder, street_desk, town

__all__ = ["dispatcher", "grid_admin", "grid_worker", "own_tile_folder", "street_desk", "town"]
